//! Gives names to the lifetimes that the pool function cannot leave out.

use proc_macro2::Span;
use quote::ToTokens;
use syn::{
    Attribute, FnArg, GenericParam, Generics, Lifetime, LifetimeParam, Receiver, ReceiverKind,
    ReturnType, Signature, parse_quote,
};

use super::feed;
use super::generics::same;
use crate::model::Function;
use crate::model::function::Parameter;
use crate::model::lifetimes::{Borrows, elided, name_each_elided, name_elided};

/// The signature's parts, with names where there were none and the pool needs some.
pub(super) struct Named {
    pub(super) generics: Generics,
    pub(super) receiver: Option<Receiver>,
    pub(super) item: Parameter,
    pub(super) shared: Vec<Parameter>,
    pub(super) feed: Option<Parameter>,
    pub(super) output: ReturnType,
    /// For `item_fn`: as written, except where Rust would want a name too.
    pub(super) signature: Signature,
}

/// Names what has to be named.
pub(super) fn name(function: &Function) -> Named {
    let mut named = Named {
        generics: function.signature.generics.clone(),
        receiver: function.receiver.clone(),
        item: function.item.clone().expect("checked, or repaired"),
        shared: function.shared.clone(),
        feed: None,
        output: function.signature.output.clone(),
        signature: function.signature.clone(),
    };
    let borrows = function.borrows();
    if !elided(&named.item.ty).is_empty() {
        let lifetime = free_lifetime("'item", function);
        if matches!(borrows, Borrows::Item | Borrows::ItemOrOther(_)) {
            named.item.ty = name_elided(&named.item.ty, &lifetime);
            add(&mut named.generics, core::slice::from_ref(&lifetime));
            name_output(&mut named, &lifetime);
        } else {
            name_apart(&mut named, function);
        }
    }
    match borrows {
        Borrows::Shared(k) => {
            let lifetime = free_lifetime("'shared", function);
            named.shared[k].ty = name_elided(&named.shared[k].ty, &lifetime);
            add(&mut named.generics, core::slice::from_ref(&lifetime));
            name_output(&mut named, &lifetime);
        }
        Borrows::This => {
            let lifetime = free_lifetime("'this", function);
            name_receiver(&mut named.receiver, &lifetime);
            add(&mut named.generics, core::slice::from_ref(&lifetime));
            name_output(&mut named, &lifetime);
        }
        Borrows::Named(lifetime) => name_output(&mut named, &lifetime),
        _ => {}
    }
    let written = function.item.as_ref().expect("checked, or repaired");
    let feed = function.feeds.first();
    named.feed = feed.map(|given| feed::name(given, &written.ty, &named.item.ty));
    name_for_item_fn(&mut named, function);
    named
}

/// Each reference in the item has a lifetime of its own: else what is behind a `&mut` would be borrowed for as long as the
/// item's own parts live.
fn name_apart(named: &mut Named, function: &Function) {
    let mut lifetimes: Vec<Lifetime> = Vec::new();
    let mut name = || {
        let lifetime = match lifetimes.len() {
            0 => free_lifetime("'item", function),
            k => free_lifetime(&format!("'item{}", k + 1), function),
        };
        lifetimes.push(lifetime.clone());
        lifetime
    };
    named.item.ty = name_each_elided(&named.item.ty, &mut name);
    add(&mut named.generics, &lifetimes);
}

fn name_output(named: &mut Named, lifetime: &Lifetime) {
    if let ReturnType::Type(_, ty) = &mut named.output {
        **ty = name_elided(ty, lifetime);
    }
}

fn name_receiver(receiver: &mut Option<Receiver>, name: &Lifetime) {
    if let Some(receiver) = receiver {
        match &mut receiver.kind {
            ReceiverKind::Reference(_, lifetime, _) => *lifetime = Some(name.clone()),
            ReceiverKind::Typed(_, ty) => **ty = name_elided(ty, name),
            _ => {}
        }
    }
}

/// Beside the references of `#[ctx]`, `#[feed]` and `#[local]`, or of another one in the item, Rust would not know what the
/// result borrows from either; nor that the items of a feed are as the item is.
fn name_for_item_fn(named: &mut Named, function: &Function) {
    let elided_result =
        matches!(&function.signature.output, ReturnType::Type(_, ty) if !elided(ty).is_empty());
    let in_item = function.item.iter().flat_map(|item| elided(&item.ty));
    let others =
        !(function.contexts.is_empty() && function.feeds.is_empty() && function.locals.is_empty());
    let feed_is_named = named
        .feed
        .iter()
        .any(|given| !same(&given.ty, &function.feeds[0].ty));
    if !(feed_is_named || elided_result && (others || in_item.count() > 1)) {
        return;
    }
    let signature = &mut named.signature;
    signature.generics = named.generics.clone();
    signature.output = named.output.clone();
    for input in &mut signature.inputs {
        match input {
            FnArg::Receiver(receiver) => {
                if let Some(known) = &named.receiver {
                    receiver.clone_from(known);
                }
            }
            FnArg::Typed(typed) => {
                let pattern = typed.pat.to_token_stream().to_string();
                let feeds = |attribute: &Attribute| attribute.path().is_ident("feed");
                let known = if typed.attrs.iter().any(feeds) {
                    named.feed.as_ref()
                } else {
                    let mut all = core::iter::once(&named.item).chain(&named.shared);
                    all.find(|known| known.pattern.to_token_stream().to_string() == pattern)
                };
                if let Some(known) = known {
                    *typed.ty = known.ty.clone();
                }
            }
        }
    }
}

/// Lifetimes come first.
fn add(generics: &mut Generics, lifetimes: &[Lifetime]) {
    for lifetime in lifetimes.iter().rev() {
        let parameter = GenericParam::Lifetime(LifetimeParam::new(lifetime.clone()));
        generics.params.insert(0, parameter);
    }
    if generics.lt_token.is_none() {
        generics.lt_token = Some(parse_quote!(<));
        generics.gt_token = Some(parse_quote!(>));
    }
}

/// `wanted`, with underscores until the function does not use it.
fn free_lifetime(wanted: &str, function: &Function) -> Lifetime {
    let mut text = function.signature.to_token_stream().to_string();
    text.push_str(&function.body.to_token_stream().to_string());
    let mut name = wanted.to_owned();
    while text.contains(&name) {
        name.push('_');
    }
    Lifetime::new(&name, Span::call_site())
}
