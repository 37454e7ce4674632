//! What the team's policy asks of a function.

use syn::Expr;

use crate::diagnostics::{Diagnostic, Diagnostics, Problem, attribute_as_seen_by};
use crate::model::{Folded, Function, Model};
use crate::options::{Opt, Takes};
use crate::policy::{Place, Policy, Ruled};

/// A number of workers that is known here; what only the compiler or the running program knows is checked there.
pub(super) fn check_max_workers(model: &Model, policy: &Policy, diagnostics: &mut Diagnostics) {
    let (Some((most, place)), Some(workers)) =
        (policy.max_workers(), model.options.count(Opt::Workers))
    else {
        return;
    };
    let absurd = match Opt::Workers.row().takes {
        Takes::Count { most, .. } => most,
        _ => u128::MAX,
    };
    match workers.folded {
        // Beyond what anybody may write it is reported as that, once.
        Folded::Known(number) if number > most && number <= absurd => {
            diagnostics.push(workers_above(
                &workers.expr,
                &number.to_string(),
                most,
                place,
            ));
        }
        _ => {}
    }
}

/// That `expr`, which is `value`, is more than `most`.
pub(crate) fn workers_above(expr: &Expr, value: &str, most: u128, place: &Place) -> Diagnostic {
    Diagnostic::at(Problem::WorkersAbovePolicy, expr)
        .with("value", value)
        .with("most", most.to_string())
        .with("place", place.to_string())
}

/// The most workers that the function may ask for, where more would be an error.
pub(crate) fn most_workers<'p>(model: &Model, policy: &'p Policy) -> Option<(u128, &'p Place)> {
    let code = Problem::WorkersAbovePolicy.row().code;
    let allowed = model
        .options
        .allowed()
        .iter()
        .any(|allowed| allowed == code);
    let lowered = matches!(policy.ruled(code), Some(Ruled::Allow | Ruled::Warn));
    policy.max_workers().filter(|_| !allowed && !lowered)
}

/// Options that each function should have, where they would do something.
pub(super) fn check_required(model: &Model, policy: &Policy, diagnostics: &mut Diagnostics) {
    for (option, place) in policy.required() {
        if !model.options.meant(option) && has_use(option, model) {
            // The attribute is what has to be edited, and nothing in it is wrong.
            let attribute = attribute_as_seen_by(model.function.signature.ident.span());
            let missing = Diagnostic::on(Problem::RequiredByPolicy, attribute)
                .with("option", option.name())
                .with("example", option.row().example)
                .with("place", place.to_string());
            diagnostics.push(missing);
        }
    }
}

/// Whether `option` would be accepted here: nobody is asked for what would be rejected.
fn has_use(option: Opt, model: &Model) -> bool {
    let function = &model.function;
    let fed = !function.feeds.is_empty();
    match option {
        Opt::CancelOnError => returns_result(function),
        Opt::Ordered => !function.returns_nothing() && !fed,
        Opt::ItemTimeout => !function.contexts.is_empty(),
        Opt::Merge => !function.locals.is_empty(),
        Opt::ShardBy => !fed,
        Opt::Pinned => model.options.meant(Opt::ShardBy),
        _ => true,
    }
}

/// Whether the result is called a `Result`: what it is only the compiler knows.
fn returns_result(function: &Function) -> bool {
    match &function.signature.output {
        syn::ReturnType::Default => false,
        syn::ReturnType::Type(_, ty) => match &**ty {
            syn::Type::Path(named) => {
                let last = named.path.segments.last();
                last.is_some_and(|last| last.ident.to_string().ends_with("Result"))
            }
            _ => false,
        },
    }
}
