//! The functions that return the body, and the beginning of a worker's state, as closures.
//!
//! They have the user's generics and not the input's: else a function that calls itself with another input would be
//! another closure each time, without end.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::ReceiverKind;

use super::feed::{expand_feed, expand_feed_type};
use super::{Names, context_type, ends, relocated};
use crate::model::Parameter;
use crate::model::function::receiver_type;
use crate::plan::{Begin, Body, Form, Kept, Placement, Plan, Shared, State};

/// All hidden functions of `plan`.
pub(super) fn expand_hidden(plan: &Plan) -> TokenStream {
    let names = Names::new();
    match &plan.state {
        State::Nothing => expand_item(plan),
        State::Some(begin) => match begin.form {
            Form::Apart => {
                let local = expand_begin(plan, begin);
                let item = expand_item_with_state(plan, begin, &names);
                quote!(#local #item)
            }
            Form::Joint => expand_joint(plan, begin, &names),
        },
    }
}

/// `fn name_item() -> impl Fn(Item, &Context) -> Out + Send + Sync { |item: Item, _: &Context| -> Out { body } }`.
fn expand_item(plan: &Plan) -> TokenStream {
    let item = &plan.item.ty;
    let arrow = &plan.output.arrow;
    let context = context_type(&plan.root);
    let feed = expand_feed_type(plan);
    let bound = quote!(::core::ops::Fn(#item, #feed #context) #arrow);
    let (feed, before) = expand_feed(plan);
    let last = match plan.contexts.as_slice() {
        [] => quote!(_: #context),
        [given, ..] => expand_parameter(given),
    };
    let first = expand_parameter(&plan.item);
    let body = expand_body(plan, &before.unwrap_or_default());
    let moves = expand_move(plan);
    let closure = quote!(#moves |#first, #feed #last| #arrow #body);
    expand_function(
        plan,
        &plan.item_name,
        true,
        Shared::goes_to_body,
        &bound,
        &closure,
    )
}

/// The same with a state: the closure gets the worker and takes it apart.
fn expand_item_with_state(plan: &Plan, begin: &Begin, names: &Names) -> TokenStream {
    let (root, item, arrow, state) = (&plan.root, &plan.item.ty, &plan.output.arrow, &begin.ty);
    let feed = expand_feed_type(plan);
    let bound = quote!(::core::ops::Fn(#item, #feed &mut #root::Worker<'_, #state>) #arrow);
    let closure = expand_closure_with_state(plan, begin, names);
    let moves = expand_move(plan);
    let closure = quote!(#moves #closure);
    expand_function(
        plan,
        &plan.item_name,
        true,
        Shared::goes_to_body,
        &bound,
        &closure,
    )
}

/// `fn name_local() -> impl Fn() -> State + Send + Sync { || -> State { value } }`.
fn expand_begin(plan: &Plan, begin: &Begin) -> TokenStream {
    let (returns, value) = (&begin.returns, &begin.value);
    let bound = quote!(::core::ops::Fn() -> #returns);
    let captures = begin.names_self || plan.shared.iter().any(|shared| shared.in_begin);
    let moves = captures.then(|| quote!(move));
    let own = expand_keeping(
        plan,
        |shared| shared.in_begin,
        |shared| &shared.kept_by_begin,
    );
    let closure = quote!(#moves || -> #returns { #own #value });
    let wanted = |shared: &Shared| shared.in_begin;
    expand_function(
        plan,
        &plan.begin_name,
        begin.names_self,
        wanted,
        &bound,
        &closure,
    )
}

/// Beginning and body in one closure, which owns what both use.
fn expand_joint(plan: &Plan, begin: &Begin, names: &Names) -> TokenStream {
    let (root, item, state, out) = (&plan.root, &plan.item.ty, &begin.ty, &plan.output.ty);
    let (returns, value, worker) = (&begin.returns, &begin.value, &names.worker);
    let enumeration = if plan.feed.is_some() {
        quote!(#root::FedCall)
    } else {
        quote!(#root::Call)
    };
    let call = quote!(#enumeration<'_, '_, #item, #state>);
    let reply = quote!(#root::Reply<#state, #out>);
    let bound = quote!(::core::ops::Fn(#call) -> #reply);
    // The user's tokens stand among these names and must not see them.
    let [question, start, run, one, feed, error] =
        ["call", "begin", "run", "item", "feed", "error"]
            .map(|name| Ident::new(name, Span::mixed_site()));
    let feed = plan.feed.iter().map(|_| quote!(#feed,));
    let arguments = quote!(#one, #(#feed)* #worker);
    let answer = if begin.fallible {
        quote! {
            match #start() {
                ::core::result::Result::Ok(#one) => #root::Reply::Local(#one),
                ::core::result::Result::Err(#error) => #root::Reply::Out(::core::result::Result::Err(#error)),
            }
        }
    } else {
        quote!(#root::Reply::Local(#start()))
    };
    let body = expand_closure_with_state(plan, begin, names);
    let own = expand_keeping_all(plan);
    let closure = quote! {
        move |#question: #call| -> #reply {
            #own
            match #question {
                #enumeration::Init => {
                    let #start = || -> #returns { #value };
                    #answer
                }
                #enumeration::Item(#arguments) => {
                    let #run = #body;
                    #root::Reply::Out(#run(#arguments))
                }
            }
        }
    };
    expand_function(plan, &plan.item_name, true, |_| true, &bound, &closure)
}

/// `|item: Item, worker: &mut Worker<'_, State>| -> Out { let state: &mut State = &mut *worker.local; { body } }`.
fn expand_closure_with_state(plan: &Plan, begin: &Begin, names: &Names) -> TokenStream {
    let (root, arrow, state) = (&plan.root, &plan.output.arrow, &begin.ty);
    let worker = &names.worker;
    let first = expand_parameter(&plan.item);
    let several = begin.parameters.len() > 1;
    let states = begin.parameters.iter().enumerate().map(|(k, parameter)| {
        let k = syn::Index::from(k);
        if several {
            expand_let(parameter, &quote!(&mut #worker.local.#k))
        } else {
            expand_let(parameter, &quote!(&mut *#worker.local))
        }
    });
    let contexts = plan.contexts.iter();
    let contexts = contexts.map(|given| expand_let(given, &quote!(#worker.cx)));
    let parts = quote!(#(#contexts)* #(#states)*);
    let (feed, before) = expand_feed(plan);
    let last = if parts.is_empty() {
        quote!(_: &mut #root::Worker<'_, #state>)
    } else {
        quote!(#worker: &mut #root::Worker<'_, #state>)
    };
    let body = expand_body(plan, &quote!(#before #parts));
    quote!(|#first, #feed #last| #arrow #body)
}

/// A hidden function around its closure.
fn expand_function(
    plan: &Plan,
    name: &Ident,
    with_self: bool,
    wanted: impl Fn(&Shared) -> bool,
    bound: &TokenStream,
    closure: &TokenStream,
) -> TokenStream {
    let shared: Vec<TokenStream> = plan
        .shared
        .iter()
        .filter(|shared| wanted(shared))
        .map(|shared| expand_parameter(&shared.parameter))
        .collect();
    let (receiver, attributes) = match &plan.placement {
        Placement::Inside => (None, TokenStream::new()),
        Placement::Beside(receiver) => {
            let attributes = if *name == plan.begin_name {
                &plan.attributes.hidden_begin
            } else {
                &plan.attributes.hidden
            };
            let receiver = with_self.then_some(receiver);
            (receiver, quote!(#(#attributes)*))
        }
    };
    let receiver = receiver.into_iter().flatten();
    let parameters = quote!(#(#receiver,)* #(#shared),*);
    let generics = plan.generics.used_in(&[bound, closure, &parameters]);
    let where_clause = &generics.where_clause;
    let checks = plan.shared.iter().filter(|shared| wanted(shared));
    let checks = checks.filter_map(|shared| expand_check(plan, shared));
    let returns = expand_return_type(plan, bound, with_self);
    let closure = expand_with_self(plan, name, closure);
    quote! {
        #attributes
        fn #name #generics (#parameters) -> #returns
        #where_clause
        {
            #(#checks)*
            #closure
        }
    }
}

/// `let dict = fanout::shared::<Dict, _>(dict);`: asks whether all workers may see it, with the caret on the user's type.
fn expand_check(plan: &Plan, shared: &Shared) -> Option<TokenStream> {
    let name = shared.parameter.plain_name()?;
    let (attributes, ty) = (&shared.check_attributes, &shared.parameter.ty);
    // Tokens of ours that stand at the type are the user's to the compiler, which then says once what it finds twice: that
    // the bound does not hold, and that what depends on it is not there.
    let (start, end) = ends(ty);
    let root = relocated(plan.root.to_token_stream(), start);
    let function = quote_spanned!(start=> #root::shared::<#ty, _);
    let argument = quote_spanned!(end=> >(#name));
    Some(quote!(#(#attributes)* let #name = #function #argument;))
}

/// `<&Self as Shared<_>>::by(closure)`: asks whether all workers may see the `self` that the closure captures, with the caret on
/// the user's.
fn expand_with_self(plan: &Plan, name: &Ident, closure: &TokenStream) -> TokenStream {
    let begin = match &plan.state {
        State::Some(begin) => begin.captures_self && (*name == plan.begin_name || is_joint(plan)),
        State::Nothing => false,
    };
    let captures = begin || plan.captures_self && *name != plan.begin_name;
    let receiver = match &plan.placement {
        Placement::Beside(receiver) => receiver.first().filter(|_| captures),
        Placement::Inside => None,
    };
    let Some(receiver) = receiver else {
        return closure.clone();
    };
    let ty = receiver_type(receiver).to_token_stream();
    // The `Self` of `&self` is written there.
    let ty = ty.into_iter().map(|mut token| {
        if matches!(&receiver.kind, ReceiverKind::Reference(..)) && token.to_string() == "Self" {
            token.set_span(receiver.self_token.span);
        }
        token
    });
    let ty: TokenStream = ty.collect();
    let (start, end) = ends(&ty);
    let root = relocated(plan.root.to_token_stream(), start);
    let asked = quote_spanned!(start=> <#ty as #root::Shared<_>);
    let call = quote_spanned!(end=> >::by(#closure));
    quote!(#asked #call)
}

/// `impl Fn(..) + Send + Sync`. If `self` cannot be shared, that is where the compiler says so: so it stands where the
/// user wrote `self`, as seen from here.
fn expand_return_type(plan: &Plan, bound: &TokenStream, with_self: bool) -> TokenStream {
    let span = match &plan.placement {
        Placement::Beside(receiver) if with_self => {
            receiver.first().map(|receiver| receiver.self_token.span)
        }
        _ => None,
    };
    let own = Span::call_site();
    let span = span.map_or(own, |span| own.located_at(span));
    let marker = quote_spanned!(span=> + ::core::marker::Send + ::core::marker::Sync);
    let start = quote_spanned!(span=> impl);
    quote!(#start #bound #marker)
}

pub(super) fn expand_parameter(parameter: &Parameter) -> TokenStream {
    let Parameter {
        attributes,
        pattern,
        ty,
    } = parameter;
    quote!(#(#attributes)* #pattern: #ty)
}

pub(super) fn expand_let(parameter: &Parameter, value: &TokenStream) -> TokenStream {
    let Parameter {
        attributes,
        pattern,
        ty,
    } = parameter;
    quote!(#(#attributes)* let #pattern: #ty = #value;)
}

/// The user's body, untouched; a block of its own where something has to come before it, so that its items still come
/// first in their block.
fn expand_body(plan: &Plan, before: &TokenStream) -> TokenStream {
    // A joint closure names it once, for both.
    let own = if is_joint(plan) {
        TokenStream::new()
    } else {
        expand_keeping_all(plan)
    };
    let body = match &plan.body {
        Body::Written(body) => body.clone(),
        Body::Doubted { body, errors } => expand_doubted(body, errors),
        Body::Rejected => quote!({ ::core::unreachable!() }),
    };
    if own.is_empty() && before.is_empty() {
        body
    } else {
        let body = as_ours(body);
        quote!({ #own #before #body })
    }
}

/// Errors in a body of their own with the user's: the compiler looks no further into it.
fn expand_doubted(body: &TokenStream, errors: &TokenStream) -> TokenStream {
    let body = as_ours(body.clone());
    quote!({ #errors #body })
}

/// The same braces at the same place, as ours: a block in a block is no fault of the user's that a lint should name.
pub(super) fn as_ours(body: TokenStream) -> TokenStream {
    let ours = |token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
            let mut same = Group::new(Delimiter::Brace, group.stream());
            same.set_span(Span::mixed_site().located_at(group.span()));
            TokenTree::Group(same)
        }
        other => other,
    };
    body.into_iter().map(ours).collect()
}

/// All that the body's closure has to keep, `self` included.
fn expand_keeping_all(plan: &Plan) -> TokenStream {
    let this = match &plan.placement {
        Placement::Beside(receiver) => receiver.iter().find(|_| plan.keeps_self),
        Placement::Inside => None,
    };
    let this = this.map(|receiver| {
        let this = receiver.self_token;
        quote!(let _ = &#this;)
    });
    let wanted = |shared: &Shared| is_joint(plan) || shared.goes_to_body();
    let shared = expand_keeping(plan, wanted, |shared| &shared.kept_by_body);
    quote!(#this #shared)
}

/// `let _ = &dict;` makes the closure own all of `dict`. What the user forgot to use is bound under its own name, so that
/// the compiler says that it is unused.
fn expand_keeping(
    plan: &Plan,
    wanted: impl Fn(&Shared) -> bool,
    kept: impl Fn(&Shared) -> &[Kept],
) -> TokenStream {
    let shared = plan.shared.iter().filter(|shared| wanted(shared));
    shared
        .flat_map(kept)
        .map(|Kept { name, unused }| match unused {
            None => quote!(let _ = &#name;),
            Some(attributes) => quote!(#(#attributes)* let #name = &#name;),
        })
        .collect()
}

fn is_joint(plan: &Plan) -> bool {
    matches!(&plan.state, State::Some(begin) if begin.form == Form::Joint)
}

fn expand_move(plan: &Plan) -> Option<TokenStream> {
    let this = matches!(&plan.placement, Placement::Beside(receiver) if !receiver.is_empty());
    let captures = this || plan.shared.iter().any(Shared::goes_to_body);
    captures.then(|| quote!(move))
}
