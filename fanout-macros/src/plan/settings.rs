//! The builder calls that the options become, and the checks that the compiler makes for us.

use core::time::Duration;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::{Expr, GenericParam, parse_quote};

use crate::check::{later_of, most_workers, why_not_zero, workers_above};
use crate::diagnostics::{Diagnostic, Problem};
use crate::model::function::shown;
use crate::model::mentions::{mentions, mentions_own_self};
use crate::model::{Count, Folded, Model, Span, Value};
use crate::options::{Opt, Takes};
use crate::policy::Policy;

/// `.method(argument)`.
pub(crate) struct Setting {
    pub(crate) method: proc_macro2::Ident,
    pub(crate) argument: TokenStream,
}

/// A constant that has to be right.
pub(crate) struct Assertion {
    pub(crate) value: Expr,
    /// What has to hold, and what is said if it does not.
    pub(crate) checks: Vec<(Condition, String)>,
    pub(crate) place: Where,
}

/// What has to hold for a constant.
pub(crate) enum Condition {
    /// A number of at least one.
    Some,
    AtMost(u128),
    /// A batch and the window that it is taken out of.
    Fits(Box<[Expr; 2]>),
    /// A span of time that is not empty.
    Lasts,
}

/// Where a constant can be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Where {
    /// In a `const` item: at once, whoever calls the function.
    Item,
    /// In a `const` block, as the constant may depend on generics: when the function is used.
    Block,
}

/// The order of the builder calls: what belongs together for a reader, not as it was written.
const ORDER: [Opt; 12] = [
    Opt::Workers,
    Opt::Window,
    Opt::Batch,
    Opt::CpuBound,
    Opt::ShardBy,
    Opt::Pinned,
    Opt::Name,
    Opt::StackSize,
    Opt::ItemTimeout,
    Opt::Ordered,
    Opt::CancelOnError,
    Opt::Timeout,
];

/// All builder calls before the item function.
pub(super) fn plan(model: &Model, policy: &Policy) -> Vec<Setting> {
    let label = model.function.signature.ident.unraw().to_string();
    let mut settings = vec![Setting {
        method: format_ident!("label"),
        argument: quote!(#label),
    }];
    for option in ORDER {
        if let Some(written) = model.options.get(option) {
            settings.push(Setting {
                method: format_ident!("{}", option.name()),
                argument: argument(&written.value),
            });
        }
    }
    limit_workers(model, policy, &mut settings);
    settings
}

/// A number that only the running program knows is compared with the policy's before a run is built.
fn limit_workers(model: &Model, policy: &Policy, settings: &mut [Setting]) {
    let (Some(count), Some((most, place))) = (
        model.options.count(Opt::Workers),
        most_workers(model, policy),
    ) else {
        return;
    };
    if count.folded != Folded::AtRunTime {
        return;
    }
    let value = format!("`{}`", shown(&count.expr));
    let line = line(workers_above(&count.expr, &value, most, place), policy);
    let most = proc_macro2::Literal::u128_unsuffixed(most);
    let number = Ident::new("workers", proc_macro2::Span::mixed_site());
    for setting in settings {
        if setting.method == Opt::Workers.name() {
            let asked = &setting.argument;
            setting.argument = quote! {
                {
                    let #number = #asked;
                    ::core::assert!(#number <= #most, "{}; it is {}", #line, #number);
                    #number
                }
            };
        }
    }
}

fn argument(value: &Value) -> TokenStream {
    match value {
        Value::Nothing | Value::NewName(_) | Value::Module(_) | Value::Codes(_) => {
            TokenStream::new()
        }
        Value::Count(count) => count.expr.to_token_stream(),
        Value::Text(expr) | Value::Function(expr) => expr.to_token_stream(),
        Value::Time(Span {
            known: Some(known), ..
        }) => duration(*known),
        Value::Time(Span { expr, .. }) => expr.to_token_stream(),
    }
}

/// `known` in the largest unit that is whole.
fn duration(known: Duration) -> TokenStream {
    let (seconds, nanoseconds) = (known.as_secs(), known.subsec_nanos());
    let path = quote!(::core::time::Duration);
    let plain = proc_macro2::Literal::u64_unsuffixed;
    let milliseconds = u64::try_from(known.as_millis());
    match (nanoseconds, milliseconds) {
        (0, _) => {
            let seconds = plain(seconds);
            quote!(#path::from_secs(#seconds))
        }
        (_, Ok(milliseconds)) if nanoseconds % 1_000_000 == 0 => {
            let milliseconds = plain(milliseconds);
            quote!(#path::from_millis(#milliseconds))
        }
        _ => {
            let (seconds, nanoseconds) = (plain(seconds), plain(nanoseconds.into()));
            quote!(#path::new(#seconds, #nanoseconds))
        }
    }
}

/// What is checked when the user's crate is compiled: constants, which are not known here.
pub(super) fn plan_assertions(model: &Model, policy: &Policy) -> Vec<Assertion> {
    let written = model.options.written.iter();
    let each = written.filter_map(|written| {
        let (value, checks) = match &written.value {
            Value::Count(count) if count.folded == Folded::Constant => {
                let mut checks = check_count(written.option, &count.expr, policy);
                if written.option == Opt::Workers {
                    checks.extend(check_most_workers(model, &count.expr, policy));
                }
                (&count.expr, checks)
            }
            Value::Time(span) if span.constant => {
                let zero = if_zero(written.option, &span.expr, "a nanosecond", policy);
                (&span.expr, vec![(Condition::Lasts, zero)])
            }
            _ => return None,
        };
        Some(Assertion {
            value: value.clone(),
            checks,
            place: place(model, &value.to_token_stream()),
        })
    });
    each.chain(plan_batch_fits(model, policy)).collect()
}

fn check_count(option: Opt, value: &Expr, policy: &Policy) -> Vec<(Condition, String)> {
    let mut checks = vec![(Condition::Some, if_zero(option, value, "1", policy))];
    if let Takes::Count { most, beyond } = option.row().takes {
        let above = Diagnostic::at(Problem::TooLarge, value)
            .with("option", option.name())
            .with("value", "too large")
            .with("why", beyond)
            .with("most", most.to_string());
        checks.push((Condition::AtMost(most), line(above, policy)));
    }
    checks
}

fn check_most_workers(model: &Model, value: &Expr, policy: &Policy) -> Option<(Condition, String)> {
    let (most, place) = most_workers(model, policy)?;
    let above = workers_above(value, &format!("`{}`", shown(value)), most, place);
    Some((Condition::AtMost(most), line(above, policy)))
}

fn if_zero(option: Opt, value: &Expr, least: &str, policy: &Policy) -> String {
    let zero = Diagnostic::at(Problem::Zero, value)
        .with("option", option.name())
        .with("why", why_not_zero(option))
        .with("least", least);
    line(zero, policy)
}

/// What is said, with the team's own lines, where the compiler prints one line.
fn line(mut diagnostic: Diagnostic, policy: &Policy) -> String {
    diagnostic.end_with(policy.notes(diagnostic.problem.row().code));
    diagnostic.line()
}

/// A batch and a window of which one is a constant; of two numbers it is known already.
fn plan_batch_fits(model: &Model, policy: &Policy) -> Option<Assertion> {
    let options = &model.options;
    let (batch, window) = (options.count(Opt::Batch)?, options.count(Opt::Window)?);
    match (batch.folded, window.folded) {
        (Folded::AtRunTime, _) | (_, Folded::AtRunTime) | (Folded::Known(_), Folded::Known(_)) => {
            return None;
        }
        _ => {}
    }
    let above = Diagnostic::at(Problem::BatchAboveWindow, &batch.expr)
        .with("batch", format!("`{}`", shown(&batch.expr)))
        .with("window", format!("`{}`", shown(&window.expr)));
    let (batch, window) = (as_compared(batch), as_compared(window));
    let both = quote!(#batch #window);
    Some(Assertion {
        value: later_of(options, Opt::Batch, Opt::Window).expr.clone(),
        place: place(model, &both),
        checks: vec![(
            Condition::Fits(Box::new([batch, window])),
            line(above, policy),
        )],
    })
}

/// A number that is known without a type of its own, so that it is compared as any other.
fn as_compared(count: &Count) -> Expr {
    match count.folded {
        Folded::Known(number) => {
            let number = proc_macro2::Literal::u128_unsuffixed(number);
            parse_quote!(#number)
        }
        Folded::Constant | Folded::AtRunTime => count.expr.clone(),
    }
}

/// A `const` item cannot name generics: not the function's, and not those of an `impl` block that we do not see.
fn place(model: &Model, value: &TokenStream) -> Where {
    let own = |parameter: &GenericParam| match parameter {
        GenericParam::Type(parameter) => mentions(value, &parameter.ident.to_string()),
        GenericParam::Const(parameter) => mentions(value, &parameter.ident.to_string()),
        GenericParam::Lifetime(_) => false,
    };
    let function = &model.function;
    let in_impl = function.receiver.is_some()
        || mentions_own_self(&function.signature.to_token_stream())
        || mentions_own_self(&function.body.to_token_stream())
        || mentions(value, "Self");
    if in_impl || function.signature.generics.params.iter().any(own) {
        Where::Block
    } else {
        Where::Item
    }
}
