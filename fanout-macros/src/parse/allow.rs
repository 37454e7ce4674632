//! `allow(FO207, reason = "..")`: what is silenced, and why.

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, Lit, LitStr, Token};

use super::said;
use crate::diagnostics::{Diagnostic, Problem};
use crate::model::{Allow, Value};
use crate::options::Row;

/// Reads the parentheses behind `key`.
pub(super) fn parse(input: ParseStream<'_>, row: &Row, key: &Ident) -> Result<Value, Diagnostic> {
    let about = |found: Diagnostic| found.with("option", row.name).with("example", row.example);
    let allow = read(input).map_err(|error| {
        let unreadable = Diagnostic::on(Problem::MalformedValue, error.span());
        about(unreadable).with("why", said(&error))
    })?;
    if allow.codes.is_empty() {
        return Err(about(Diagnostic::at(Problem::AllowWithoutCodes, key)));
    }
    Ok(Value::Codes(allow))
}

fn read(input: ParseStream<'_>) -> syn::Result<Allow> {
    let inside;
    syn::parenthesized!(inside in input);
    let allow = read_inside(&inside);
    // What is left unread would be another error.
    let _: TokenStream = inside.parse()?;
    allow
}

fn read_inside(inside: ParseStream<'_>) -> syn::Result<Allow> {
    let mut allow = Allow {
        codes: Vec::new(),
        reason: None,
    };
    while !inside.is_empty() {
        if let Some(text) = inside.fork().parse::<Option<Lit>>()? {
            return Err(syn::Error::new(text.span(), "a code stands without quotes"));
        }
        let word = inside.call(Ident::parse_any)?;
        if word == "reason" {
            let _: Token![=] = inside.parse()?;
            let reason: LitStr = inside.parse()?;
            if allow.reason.replace(reason).is_some() {
                return Err(syn::Error::new(word.span(), "there are two reasons"));
            }
        } else {
            allow.codes.push(word);
        }
        if !inside.is_empty() {
            let _: Token![,] = inside.parse()?;
        }
    }
    Ok(allow)
}
