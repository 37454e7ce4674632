//! All that was found, and what comes of it: which of it is an error, which a warning, and which was silenced.

use proc_macro2::Ident;

use super::table::level_of;
use super::{Diagnostic, Level, Problem};
use crate::policy::{Policy, Ruled};

/// Collects diagnostics; forgetting to read it would lose a user's mistake.
#[derive(Debug, Default)]
pub(crate) struct Diagnostics {
    found: Vec<Diagnostic>,
}

/// What is reported.
#[derive(Debug, Default)]
pub(crate) struct Settled {
    pub(crate) errors: Vec<Diagnostic>,
    pub(crate) warnings: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// What is left after `allow(..)`, by level.
    pub(crate) fn settle(mut self, allowed: &[Ident], policy: &Policy) -> Settled {
        let mut settled = Settled::default();
        let mut needed = Vec::new();
        for diagnostic in core::mem::take(&mut self.found) {
            let code = diagnostic.problem.row().code;
            if !settled.add(diagnostic, allowed, policy) {
                needed.push(code);
            }
        }
        leave_out_what_follows(&mut settled.errors);
        for diagnostic in unneeded(allowed, &needed) {
            settled.add(diagnostic, &[], policy);
        }
        settled
    }
}

impl Settled {
    /// Puts a diagnostic where its level says, and says whether it was put anywhere. The function's word goes before the
    /// team's, as it does with the compiler's own lints.
    fn add(&mut self, mut diagnostic: Diagnostic, allowed: &[Ident], policy: &Policy) -> bool {
        let row = diagnostic.problem.row();
        let ruled = policy.ruled(row.code);
        let silenced = allowed.iter().any(|code| code == row.code) || ruled == Some(Ruled::Allow);
        diagnostic.end_with(policy.notes(row.code));
        match level_under(row.level, ruled) {
            Level::Error => self.errors.push(diagnostic),
            _ if silenced => return false,
            Level::Heuristic => self.errors.push(diagnostic),
            Level::Warning => self.warnings.push(diagnostic),
        }
        true
    }
}

/// What goes away with another error is not said beside it.
fn leave_out_what_follows(errors: &mut Vec<Diagnostic>) {
    let followed = |errors: &[Diagnostic], code| {
        let mut codes = errors.iter().map(|error| error.problem.row().code);
        codes.any(|known| known == code)
    };
    let (out, mut left): (Vec<_>, Vec<_>) = core::mem::take(errors)
        .into_iter()
        .partition(|error| error.follows.is_some());
    for error in out {
        match error.follows {
            Some(code) if followed(&left, code) => {
                // What is broken stays so.
                let leaders = left
                    .iter_mut()
                    .filter(|known| known.problem.row().code == code);
                leaders.for_each(|leader| leader.broken |= error.broken);
            }
            _ => left.push(error),
        }
    }
    *errors = left;
}

/// The codes in `allow(..)` that had nothing to silence: whoever reads them would look for what is not there, and what comes
/// later would be silenced unseen. Not asked of functions that a macro writes, some of which have nothing.
fn unneeded(allowed: &[Ident], needed: &[&str]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if allowed
        .iter()
        .any(|code| code == Problem::AllowUnneeded.row().code)
    {
        return found;
    }
    for (k, code) in allowed.iter().enumerate() {
        let name = code.to_string();
        // What cannot be silenced was reported.
        let silences = level_of(&name).is_some_and(|level| level != Level::Error);
        // Whether there is a policy to break is not the function's to know: its package may be built without the workspace.
        let of_a_policy = [Problem::WorkersAbovePolicy, Problem::RequiredByPolicy]
            .iter()
            .any(|problem| problem.row().code == name);
        let problem = if allowed[..k].contains(code) {
            Problem::AllowTwice
        } else if silences && !of_a_policy && !needed.contains(&name.as_str()) {
            Problem::AllowUnneeded
        } else {
            continue;
        };
        found.push(Diagnostic::at(problem, code).with("code", name));
    }
    found
}

/// The level that a policy makes of a code's own.
fn level_under(own: Level, ruled: Option<Ruled>) -> Level {
    match (own, ruled) {
        (Level::Error, _) => Level::Error,
        (_, Some(Ruled::Deny)) => Level::Heuristic,
        (_, Some(Ruled::Warn)) => Level::Warning,
        (own, Some(Ruled::Allow) | None) => own,
    }
}

impl Drop for Diagnostics {
    fn drop(&mut self) {
        let unread = self.found.len();
        debug_assert!(
            unread == 0 || std::thread::panicking(),
            "fanout: {unread} diagnostics were never reported; this is a bug in fanout"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::Problem;
    use super::*;
    use proc_macro2::Span;

    fn codes(found: Vec<Diagnostic>) -> Vec<(&'static str, bool)> {
        let mut diagnostics = Diagnostics::default();
        found.into_iter().for_each(|one| diagnostics.push(one));
        let errors = diagnostics.settle(&[], &Policy::default()).errors;
        let code = |error: &Diagnostic| (error.problem.row().code, error.compiles());
        errors.iter().map(code).collect()
    }

    #[test]
    fn what_follows_from_an_error_is_not_said_beside_it() {
        let on = |problem| Diagnostic::on(problem, Span::call_site());
        let closed = || on(Problem::ChannelClosed).following("FO302").broken();
        assert_eq!(codes(vec![closed()]), [("FO310", false)]);
        assert_eq!(
            codes(vec![closed(), on(Problem::Spawns)]),
            [("FO302", false)]
        );
        assert_eq!(codes(vec![on(Problem::Spawns)]), [("FO302", true)]);
        let other = codes(vec![closed(), on(Problem::Zero)]);
        assert_eq!(other, [("FO105", false), ("FO310", false)]);
    }
}
