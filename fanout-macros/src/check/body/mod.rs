//! What a body does that it must not. The body is parsed for these rules only: it is emitted as the tokens that it was, and
//! where it cannot be parsed the compiler says so better.
//!
//! ```text
//! walk       goes through the body, and keeps the scene
//! scene      what can be said of an expression at its place
//!   names      what names mean there, as far as the body says it
//!   functions  what calling a function does: the table
//!   things     what a value is: the feed, the context, a channel
//! seen       what the rules made of it
//! ```
//!
//! Each rule has a file of its own, and is asked about each expression: `closing`, `starting`, `waiting`, `statics`, `runs`,
//! `context`.
//!
//! Left alone is what may be something else: what macros are given, items inside the body, and variables that only have the
//! name of a parameter.

mod closing;
mod context;
mod functions;
mod names;
mod runs;
mod scene;
mod seen;
mod starting;
mod statics;
mod things;
mod waiting;
mod walk;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::Block;

use crate::diagnostics::Diagnostics;
use crate::model::Function;
use scene::Scene;
use seen::Seen;

/// Every rule, on each expression of the body.
pub(super) fn check(function: &Function, diagnostics: &mut Diagnostics) {
    if !is_worth_reading(function) {
        return;
    }
    let Ok(mut body) = syn::parse2::<Block>(function.body.to_token_stream()) else {
        return;
    };
    let mut seen = Seen::default();
    walk::walk(&mut body, Scene::before(function), &mut seen);
    context::check_looked_at(function, &body, &mut seen);
    seen.report(diagnostics);
}

/// Whether a rule can find anything: most bodies need not be parsed, which takes longer than all else here.
fn is_worth_reading(function: &Function) -> bool {
    fn says(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Group(group) => says(group.stream()),
            TokenTree::Ident(word) => {
                let word = word.to_string();
                word == "unsafe" || word == "static" || functions::is_always_wrong(&word)
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        })
    }
    !function.contexts.is_empty()
        || !things::of_parameters(function).is_empty()
        || says(function.body.stream())
}
