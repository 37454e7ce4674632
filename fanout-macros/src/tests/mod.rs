//! What the stages do together. What one stage does alone is tested beside it.

mod half_typed;
mod messages;
mod plans;
mod snapshots;
mod soup;
mod tables;

use proc_macro2::TokenStream;

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::{check, parse};

/// What is said about `#[fan_out(options)] item`: errors first.
fn diagnose(options: TokenStream, item: TokenStream) -> Vec<Diagnostic> {
    let mut diagnostics = Diagnostics::default();
    if let Ok(model) = parse::parse(options, item, &mut diagnostics) {
        check::check(&model, &mut diagnostics);
    }
    let (mut all, warnings) = diagnostics.take();
    all.extend(warnings);
    all
}

/// Text to tokens with places.
fn tokens(text: &str) -> TokenStream {
    text.parse()
        .unwrap_or_else(|error| panic!("`{text}` is no Rust: {error}"))
}
