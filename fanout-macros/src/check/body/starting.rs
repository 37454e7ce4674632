//! Functions that a worker must not call, or should not: they start threads and tasks for each item, sleep through a stop, end
//! the process. What is called a name without a path, which the body does not import, may be anything.

use syn::{Expr, ExprMethodCall, Path};

use super::functions::Does;
use super::scene::Scene;
use super::seen::Seen;
use super::things::{Thing, is_spawn};
use crate::diagnostics::{Diagnostic, Problem};
use crate::model::function::shown;

/// What a worker starts.
const THREAD: &str = "a thread";
const TASK: &str = "a task";

pub(super) fn look(scene: &Scene<'_>, expr: &Expr, seen: &mut Seen) {
    match expr {
        // Called, or handed on to be called.
        Expr::Path(path) if path.qself.is_none() => look_at_path(scene, &path.path, seen),
        Expr::MethodCall(call) => look_at_method(scene, call, seen),
        _ => {}
    }
}

fn look_at_path(scene: &Scene<'_>, path: &Path, seen: &mut Seen) {
    let Some(does) = scene.does(path) else {
        return;
    };
    let found = match (does, scene.context) {
        (Does::StartsThread, _) => Diagnostic::at(Problem::Spawns, path).with("what", THREAD),
        (Does::StartsTask, _) => Diagnostic::at(Problem::Spawns, path).with("what", TASK),
        (Does::EndsProcess, _) => Diagnostic::at(Problem::EndsProcess, path),
        (Does::ScopesThreads, _) => Diagnostic::at(Problem::ScopesThreads, path),
        (Does::Sleeps, Some(context)) => {
            Diagnostic::at(Problem::Sleeps, path).with("context", context.to_string())
        }
        _ => return,
    };
    seen.push(found.with("found", shown(path)));
}

/// `thread::Builder::new().name(..).spawn(..)`.
fn look_at_method(scene: &Scene<'_>, call: &ExprMethodCall, seen: &mut Seen) {
    let method = call.method.to_string();
    let what = match scene.thing(&call.receiver) {
        Some(Thing::Builder) => THREAD,
        Some(Thing::Runtime) => TASK,
        _ => return,
    };
    if is_spawn(&method) {
        let found = Diagnostic::at(Problem::Spawns, &call.method);
        seen.push(
            found
                .with("what", what)
                .with("found", format!(".{method}(..)")),
        );
    }
}
