//! What a result borrows from, where its type leaves the lifetime out.

use quote::ToTokens;
use syn::{Block, Expr, Ident, Lifetime, ReturnType, Stmt, Type, parse_quote};

use crate::diagnostics::{Diagnostic, Diagnostics, Problem};
use crate::model::function::shown;
use crate::model::lifetimes::{Borrows, Other, elided, name_elided};
use crate::model::{Function, Parameter};

/// Elided lifetimes that do not say what they stand for.
pub(super) fn check_lifetimes(function: &Function, diagnostics: &mut Diagnostics) {
    for local in &function.locals {
        if let Type::Reference(reference) = &local.parameter.ty {
            for place in elided(&reference.elem) {
                diagnostics.push(Diagnostic::on(Problem::LocalLifetime, place));
            }
        }
    }
    let ReturnType::Type(_, result) = &function.signature.output else {
        return;
    };
    let Some(place) = elided(result).first().copied() else {
        return;
    };
    let written = |source| {
        let name = &function.signature.ident;
        let (result, parameters) = (shown(&name_elided(result, &a())), with_a(function, source));
        format!("fn {name}<'a>({parameters}) -> {result}")
    };
    let from = source(function);
    match function.borrows() {
        Borrows::ItemOrOther(other) => {
            let item = function.item.as_ref();
            let item = item.map_or_else(|| "item".to_owned(), Parameter::shown);
            let other = match other {
                Other::This => "`self`".to_owned(),
                Other::Shared(k) => format!("`{}`", function.shared[k].shown()),
                Other::Item => "what it holds".to_owned(),
            };
            let problem = Diagnostic::on(Problem::AmbiguousLifetime, place)
                .with("item", item)
                .with("other", other)
                .with("written", written(from.unwrap_or(Source::Item)));
            diagnostics.push(problem);
        }
        Borrows::Several => {
            let mut shared = function.shared.iter();
            let first = shared.position(|shared| !elided(&shared.ty).is_empty());
            let from = from.or(first.map(Source::Shared));
            let problem = Diagnostic::on(Problem::AmbiguousShared, place);
            diagnostics.push(problem.with("written", written(from.unwrap_or(Source::Item))));
        }
        Borrows::NoSource => diagnostics.push(Diagnostic::on(Problem::NothingToBorrow, place)),
        Borrows::Nothing
        | Borrows::Item
        | Borrows::Shared(_)
        | Borrows::This
        | Borrows::Named(_) => {}
    }
}

/// What a result is borrowed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Item,
    Shared(usize),
    This,
}

fn a() -> Lifetime {
    parse_quote!('a)
}

/// The parameters of `function`, `source` with the lifetime `'a`, and dots for others.
fn with_a(function: &Function, source: Source) -> String {
    let this = function.receiver.as_ref();
    let named = |parameter: &Parameter| {
        let ty = shown(&name_elided(&parameter.ty, &a()));
        format!("{}: {ty}", parameter.shown())
    };
    let receiver = this.map_or_else(String::new, |this| format!("{}, ", shown(this)));
    let last = function.signature.inputs.len() - usize::from(this.is_some());
    match (source, &function.item) {
        (Source::Shared(k), _) => {
            let more = if k + 2 < last { ", .." } else { "" };
            format!(
                "{receiver}.., #[shared] {}{more}",
                named(&function.shared[k])
            )
        }
        (Source::This, _) | (Source::Item, None) => "&'a self, ..".to_owned(),
        (Source::Item, Some(item)) => {
            let more = if last > 1 { ", .." } else { "" };
            format!("{receiver}{}{more}", named(item))
        }
    }
}

/// What the value begins with that the body ends in, as far as it shows.
fn source(function: &Function) -> Option<Source> {
    let body = syn::parse2::<Block>(function.body.to_token_stream()).ok()?;
    let Some(Stmt::Expr(last, None)) = body.stmts.last() else {
        return None;
    };
    let first = first_name(last)?;
    let is = |parameter: &Parameter| parameter.name() == Some(first);
    if first == "self" && function.receiver.is_some() {
        return Some(Source::This);
    }
    if function.item.as_ref().is_some_and(is) {
        return Some(Source::Item);
    }
    function.shared.iter().position(is).map(Source::Shared)
}

/// The variable that `expr` begins with.
fn first_name(expr: &Expr) -> Option<&Ident> {
    match expr {
        Expr::Path(path) => path.path.get_ident(),
        Expr::Reference(inner) => first_name(&inner.expr),
        Expr::Paren(inner) => first_name(&inner.expr),
        Expr::Try(inner) => first_name(&inner.expr),
        Expr::Unary(inner) => first_name(&inner.expr),
        Expr::Field(field) => first_name(&field.base),
        Expr::Index(index) => first_name(&index.expr),
        Expr::MethodCall(call) => first_name(&call.receiver),
        _ => None,
    }
}
