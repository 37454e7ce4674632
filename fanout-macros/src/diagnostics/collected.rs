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
        settled.warnings.extend(unneeded(allowed, &needed));
        settled
    }
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
