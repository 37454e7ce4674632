//! The feed. Its type, once the item's lifetimes have names.
//!
//! `fn visit(node: &Node, #[feed] feed: &Feed<&Node>)` means the same `&Node` twice, as the pool takes what is pushed and what
//! comes from its input alike. In an ordinary function they would be two lifetimes.

use syn::visit_mut::{self, VisitMut};
use syn::{Lifetime, Type, TypeReference, parse_quote};

use super::generics::same;
use super::lifetimes::Named;
use crate::model::Parameter;
use crate::model::feed::{fed_item, feed_of};
use crate::model::lifetimes::elided;

/// The `#[feed]` parameter.
pub(crate) struct Feed {
    pub(crate) parameter: Parameter,
    /// Whether the type of its items is spelt as the item's.
    pub(crate) is_alike: bool,
}

pub(super) fn plan(named: &Named) -> Option<Feed> {
    let parameter = named.feed.clone()?;
    let item = &named.item.ty;
    Some(Feed {
        is_alike: fed_item(&parameter.ty).is_some_and(|fed| same(fed, item)),
        parameter,
    })
}

/// `feed` with the item's type as it is `named`, where it leaves lifetimes out of that type. `written` is the item's type as
/// the user has it.
pub(super) fn name(feed: &Parameter, written: &Type, named: &Type) -> Parameter {
    let mut feed = feed.clone();
    let leaves_out =
        |item: &Type| !elided(item).is_empty() && same(&erased(item), &erased(written));
    if fed_item(&feed.ty).is_some_and(leaves_out) {
        feed.ty = feed_of(&feed.ty, named).expect("it has an item");
    }
    feed
}

/// `ty` without its lifetimes, to compare the rest.
fn erased(ty: &Type) -> Type {
    struct Erase;
    impl VisitMut for Erase {
        fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
            reference.lifetime = None;
            visit_mut::visit_type_reference_mut(self, reference);
        }
        fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
            *lifetime = parse_quote!('_);
        }
        fn visit_expr_mut(&mut self, _: &mut syn::Expr) {}
    }
    let mut ty = ty.clone();
    Erase.visit_type_mut(&mut ty);
    ty
}
