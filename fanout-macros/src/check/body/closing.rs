//! Whoever closes what all workers use, or keeps it from being closed, decides for all of them. A feed is for pushing, and an
//! end of a channel for sending or receiving.

use syn::{Expr, ExprCall, ExprMethodCall};

use super::functions::Does;
use super::scene::Scene;
use super::seen::Seen;
use super::things::Thing;
use crate::diagnostics::{Diagnostic, Problem};
use crate::model::function::shown;

pub(super) fn look(scene: &Scene<'_>, expr: &Expr, seen: &mut Seen) {
    let Some((problem, closed)) = problem(scene, expr) else {
        return;
    };
    let mut found = Diagnostic::at(problem, expr)
        .with("found", shown(expr))
        .with("parameter", shown(root(closed)));
    if problem == Problem::ChannelClosed {
        // A worker that has no end of a channel cannot close one.
        found = found.following("FO206").broken();
    }
    seen.push(found);
}

/// What `expr` does to what it closes or keeps.
fn problem<'a>(scene: &Scene<'_>, expr: &'a Expr) -> Option<(Problem, &'a Expr)> {
    match expr {
        Expr::Call(ExprCall { func, args, .. }) if args.len() == 1 => {
            let (argument, does) = (args.first()?, scene.called(func)?);
            let problem = match (scene.thing(argument)?, does) {
                (Thing::Feed, Does::Drops | Does::Closes) => Problem::FeedClosed,
                (Thing::Feed, Does::Keeps) => Problem::FeedKept,
                (Thing::Channel, Does::Drops) => Problem::ChannelClosed,
                _ => return None,
            };
            Some((problem, argument))
        }
        Expr::MethodCall(call) => {
            let problem = of_method(scene.thing(&call.receiver)?, call)?;
            Some((problem, &call.receiver))
        }
        // `*tx.lock().unwrap() = None`
        Expr::Assign(assign) => {
            let nothing = matches!(&*assign.right, Expr::Path(path) if path.path.is_ident("None"));
            let channel = scene.thing(&assign.left) == Some(Thing::InChannel);
            (nothing && channel).then_some((Problem::ChannelClosed, &*assign.left))
        }
        _ => None,
    }
}

fn of_method(thing: Thing, call: &ExprMethodCall) -> Option<Problem> {
    if !call.args.is_empty() {
        return None;
    }
    match (thing, call.method.to_string().as_str()) {
        (Thing::Feed, "close") => Some(Problem::FeedClosed),
        (Thing::Feed, "clone" | "to_owned") => Some(Problem::FeedKept),
        (Thing::Channel | Thing::InChannel, "close" | "close_channel" | "take") => {
            Some(Problem::ChannelClosed)
        }
        _ => None,
    }
}

/// The variable that `expr` begins with.
fn root(expr: &Expr) -> &Expr {
    match expr {
        Expr::Reference(inner) => root(&inner.expr),
        Expr::Paren(inner) => root(&inner.expr),
        Expr::Group(inner) => root(&inner.expr),
        Expr::Try(inner) => root(&inner.expr),
        Expr::Unary(inner) => root(&inner.expr),
        Expr::MethodCall(call) => root(&call.receiver),
        other => other,
    }
}
