//! Whoever takes the context says that an item can be cancelled; it is so only if the body looks at it.

use syn::{Block, Expr, Macro, Pat, Type};

use super::functions::Does;
use super::scene::Scene;
use super::seen::Seen;
use super::things::Thing;
use crate::diagnostics::{Diagnostic, Problem};
use crate::model::Function;
use crate::model::mentions::{Mention, mention};

/// Methods that tell of the item, and nothing of a stop.
const NUMBERS: &[&str] = &["index", "worker"];

pub(super) fn look(scene: &Scene<'_>, expr: &Expr, seen: &mut Seen) {
    match expr {
        Expr::Path(_) if is_context(scene, expr) => seen.looks += 1,
        Expr::MethodCall(call)
            if is_context(scene, &call.receiver)
                && NUMBERS.iter().any(|number| call.method == number) =>
        {
            seen.numbers += 1;
        }
        _ => {}
    }
}

/// What macros are given is not parsed: the name alone counts, in a format string too.
pub(super) fn look_at_macro(scene: &Scene<'_>, macro_call: &Macro, seen: &mut Seen) {
    if let Some(context) = scene.context {
        if mention(&macro_call.tokens, &context.to_string()) != Mention::No {
            seen.looks += 1;
        }
    }
    let last = macro_call.path.segments.last();
    let unfinished = |name: &str| last.is_some_and(|last| last.ident == name);
    seen.unfinished |= unfinished("todo") || unfinished("unimplemented");
}

/// Whether `expr` uses the context for nothing: `_ = cx`, `drop(cx)`.
pub(super) fn is_discarded(scene: &Scene<'_>, expr: &Expr) -> bool {
    match expr {
        Expr::Assign(assign) => {
            matches!(&*assign.left, Expr::Infer(_)) && is_context(scene, &assign.right)
        }
        Expr::Call(call) => {
            let only = call.args.first().filter(|_| call.args.len() == 1);
            scene.called(&call.func) == Some(Does::Drops)
                && only.is_some_and(|only| is_context(scene, only))
        }
        _ => false,
    }
}

fn is_context(scene: &Scene<'_>, expr: &Expr) -> bool {
    scene.thing(expr) == Some(Thing::Context)
}

/// After the whole body was seen.
pub(super) fn check_looked_at(function: &Function, body: &Block, seen: &mut Seen) {
    let [context] = function.contexts.as_slice() else {
        return;
    };
    // What is still being written may come to look at it.
    let unfinished = seen.unfinished || body.stmts.is_empty();
    let lent = matches!(&context.ty, Type::Reference(ty) if ty.mutability.is_none());
    if seen.looks > 0 || unfinished || !lent {
        return;
    }
    let (found, parameter) = match &context.pattern {
        Pat::Ident(pattern) => (
            Diagnostic::at(Problem::ContextUnseen, &pattern.ident),
            pattern.ident.to_string(),
        ),
        Pat::Wild(pattern) => (
            Diagnostic::at(Problem::ContextUnseen, pattern),
            "_".to_owned(),
        ),
        _ => return,
    };
    let name = match parameter.trim_start_matches('_') {
        "" => "cx".to_owned(),
        name => name.to_owned(),
    };
    seen.push(found.with("parameter", parameter).with("context", name));
}
