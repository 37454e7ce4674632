//! What the stages do together. What one stage does alone is tested beside it.

mod allow;
mod bodies;
mod guesses;
mod half_typed;
mod messages;
mod plans;
mod shared_types;
mod snapshots;
mod soup;
mod tables;

use proc_macro2::TokenStream;

use crate::diagnostics::{Diagnostic, Diagnostics, Settled};
use crate::{check, parse};

/// What is said about `#[fan_out(options)] item`: errors first.
fn diagnose(options: TokenStream, item: TokenStream) -> Vec<Diagnostic> {
    let mut diagnostics = Diagnostics::default();
    let parsed = parse::parse(options, item, &mut diagnostics);
    let allowed = match &parsed {
        Ok(model) => {
            check::check(model, &mut diagnostics);
            model.options.allowed()
        }
        Err(_) => &[],
    };
    let Settled {
        mut errors,
        warnings,
    } = diagnostics.settle(allowed);
    errors.extend(warnings);
    errors
}

/// Text to tokens with places.
fn tokens(text: &str) -> TokenStream {
    text.parse()
        .unwrap_or_else(|error| panic!("`{text}` is no Rust: {error}"))
}
