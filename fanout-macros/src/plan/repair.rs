//! Makes a plan of a rejected function: its callers should see the signature that it would have had, so that they add no
//! errors of their own to the one that was reported.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{
    GenericParam, Pat, ReceiverKind, ReturnType, Signature, Type, TypeParam, TypeParamBound,
    parse_quote,
};

use super::doubt::{any_argument, is_by_mut};
use super::generics::same;
use super::{Body, Form, ItemFn, Merge, Plan, State, meant};
use crate::check::{cannot_fail, is_in_the_way, is_no_context, items_of};
use crate::model::feed::feed_of;
use crate::model::lifetimes::{Borrows, name_elided};
use crate::model::{Function, Model, Parameter};
use crate::options::Opt;

/// Fills what is missing and drops what cannot be carried. The `unknown` are errors that types of arguments may say.
pub(super) fn repair(model: &mut Model, unknown: &mut Vec<TokenStream>) {
    meant::gather(model, unknown);
    if cannot_fail(&model.function) {
        let written = &mut model.options.written;
        written.retain(|written| written.option != Opt::CancelOnError);
    }
    let function = &mut model.function;
    if let Some(item) = &mut function.item {
        item.ty = items_of(&item.ty).unwrap_or_else(|| item.ty.clone());
    }
    let mut hidden = NameHidden::default();
    if function.item.is_none() {
        // Any item will do.
        hidden.parameters.push(parse_quote!(Item));
        function.item = Some(Parameter {
            attributes: Vec::new(),
            pattern: parse_quote!(_),
            ty: parse_quote!(Item),
        });
    }
    function
        .attributes
        .retain(|attribute| !is_in_the_way(attribute));
    for parameter in function.item.iter_mut().chain(&mut function.shared) {
        // What may be anything is named by nobody.
        if !same(&parameter.ty, &any_argument(&mut Vec::new())) {
            hidden.visit_type_mut(&mut parameter.ty);
        }
    }
    if let ReturnType::Type(_, ty) = &mut function.signature.output {
        BoxHidden.visit_type_mut(ty);
    }
    repair_feed(function, !hidden.parameters.is_empty());
    add_parameters(&mut function.signature, hidden.parameters);
    name_unclear_lifetimes(function);
    if let Some(receiver) = &mut function.receiver {
        receiver.mutability = None;
        match &mut receiver.kind {
            ReceiverKind::Reference(_, _, mutability) => *mutability = None,
            ReceiverKind::Typed(_, ty) => {
                if let Type::Reference(reference) = &mut **ty {
                    reference.mutability = None;
                }
            }
            _ => {}
        }
    }
    for parameter in &mut function.shared {
        if is_by_mut(&parameter.ty) {
            // Callers may give it as it is or as it should be.
            parameter.ty = any_argument(unknown);
        }
        if let Pat::Ident(pattern) = &mut parameter.pattern {
            pattern.mutability = None;
            pattern.by_ref = None;
        }
    }
    for context in &mut function.contexts {
        if let Type::Reference(reference) = &mut context.ty {
            reference.mutability = None;
            reference.lifetime = None;
        }
    }
    for local in &mut function.locals {
        if let Type::Reference(reference) = &mut local.parameter.ty {
            reference.lifetime = None;
        }
    }
}

/// One feed, of the item's type; none for an item that nobody knows: it might not be `Send`.
fn repair_feed(function: &mut Function, unknown: bool) {
    let item = function.item.as_ref().map(|item| item.ty.clone());
    let mut found = core::mem::take(&mut function.feeds)
        .into_iter()
        .filter(|_| !unknown);
    function.feeds.extend(found.find_map(|feed| {
        let ty = feed_of(&feed.ty, item.as_ref()?)?;
        Some(Parameter { ty, ..feed })
    }));
}

/// Where nobody knows what a reference stands for, `'static` is at least a lifetime.
fn name_unclear_lifetimes(function: &mut Function) {
    let anything = parse_quote!('static);
    for local in &mut function.locals {
        if let Type::Reference(reference) = &mut local.parameter.ty {
            *reference.elem = name_elided(&reference.elem, &anything);
        } else {
            local.parameter.ty = name_elided(&local.parameter.ty, &anything);
        }
    }
    if matches!(function.borrows(), Borrows::Several | Borrows::NoSource) {
        if let ReturnType::Type(_, ty) = &mut function.signature.output {
            **ty = name_elided(ty, &anything);
        }
    }
}

/// Takes out all that the compiler could find another mistake in.
pub(super) fn empty(plan: &mut Plan) {
    plan.body = Body::Rejected;
    plan.output.is_known = false;
    plan.assertions.clear();
    plan.files.clear();
    plan.item_fn = ItemFn::Dropped;
    // A type that is right is kept, so that its import is not unused.
    plan.contexts.retain(|context| !is_no_context(&context.ty));
    plan.contexts.truncate(1);
    for context in &mut plan.contexts {
        context.pattern = parse_quote!(_);
    }
    plan.item.pattern = parse_quote!(_);
    if let Some(feed) = &mut plan.feed {
        feed.parameter.pattern = parse_quote!(_);
    }
    plan.keeps_self = false;
    for shared in &mut plan.shared {
        shared.parameter.pattern = parse_quote!(_);
        shared.is_idle = true;
        shared.in_body = false;
        shared.in_begin = false;
        shared.kept_by_body.clear();
        shared.kept_by_begin.clear();
    }
    plan.settings.retain(|setting| {
        ["label", "ordered", "cancel_on_error"]
            .iter()
            .any(|kept| setting.method == kept)
    });
    for (wanted, method) in [
        (plan.ordered, "ordered"),
        (plan.ending.cancels(), "cancel_on_error"),
    ] {
        if wanted && !plan.settings.iter().any(|setting| setting.method == method) {
            plan.add_setting(method, TokenStream::new());
        }
    }
    if plan.ending.can_be_stopped() {
        plan.add_setting("timeout", quote!(::core::option::Option::None));
    }
    if let State::Some(begin) = &mut plan.state {
        begin.value = quote!(::core::unreachable!());
        begin.form = Form::Apart;
        begin.fallible = false;
        begin.returns = begin.ty.clone();
        begin.names_self = false;
        begin.parameters.clear();
        if !matches!(begin.merge, Merge::Never) {
            begin.merge = Merge::Inline(quote!(|_, _| ::core::unreachable!()));
        }
    }
}

fn add_parameters(signature: &mut Signature, parameters: Vec<TypeParam>) {
    for parameter in parameters {
        signature
            .generics
            .params
            .push(GenericParam::Type(parameter));
    }
    if !signature.generics.params.is_empty() {
        signature.generics.lt_token.get_or_insert(parse_quote!(<));
        signature.generics.gt_token.get_or_insert(parse_quote!(>));
    }
}

/// `impl Trait` becomes a type parameter.
#[derive(Default)]
struct NameHidden {
    parameters: Vec<TypeParam>,
}

impl VisitMut for NameHidden {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        visit_mut::visit_type_mut(self, ty);
        if let Type::Paren(inner) = ty {
            // They were there for the `+`.
            *ty = (*inner.elem).clone();
        }
        if let Type::ImplTrait(hidden) = ty {
            let name = format_ident!("Hidden{}", self.parameters.len());
            let bounds = &hidden.bounds;
            self.parameters.push(parse_quote!(#name: #bounds));
            *ty = parse_quote!(#name);
        }
    }
    fn visit_expr_mut(&mut self, _: &mut syn::Expr) {}
}

/// `impl Trait` becomes a boxed trait object, where that is one for certain, so that callers can use its methods.
struct BoxHidden;

const OBJECTS: [&str; 10] = [
    "Iterator",
    "DoubleEndedIterator",
    "ExactSizeIterator",
    "Future",
    "Fn",
    "FnMut",
    "FnOnce",
    "Display",
    "Debug",
    "Error",
];

impl VisitMut for BoxHidden {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        visit_mut::visit_type_mut(self, ty);
        if let Type::ImplTrait(hidden) = ty {
            let first = hidden.bounds.iter().find_map(|bound| match bound {
                TypeParamBound::Trait(bound) => bound.path.segments.last(),
                _ => None,
            });
            // Each by itself: there may be a plus behind the last.
            let bounds = hidden.bounds.iter();
            *ty = match first {
                Some(first) if OBJECTS.iter().any(|object| first.ident == object) => {
                    parse_quote!(::std::boxed::Box<dyn #(#bounds +)* ::core::marker::Send>)
                }
                _ => parse_quote!(()),
            };
        }
    }
    fn visit_expr_mut(&mut self, _: &mut syn::Expr) {}
}
