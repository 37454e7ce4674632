//! From tokens to the [`model`](crate::model). Each part that cannot be read is reported and left out; the rest is read
//! on, so that one compile shows all mistakes.

mod allow;
mod function;
mod meant;
mod numbers;
mod options;
mod roles;
mod spare;

use proc_macro2::TokenStream;
use syn::Meta;

pub(crate) use roles::is_no_role;

use crate::check::is_ours;
use crate::diagnostics::Diagnostics;
use crate::model::Model;

/// A function that could not be read at all: what to emit in its place.
pub(crate) struct Unreadable {
    pub(crate) emit: TokenStream,
}

/// Reads the attribute's options and the item under it.
pub(crate) fn parse(
    options: TokenStream,
    item: TokenStream,
    diagnostics: &mut Diagnostics,
) -> Result<Model, Unreadable> {
    let mut options = options::parse(options, diagnostics);
    let function = function::parse(item, diagnostics)?;
    for second in function.attributes.iter().filter(|second| is_ours(second)) {
        // It is one too many, and what it says was meant all the same.
        if let Meta::List(list) = &second.meta {
            options.take_in(options::parse(list.tokens.clone(), diagnostics));
        }
    }
    Ok(Model { options, function })
}

/// What a parser of `syn` says, as the middle of a sentence.
fn said(error: &syn::Error) -> String {
    let said = error.to_string();
    match said.strip_prefix("unexpected end of input, ") {
        Some(rest) => rest.to_owned(),
        None => said,
    }
}
