//! A run inside an item: it hears of the outer stop only by the token that it is given.

use syn::{Expr, Path};

use super::functions::Does;
use super::scene::Scene;
use super::seen::Seen;
use super::things::Thing;
use crate::diagnostics::{Diagnostic, Problem};
use crate::model::function::shown;

/// A chain of calls of our builder.
pub(super) struct Run {
    /// What it begins with: `over`, or the variable that holds the chain so far.
    pub(super) root: Path,
    /// Whether a terminal is called.
    pub(super) begins: bool,
    /// Whether it is given a token.
    given: bool,
}

/// The methods that begin a run.
const TERMINALS: &[&str] = &[
    "collect",
    "collect_unordered",
    "collect_unordered_into",
    "collect_all_errors",
    "collect_with_locals",
    "for_each",
    "try_for_each",
    "run",
    "stream",
    "scope",
    "locals",
    "merge",
    "merged",
    "into_iter",
];

/// The run that `expr` builds or begins.
pub(super) fn of(scene: &Scene<'_>, expr: &Expr) -> Option<Run> {
    match expr {
        Expr::MethodCall(call) => {
            let mut run = of(scene, &call.receiver)?;
            run.begins |= TERMINALS.iter().any(|terminal| call.method == terminal);
            run.given |= call.method == "cancel_with";
            Some(run)
        }
        Expr::Try(inner) => of(scene, &inner.expr),
        Expr::Paren(inner) => of(scene, &inner.expr),
        Expr::Group(inner) => of(scene, &inner.expr),
        Expr::Reference(inner) => of(scene, &inner.expr),
        Expr::Call(call) if scene.called(&call.func) == Some(Does::BeginsRun) => {
            // A run that is another's input stops with it.
            let mut stages = call.args.iter().filter_map(|input| of(scene, input));
            Some(Run {
                given: stages.any(|stage| stage.given),
                ..Run::from(&call.func)?
            })
        }
        Expr::Path(_) if scene.thing(expr) == Some(Thing::Run) => Run::from(expr),
        _ => None,
    }
}

impl Run {
    fn from(root: &Expr) -> Option<Self> {
        let Expr::Path(root) = root else {
            return None;
        };
        Some(Self {
            root: root.path.clone(),
            begins: false,
            given: false,
        })
    }

    /// Whether nobody tells it of the stop, if the context is used `looks` times in its calls.
    pub(super) fn is_deaf(&self, looks: usize) -> bool {
        !self.given && looks == 0
    }

    /// Says that it goes on after a stop.
    pub(super) fn report(&self, scene: &Scene<'_>, seen: &mut Seen) {
        let (Some(context), Some(last)) = (scene.context, self.root.segments.last()) else {
            return;
        };
        let found = Diagnostic::at(Problem::RunGoesOn, &last.ident)
            .with("found", shown(&self.root))
            .with("context", context.to_string());
        seen.push(found);
    }
}
