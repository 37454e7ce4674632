//! Roles that do not fit the parameter they stand on.

use proc_macro2::Ident;
use syn::{Attribute, Expr, FnArg, Pat, Type};

use super::types::{arguments, is_one_of};
use super::variables::first_mention;
use crate::diagnostics::{Diagnostic, Diagnostics, Problem};
use crate::model::feed::fed_item;
use crate::model::function::{bound_names, shown};
use crate::model::{Function, Local, Parameter};

/// The pool's arguments are made from parameters that are there for certain.
pub(super) fn check_conditions(function: &Function, diagnostics: &mut Diagnostics) {
    for input in &function.signature.inputs {
        let attributes = match input {
            FnArg::Receiver(receiver) => &receiver.attrs,
            FnArg::Typed(typed) => &typed.attrs,
        };
        for attribute in attributes
            .iter()
            .filter(|attribute| is_condition(attribute))
        {
            let condition = Diagnostic::at(Problem::ConditionalParameter, attribute.path());
            diagnostics.push(condition.with("attribute", shown(attribute.path())));
        }
    }
}

/// Whether `attribute` may take away what it stands on, or change its role.
pub(crate) fn is_condition(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr")
}

/// What becomes an argument of a closure and what it captures would otherwise be two variables of one name.
pub(super) fn check_names(function: &Function, diagnostics: &mut Diagnostics) {
    let mut seen: Vec<Ident> = Vec::new();
    for input in &function.signature.inputs {
        let FnArg::Typed(typed) = input else {
            continue;
        };
        // Twice in one pattern is the compiler's to report, or right, as in `(A(n) | B(n))`.
        let names = bound_names(&typed.pat);
        if let Some(name) = names.iter().find(|name| seen.contains(name)) {
            let again = Diagnostic::at(Problem::SameName, name);
            diagnostics.push(again.with("parameter", name.to_string()));
        }
        // A constant in a pattern looks like a name.
        let lower = |name: &Ident| !name.to_string().starts_with(|c: char| c.is_uppercase());
        seen.extend(names.into_iter().filter(lower));
    }
}

/// What all workers see at once cannot be written to by one.
pub(super) fn check_shared(function: &Function, diagnostics: &mut Diagnostics) {
    for shared in &function.shared {
        let by_mut = match &shared.ty {
            Type::Reference(reference) => reference.mutability.as_ref(),
            _ => None,
        };
        let (by_ref, binding) = match &shared.pattern {
            Pat::Ident(pattern) => (pattern.by_ref.as_ref(), pattern.mutability.as_ref()),
            _ => (None, None),
        };
        if let Some(token) = by_ref {
            diagnostics.push(Diagnostic::at(Problem::SharedRefBinding, token));
            continue;
        }
        let (problem, token) = match (by_mut, binding) {
            (Some(token), _) => (Problem::SharedMut, token),
            (None, Some(token)) => (Problem::SharedMutBinding, token),
            (None, None) => continue,
        };
        let name = shared
            .name()
            .map_or_else(|| shared.shown(), ToString::to_string);
        diagnostics.push(Diagnostic::at(problem, token).with("parameter", name));
    }
}

/// A worker's state is lent to the function, and begins before there is an item.
pub(super) fn check_locals(function: &Function, diagnostics: &mut Diagnostics) {
    let item = function.item.as_ref().and_then(|item| item.name());
    for local in &function.locals {
        let parameter = &local.parameter;
        let by_mut =
            matches!(&parameter.ty, Type::Reference(reference) if reference.mutability.is_some());
        if !by_mut {
            let target = match &parameter.ty {
                Type::Reference(reference) => shown(&reference.elem),
                ty => shown(ty),
            };
            let problem = Diagnostic::at(Problem::LocalType, &parameter.ty)
                .with("found", shown(&parameter.ty))
                .with("parameter", parameter.shown())
                .with("target", target);
            diagnostics.push(problem);
        } else {
            check_lent(parameter, diagnostics);
        }
        let names_a_shared =
            |name: &str| function.shared.iter().any(|shared| shared.shown() == name);
        if let Some(wrong) = no_value(local).filter(|_| !names_a_shared(&shown(&local.begins))) {
            diagnostics.push(wrong);
        }
        let Some(item) = item.filter(|item| !names_a_shared(&item.to_string())) else {
            continue;
        };
        if let Some(place) = first_mention(&local.begins, item) {
            let problem = Diagnostic::on(Problem::LocalNamesItem, place);
            diagnostics.push(problem.with("item", item.to_string()));
        }
    }
}

/// Words that are no value, with which somebody means what the type begins with.
const NO_VALUES: [&str; 22] = [
    "default", "Default", "bool", "char", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16",
    "i32", "i64", "i128", "isize", "f32", "f64", "String", "Vec", "HashMap", "BTreeMap",
];

/// What is said about a beginning that cannot be one, whatever is in scope.
fn no_value(local: &Local) -> Option<Diagnostic> {
    let begins = &local.begins;
    let target = match &local.parameter.ty {
        Type::Reference(reference) => &*reference.elem,
        ty => ty,
    };
    match begins {
        Expr::Path(path) => {
            let word = path.path.get_ident()?.to_string();
            NO_VALUES
                .contains(&word.as_str())
                .then(|| Diagnostic::at(Problem::LocalDefault, begins).with("found", word))
        }
        // Only where the state cannot be a function.
        Expr::Closure(closure) if closure.inputs.is_empty() && !arguments(target).is_empty() => {
            let wrong = Diagnostic::at(Problem::LocalClosure, begins);
            Some(wrong.with("value", shown(&closure.body)))
        }
        Expr::Try(question)
            if local.fallible.is_none() && !is_one_of(target, &["Option", "Result"]) =>
        {
            let wrong = Diagnostic::at(Problem::LocalQuestion, &question.question_token);
            Some(wrong.with("value", shown(&question.expr)))
        }
        _ => None,
    }
}

/// The context is lent, and shared with nobody.
pub(super) fn check_context(function: &Function, diagnostics: &mut Diagnostics) {
    for context in &function.contexts {
        if is_no_context(&context.ty) {
            let problem = Diagnostic::at(Problem::ContextType, &context.ty)
                .with("found", shown(&context.ty))
                .with("parameter", context.shown());
            diagnostics.push(problem);
        } else {
            check_lent(context, diagnostics);
        }
    }
}

/// Whether `ty` is no reference to a context for certain. Whatever else it is called may be one by another name.
pub(crate) fn is_no_context(ty: &Type) -> bool {
    match ty {
        Type::Reference(reference) => {
            reference.mutability.is_some() || is_one_of(&reference.elem, &OTHER_CONTEXTS)
        }
        _ => true,
    }
}

/// What tells of a cancellation elsewhere.
const OTHER_CONTEXTS: [&str; 6] = [
    "CancelToken",
    "CancellationToken",
    "AtomicBool",
    "Receiver",
    "Feed",
    "bool",
];

/// The feed is lent, and takes the items of the run.
pub(super) fn check_feed(function: &Function, diagnostics: &mut Diagnostics) {
    for feed in &function.feeds {
        if fed_item(&feed.ty).is_none() {
            let item = function.item.as_ref();
            let problem = Diagnostic::at(Problem::FeedType, &feed.ty)
                .with("found", shown(&feed.ty))
                .with("parameter", feed.shown())
                .with(
                    "item",
                    item.map_or("Item".to_owned(), |item| shown(&item.ty)),
                );
            diagnostics.push(problem);
        } else {
            check_lent(feed, diagnostics);
        }
    }
}

/// What a worker lends, it lends for one item.
fn check_lent(parameter: &Parameter, diagnostics: &mut Diagnostics) {
    let Type::Reference(reference) = &parameter.ty else {
        return;
    };
    match &reference.lifetime {
        Some(lifetime) if lifetime.ident != "_" => {
            let lent = Diagnostic::at(Problem::Lent, lifetime)
                .with("parameter", parameter.shown())
                .with("lifetime", lifetime.to_string());
            diagnostics.push(lent);
        }
        _ => {}
    }
}
