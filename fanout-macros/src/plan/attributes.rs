//! Where each attribute of the function goes.
//!
//! | attribute | pool function | hidden functions beside it | per-item function |
//! | --- | --- | --- | --- |
//! | documentation | yes, our words after it | | yes |
//! | `cfg`, `cfg_attr` | yes | yes | yes |
//! | `allow`, `warn`, `deny`, `forbid` | yes | yes | yes |
//! | `expect` | yes; as `allow` where the body is beside it | yes | as `allow` |
//! | `inline`, `cold`, `must_use` alone | | | yes |
//! | any other | yes | | yes |

use quote::ToTokens;
use syn::{Attribute, Meta, parse_quote};

use crate::model::Function;

/// The attributes of each function that is emitted.
#[derive(Default)]
pub(crate) struct Attributes {
    /// On the pool function when the body is inside it.
    pub(crate) pool: Vec<Attribute>,
    /// On the pool function when the body is beside it.
    pub(crate) pool_beside: Vec<Attribute>,
    /// On the hidden functions beside it.
    pub(crate) hidden: Vec<Attribute>,
    /// On the per-item function.
    pub(crate) item_fn: Vec<Attribute>,
    /// On whatever holds the body: what stood at its top as `#![..]`.
    pub(crate) body: Vec<Attribute>,
}

/// Sorts the attributes of `function`.
pub(super) fn plan(function: &Function) -> Attributes {
    let mut sorted = Attributes::default();
    for attribute in &function.attributes {
        sort(attribute, &mut sorted);
    }
    for inner in &function.inner_attributes {
        let mut outer = inner.clone();
        outer.style = syn::AttrStyle::Outer;
        sorted.body.push(outer);
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
            keep(&mut sorted.item_fn);
        }
        Some("expect") => {
            // Two functions cannot both be where the lint is expected.
            let quiet = as_allow(attribute);
            keep(&mut sorted.pool);
            sorted.pool_beside.push(quiet.clone());
            keep(&mut sorted.hidden);
            sorted.item_fn.push(quiet);
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

fn as_allow(attribute: &Attribute) -> Attribute {
    match &attribute.meta {
        Meta::List(list) => {
            let lints = &list.tokens;
            parse_quote!(#[allow(#lints)])
        }
        other => {
            let other = other.to_token_stream();
            parse_quote!(#[#other])
        }
    }
}
