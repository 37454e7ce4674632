//! All that was found, and what comes of it: which of it is an error, which a warning, and which was silenced.

use proc_macro2::Ident;

use super::table::level_of;
use super::{Diagnostic, Level, Problem};

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
    pub(crate) fn settle(mut self, allowed: &[Ident]) -> Settled {
        let mut settled = Settled::default();
        let mut needed = Vec::new();
        for diagnostic in core::mem::take(&mut self.found) {
            let row = diagnostic.problem.row();
            let silenced = allowed.iter().any(|code| code == row.code);
            match row.level {
                Level::Error => settled.errors.push(diagnostic),
                _ if silenced => needed.push(row.code),
                Level::Heuristic => settled.errors.push(diagnostic),
                Level::Warning => settled.warnings.push(diagnostic),
            }
        }
        leave_out_what_follows(&mut settled.errors);
        settled.warnings.extend(unneeded(allowed, &needed));
        settled
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
        let problem = if allowed[..k].contains(code) {
            Problem::AllowTwice
        } else if silences && !needed.contains(&name.as_str()) {
            Problem::AllowUnneeded
        } else {
            continue;
        };
        found.push(Diagnostic::at(problem, code).with("code", name));
    }
    found
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
        let errors = diagnostics.settle(&[]).errors;
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
