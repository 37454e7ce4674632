//! A worker that waits for a message waits on after a stop, if nobody sends one.

use syn::{Expr, ExprMethodCall};

use super::scene::Scene;
use super::seen::Seen;
use super::things::{Thing, leads_inside};
use crate::diagnostics::{Diagnostic, Problem};
use crate::model::function::shown;

pub(super) fn look(scene: &Scene<'_>, expr: &Expr, seen: &mut Seen) {
    let Some(context) = scene.context else {
        return;
    };
    let (found, what) = match expr {
        Expr::MethodCall(call) if waits(scene, call) => {
            (Diagnostic::at(Problem::Waits, &call.method), shown(call))
        }
        // `for message in receiver`
        Expr::ForLoop(each) if scene.thing(&each.expr) == Some(Thing::Channel) => (
            Diagnostic::at(Problem::Waits, &*each.expr),
            shown(&each.expr),
        ),
        _ => return,
    };
    let found = found.with("found", what);
    seen.push(found.with("context", context.to_string()));
}

/// Whether `call` waits for the next message of a channel, unless it is awaited.
fn waits(scene: &Scene<'_>, call: &ExprMethodCall) -> bool {
    let method = call.method.to_string();
    let thing = scene.thing(&call.receiver);
    match method.as_str() {
        "iter" | "into_iter" => matches!(thing, Some(Thing::Channel | Thing::InChannel)),
        // What says that the run is over is waited for on purpose.
        _ => is_recv(call) && thing != Some(Thing::OfContext) && is_place(&call.receiver),
    }
}

/// `recv()`, as receivers have it.
pub(super) fn is_recv(call: &ExprMethodCall) -> bool {
    let named = call.method == "recv" || call.method == "blocking_recv";
    named && call.args.is_empty()
}

fn is_self(expr: &Expr) -> bool {
    matches!(expr, Expr::Path(path) if path.path.is_ident("self"))
}

/// Whether `expr` is a variable or a field, or what such a one keeps under a lock: what a call returns may be anything.
fn is_place(expr: &Expr) -> bool {
    match expr {
        // `self.recv()` is a method of the user's own.
        Expr::Path(_) => !is_self(expr),
        Expr::Field(field) => is_place(&field.base) || is_self(&field.base),
        Expr::Index(index) => is_place(&index.expr),
        Expr::Reference(inner) => is_place(&inner.expr),
        Expr::Paren(inner) => is_place(&inner.expr),
        Expr::Group(inner) => is_place(&inner.expr),
        Expr::Unary(inner) => is_place(&inner.expr),
        Expr::Try(inner) => is_place(&inner.expr),
        Expr::MethodCall(call) => {
            leads_inside(&call.method.to_string()) && is_place(&call.receiver)
        }
        _ => false,
    }
}
