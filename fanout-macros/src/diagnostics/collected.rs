//! All that was found, and what comes of it: which of it is an error, which a warning, and which was silenced.

use proc_macro2::Ident;

use super::{Diagnostic, Level};

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
        for diagnostic in core::mem::take(&mut self.found) {
            let row = diagnostic.problem.row();
            let silenced = allowed.iter().any(|code| code == row.code);
            match row.level {
                Level::Error => settled.errors.push(diagnostic),
                _ if silenced => {}
                Level::Heuristic => settled.errors.push(diagnostic),
                Level::Warning => settled.warnings.push(diagnostic),
            }
        }
        settled
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
