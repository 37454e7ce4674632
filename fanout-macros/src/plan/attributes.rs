//! Where each attribute of the function goes.
//!
//! | attribute | pool function | hidden functions beside it | per-item function |
//! | --- | --- | --- | --- |
//! | documentation | yes, our words after it | | yes |
//! | `cfg`, `cfg_attr` | yes | yes | yes |
//! | `allow`, `warn`, `deny`, `forbid` | yes | yes | yes |
//! | `expect` | yes; as `allow` where the body is beside it | the one with the body, others as `allow` | as `allow` |
//! | `expect(dead_code)` | as `allow` | as `allow` | as `allow` |
//! | `deprecated` | yes, and `allow(deprecated)` | as `allow(deprecated)` | yes |
//! | `inline`, `cold`, `must_use` alone | | | yes |
//! | any other | yes | | yes |
//!
//! What is deprecated may use what is deprecated, but the compiler does not see that what is emitted is one function.

use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Path, Token, parse_quote};

use crate::model::Function;

/// Lints that the compiler does not look for in functions that a macro makes, or that our documentation answers.
const NEVER_FOUND: [&str; 2] = ["dead_code", "missing_docs"];

/// The attributes of each function that is emitted.
#[derive(Default)]
pub(crate) struct Attributes {
    /// On the pool function when the body is inside it.
    pub(crate) pool: Vec<Attribute>,
    /// On the pool function when the body is beside it.
    pub(crate) pool_beside: Vec<Attribute>,
    /// On the hidden function beside it that holds the body.
    pub(crate) hidden: Vec<Attribute>,
    /// On the hidden function beside it that holds the beginning of a worker's state.
    pub(crate) hidden_begin: Vec<Attribute>,
    /// On the per-item function.
    pub(crate) item_fn: Vec<Attribute>,
    /// On the pool function when the body is inside it: what stood at the body's top as `#![..]`.
    pub(crate) inner: Vec<Attribute>,
}

/// Sorts the attributes of `function`.
pub(super) fn plan(function: &Function) -> Attributes {
    let mut sorted = Attributes::default();
    for attribute in &function.attributes {
        sort(attribute, &mut sorted);
    }
    // The order in which they are seen by a reader: what is our own comes last.
    let hide: Attribute = parse_quote!(#[doc(hidden)]);
    sorted.hidden.push(hide.clone());
    sorted.hidden_begin.push(hide);
    for inner in &function.inner_attributes {
        let mut outer = inner.clone();
        outer.style = syn::AttrStyle::Outer;
        let quiet = quiet(&outer);
        sorted.hidden_begin.push(quiet.clone());
        sorted.item_fn.push(quiet);
        sorted.hidden.push(outer.clone());
        sorted.inner.push(outer);
    }
    sorted
}

fn sort(attribute: &Attribute, sorted: &mut Attributes) {
    let keep = |list: &mut Vec<Attribute>| list.push(attribute.clone());
    let name = attribute.path().get_ident().map(ToString::to_string);
    match name.as_deref() {
        Some("cfg" | "cfg_attr" | "allow" | "warn" | "deny" | "forbid") => {
            keep(&mut sorted.pool);
            keep(&mut sorted.pool_beside);
            keep(&mut sorted.hidden);
            keep(&mut sorted.hidden_begin);
            keep(&mut sorted.item_fn);
        }
        Some("expect") => {
            // A lint is expected once, where it is found.
            let quiet = quiet(attribute);
            if is_never_found(attribute) {
                sorted.pool.push(quiet.clone());
                sorted.hidden.push(quiet.clone());
            } else {
                keep(&mut sorted.pool);
                keep(&mut sorted.hidden);
            }
            sorted.pool_beside.push(quiet.clone());
            sorted.hidden_begin.push(quiet.clone());
            sorted.item_fn.push(quiet);
        }
        Some("deprecated") => {
            keep(&mut sorted.pool);
            keep(&mut sorted.pool_beside);
            keep(&mut sorted.item_fn);
            let allowed: Attribute = parse_quote!(#[allow(deprecated)]);
            for list in [
                &mut sorted.pool,
                &mut sorted.pool_beside,
                &mut sorted.hidden,
                &mut sorted.hidden_begin,
            ] {
                list.push(allowed.clone());
            }
        }
        Some("inline" | "cold") => keep(&mut sorted.item_fn),
        // A fan-out is `#[must_use]` by itself; only the user's own words add to it.
        Some("must_use") if matches!(attribute.meta, Meta::Path(_)) => keep(&mut sorted.item_fn),
        _ => {
            keep(&mut sorted.pool);
            keep(&mut sorted.pool_beside);
            keep(&mut sorted.item_fn);
        }
    }
}

fn is_never_found(attribute: &Attribute) -> bool {
    lints(attribute).is_some_and(|lints| {
        lints
            .iter()
            .all(|lint| NEVER_FOUND.iter().any(|name| lint.is_ident(name)))
    })
}

/// The lints that `attribute` is about.
fn lints(attribute: &Attribute) -> Option<Vec<Path>> {
    let all = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
    let lints = all.ok()?.into_iter().filter_map(|lint| match lint {
        Meta::Path(path) => Some(path),
        _ => None,
    });
    Some(lints.collect())
}

/// Whether `function` itself turns off the lint that carries our warnings.
pub(super) fn allows_deprecated(function: &Function) -> bool {
    let attributes = function.attributes.iter().chain(&function.inner_attributes);
    attributes
        .filter(|attribute| {
            attribute.path().is_ident("allow") || attribute.path().is_ident("expect")
        })
        .filter_map(lints)
        .flatten()
        .any(|lint| lint.is_ident("deprecated") || lint.is_ident("warnings"))
}

/// `expect` as `allow`, for where it would be expected a second time; others as they are.
pub(super) fn quiet(attribute: &Attribute) -> Attribute {
    match &attribute.meta {
        Meta::List(list) if list.path.is_ident("expect") => {
            let lints = &list.tokens;
            parse_quote!(#[allow(#lints)])
        }
        _ => attribute.clone(),
    }
}
