//! The team's policy: what `[package.metadata.fanout]` and `[workspace.metadata.fanout]` say about the functions of a crate.
//!
//! One way: [`find`] the manifests, [`parse`] their texts into what is [`written`], [`combine`] that into one [`Policy`]. The
//! rules about limits are in [`check`](crate::check), and levels are applied where diagnostics are settled. [`store`] keeps
//! the result, since a compiler asks for it once for each function.

mod combine;
mod find;
mod keys;
mod parse;
mod store;
#[cfg(test)]
mod tests;
mod written;

use core::sync::atomic::{AtomicBool, Ordering};
use std::path::PathBuf;

pub(crate) use keys::Ruled;
pub(crate) use store::of_this_crate;

use proc_macro2::Span;

use crate::diagnostics::{Diagnostic, Problem};
use crate::options::Opt;

/// What holds in a crate.
#[derive(Debug, Default)]
pub(crate) struct Policy {
    /// Codes that have another level here.
    levels: Vec<(&'static str, Ruled, Place)>,
    max_workers: Option<(u128, Place)>,
    required: Vec<(Opt, Place)>,
    /// Where to ask: lines for the end of each message.
    contacts: Vec<String>,
    mistakes: Vec<Mistake>,
    /// Whether somebody was told of the mistakes: they are the crate's and not each function's.
    reported: AtomicBool,
    /// The manifests that it was read from: when they change the crate has to be compiled again.
    files: Vec<PathBuf>,
}

/// Where something stands: `Cargo.toml:12`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    file: String,
    line: usize,
}

impl core::fmt::Display for Place {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// What is wrong with a policy. Nothing of the user's source is at fault, so there is no span in it.
#[derive(Debug, Clone)]
struct Mistake {
    problem: Problem,
    words: Vec<(&'static str, String)>,
}

impl Policy {
    /// What the policy says about `code`.
    pub(crate) fn ruled(&self, code: &str) -> Option<Ruled> {
        self.level(code).map(|(_, ruled, _)| *ruled)
    }

    fn level(&self, code: &str) -> Option<&(&'static str, Ruled, Place)> {
        self.levels.iter().find(|(known, ..)| *known == code)
    }

    /// How many workers a function may ask for, and where that is said.
    pub(crate) fn max_workers(&self) -> Option<(u128, &Place)> {
        self.max_workers
            .as_ref()
            .map(|(most, place)| (*most, place))
    }

    /// The options that each function should have, and where that is said.
    pub(crate) fn required(&self) -> impl Iterator<Item = (Opt, &Place)> {
        self.required.iter().map(|(option, place)| (*option, place))
    }

    /// What messages about `code` end with.
    pub(crate) fn notes(&self, code: &str) -> Vec<String> {
        let raised = self.level(code).and_then(|(code, ruled, place)| {
            (*ruled == Ruled::Deny).then(|| format!("{code} is in `deny` of the policy in {place}"))
        });
        raised.into_iter().chain(self.contacts.clone()).collect()
    }

    /// The mistakes, for the first who asks, with the caret on `place`.
    pub(crate) fn take_mistakes(&self, place: Span) -> Vec<Diagnostic> {
        if self.mistakes.is_empty() || self.reported.swap(true, Ordering::Relaxed) {
            return Vec::new();
        }
        let diagnostic = |mistake: &Mistake| {
            let start = Diagnostic::on(mistake.problem, place);
            let words = mistake.words.iter();
            let mut whole = words.fold(start, |found, (name, text)| found.with(name, text));
            whole.end_with(self.notes(mistake.problem.row().code));
            whole
        };
        self.mistakes.iter().map(diagnostic).collect()
    }

    /// The manifests that it was read from, as literals can name them.
    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().filter_map(|file| file.to_str())
    }
}

impl Mistake {
    fn new(problem: Problem) -> Self {
        Self {
            problem,
            words: Vec::new(),
        }
    }

    fn with(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.words.push((name, text.into()));
        self
    }
}
