//! Options that do not go together, or with this function.

use syn::ext::IdentExt;

use crate::diagnostics::table::{Level, level_of, silenceable};
use crate::diagnostics::{Diagnostic, Diagnostics, Problem};
use crate::model::{Model, Options};
use crate::options::Opt;

/// What excludes each other.
pub(super) fn check_conflicts(model: &Model, diagnostics: &mut Diagnostics) {
    for local in &model.function.locals {
        match &local.fallible {
            Some(token) if !model.options.meant(Opt::CancelOnError) => {
                diagnostics.push(Diagnostic::at(Problem::TryWithoutCancel, token));
            }
            _ => {}
        }
    }
    check_order(model, diagnostics);
}

/// What is pushed has no place in an order of the input's.
fn check_order(model: &Model, diagnostics: &mut Diagnostics) {
    for (option, problem) in [
        (Opt::Ordered, Problem::OrderedFeed),
        (Opt::ShardBy, Problem::ShardedFeed),
    ] {
        if let (Some(written), false) = (model.options.get(option), model.function.feeds.is_empty())
        {
            diagnostics.push(Diagnostic::at(problem, &written.key));
        }
    }
}

/// What would do nothing.
pub(super) fn check_effects(model: &Model, diagnostics: &mut Diagnostics) {
    let without: [(Opt, bool, Problem); 4] = [
        (
            Opt::ItemTimeout,
            model.function.contexts.is_empty() && model.function.unclear.contexts.is_empty(),
            Problem::ItemTimeoutUnseen,
        ),
        (
            Opt::Ordered,
            model.function.returns_nothing() && model.function.feeds.is_empty(),
            Problem::OrderedNothing,
        ),
        (
            Opt::Merge,
            model.function.locals.is_empty() && model.function.unclear.locals.is_empty(),
            Problem::MergeNothing,
        ),
        (
            Opt::Pinned,
            !model.options.meant(Opt::ShardBy),
            Problem::PinnedNothing,
        ),
    ];
    for (option, idle, problem) in without {
        if let (Some(written), true) = (model.options.get(option), idle) {
            diagnostics.push(Diagnostic::at(problem, &written.key));
        }
    }
}

/// The pool has the function's own name.
pub(super) fn check_item_fn(model: &Model, diagnostics: &mut Diagnostics) {
    let function = model.function.signature.ident.unraw();
    match model.options.item_fn() {
        Some(name) if name.unraw() == function => {
            let taken = Diagnostic::at(Problem::ItemFnTaken, name);
            diagnostics.push(taken.with("function", function.to_string()));
        }
        _ => {}
    }
}

/// Codes that there are, and that can be silenced.
pub(super) fn check_allow(options: &Options, diagnostics: &mut Diagnostics) {
    for code in options.allowed() {
        let name = code.to_string();
        let problem = match level_of(&name) {
            Some(Level::Warning | Level::Heuristic) => continue,
            Some(Level::Error) => Problem::AllowError,
            None => Problem::AllowUnknown,
        };
        let wrong = Diagnostic::at(problem, code)
            .with("code", name)
            .with("codes", silenceable());
        diagnostics.push(wrong);
    }
}
