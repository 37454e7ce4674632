//! Values of options that were not made options of: what was imported for one is not to be called unused, too.

use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, Ident, Token, parenthesized, token};

use super::options::whole_name;
use crate::diagnostics::near_miss::nearest;
use crate::options::{self, ELSEWHERE, OTHER_NAMES, TABLE, Takes};

/// The value of the option that begins at `input`, if all that it names is there for certain.
pub(super) fn value(input: ParseStream<'_>) -> Option<Expr> {
    let key = input.call(Ident::parse_any).ok()?;
    let (name, _) = whole_name(&key, input).ok()?;
    let takes = takes(&name)?;
    let value: Expr = if input.peek(token::Paren) {
        within(input).ok()?
    } else {
        let _: Token![=] = input.parse().ok()?;
        input.parse().ok()?
    };
    let is_word = matches!(&value, Expr::Path(path) if path.path.get_ident().is_some());
    match takes {
        Some(Takes::NewName | Takes::Module | Takes::Codes) => None,
        Some(Takes::Function) if is_word => Some(value),
        // `auto`, `none`, `30s`
        _ if is_word || matches!(value, Expr::Lit(_)) => None,
        _ => Some(value),
    }
}

fn within(input: ParseStream<'_>) -> syn::Result<Expr> {
    let inside;
    parenthesized!(inside in input);
    inside.parse()
}

/// What the option that was meant by `name` takes, if it is one of ours. Whoever invents a name may invent its value, too.
fn takes(name: &str) -> Option<Option<Takes>> {
    if ELSEWHERE.iter().any(|(other, _)| *other == name) {
        return Some(None);
    }
    let known = TABLE.iter().map(|row| row.name);
    let row = options::find(nearest(name, known, OTHER_NAMES)?)?;
    Some(Some(row.takes))
}
