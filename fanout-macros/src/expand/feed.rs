//! The feed of an item function that has one: what stands between item and context.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::ends;
use super::hidden::{expand_let, expand_parameter};
use crate::plan::Plan;

/// `&Feed<Item>,` for the bound on the closure.
pub(super) fn expand_feed_type(plan: &Plan) -> Option<TokenStream> {
    let (root, item) = (&plan.root, &plan.item.ty);
    plan.feed.as_ref().map(|_| quote!(&#root::Feed<#item>,))
}

/// `feed: &Feed<Item>,` for the closure, and what has to come before its body.
pub(super) fn expand_feed(plan: &Plan) -> (Option<TokenStream>, Option<TokenStream>) {
    let Some(feed) = &plan.feed else {
        return (None, None);
    };
    if feed.is_alike {
        let parameter = expand_parameter(&feed.parameter);
        return (Some(quote!(#parameter,)), None);
    }
    // Whether that is the same type only the compiler knows. Asked so, its answer is about the user's type.
    let (start, _) = ends(&feed.parameter.ty);
    let given = Ident::new("feed", Span::mixed_site());
    let seen = Ident::new("feed", Span::mixed_site().located_at(start));
    let ty = expand_feed_type(plan);
    let as_written = expand_let(&feed.parameter, &quote!(#seen));
    (Some(quote!(#given: #ty)), Some(as_written))
}
