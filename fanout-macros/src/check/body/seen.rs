//! What was seen on the way through a body.

use proc_macro2::Ident;

use crate::diagnostics::{Diagnostic, Diagnostics};

/// What the rules found, and what some of them have to know of the whole body.
#[derive(Default)]
pub(super) struct Seen {
    found: Vec<Diagnostic>,
    /// Statics that were reported: one mistake, however often it is written to.
    pub(super) statics: Vec<Ident>,
    /// How often the context is used, in whatever way.
    pub(super) looks: usize,
    /// How often only for a number: which item or worker it is.
    pub(super) numbers: usize,
    /// Whether some part is still to be written.
    pub(super) unfinished: bool,
}

impl Seen {
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// How often the context is used in a way that may see a stop.
    pub(super) fn looks_at_stop(&self) -> usize {
        self.looks.saturating_sub(self.numbers)
    }

    /// Hands over what was found.
    pub(super) fn report(self, diagnostics: &mut Diagnostics) {
        for diagnostic in self.found {
            diagnostics.push(diagnostic);
        }
    }
}
