//! What the stages do together. What one stage does alone is tested beside it.

mod allow;
mod bodies;
mod diagnose;
mod guesses;
mod half_typed;
mod messages;
mod plans;
mod shared_types;
mod snapshots;
mod soup;
mod tables;

use proc_macro2::TokenStream;

use diagnose::diagnose;

/// Text to tokens with places.
fn tokens(text: &str) -> TokenStream {
    text.parse()
        .unwrap_or_else(|error| panic!("`{text}` is no Rust: {error}"))
}
