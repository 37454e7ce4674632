//! A rejected function as it was written, beside its stub and called by nobody: what was imported for it is used. What it
//! gets wrong is not said again: its body begins with our own error, so that the compiler does not ask what it borrows and
//! moves, and each parameter that is in question is a variable of a type that nobody knows.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Expr, FnArg, ReturnType, Signature, Type, parse_quote};

use super::doubt::is_by_mut;
use crate::check::{is_channel_end, is_no_context};
use crate::diagnostics::{Diagnostic, Problem};
use crate::model::feed::{fed_item, feed_of};
use crate::model::function::bound_names;
use crate::model::lifetimes::{Borrows, name_elided};
use crate::model::mentions::{Mention, mention};
use crate::model::{Function, Model, Parameter, Value};
use crate::parse::is_no_role;

/// The function of a rejected plan.
pub(crate) struct Original {
    pub(crate) signature: Signature,
    /// What the body begins with.
    pub(crate) before: TokenStream,
    pub(crate) body: TokenStream,
    /// Whether its name is the one that `item_fn` gives it: others may call it.
    pub(crate) is_named: bool,
}

/// The function of `model`, which is rejected for `errors`, if nobody would be told of one of them twice. The `error` is what
/// its body may say, if it is said nowhere else.
pub(super) fn keep(
    model: &Model,
    errors: &[Diagnostic],
    error: Option<TokenStream>,
) -> Option<Original> {
    let function = &model.function;
    let has = |problem| errors.iter().any(|error| error.problem == problem);
    let mut signature = function.signature.clone();
    let unknown = mend(&mut signature, function, &has);
    let mut body = function.body.to_token_stream();
    if has(Problem::OrderedWithoutType) {
        // Whatever its type is.
        body = quote!({ let _ = || #body; });
    }
    let no_result = matches!(signature.output, ReturnType::Default);
    let name = model.options.item_fn();
    let name = name.filter(|_| !has(Problem::ItemFnTaken));
    if let Some(name) = name {
        signature.ident = name.clone();
    }
    let values = values(model, &has);
    let before = match error {
        Some(error) => {
            // The body must not see it.
            let any = Ident::new("any", Span::mixed_site());
            quote! {
                let #any = #error;
                #(let _ = #values;)*
                #(let #unknown = #any;)*
            }
        }
        // What the compiler would say then may follow from the error that is said elsewhere.
        None if !unknown.is_empty() || has(Problem::CancelWithoutResult) && no_result => {
            return None;
        }
        None => {
            let values = values.into_iter();
            let alone = values.filter(|value| !names_parameter(function, value));
            quote!(#(let _ = #alone;)*)
        }
    };
    Some(Original {
        before,
        body,
        is_named: name.is_some(),
        signature,
    })
}

/// Whether `value` uses what the body may need.
fn names_parameter(function: &Function, value: &Expr) -> bool {
    let value = value.to_token_stream();
    let own = |name: &Ident| mention(&value, &name.to_string()) != Mention::No;
    function.signature.inputs.iter().any(|input| match input {
        FnArg::Receiver(_) => mention(&value, "self") != Mention::No,
        FnArg::Typed(typed) => bound_names(&typed.pat).iter().any(own),
    })
}

/// The expressions in the options, and those that states begin with.
fn values<'a>(model: &'a Model, has: &impl Fn(Problem) -> bool) -> Vec<&'a Expr> {
    let no_numbers = has(Problem::Unbounded) || has(Problem::WorkersByThemselves);
    let written = model.options.written.iter();
    let values = written.filter_map(|written| match &written.value {
        Value::Count(count) => (!no_numbers).then_some(&count.expr),
        Value::Time(span) => Some(&span.expr),
        Value::Text(expr) | Value::Function(expr) => Some(expr),
        Value::Nothing | Value::NewName(_) | Value::Module(_) | Value::Codes(_) => None,
    });
    let none = has(Problem::LocalDefault) || has(Problem::LocalQuestion);
    let locals = model.function.locals.iter().filter(|_| !none);
    values
        .chain(&model.options.spare)
        .chain(locals.map(|local| &local.begins))
        .collect()
}

/// Takes out of `signature` what the compiler would find wrong, too, and returns the variables that are in question.
fn mend(
    signature: &mut Signature,
    function: &Function,
    has: &impl Fn(Problem) -> bool,
) -> Vec<Ident> {
    let mut unknown: Vec<Ident> = in_question(function, has)
        .flat_map(|parameter| bound_names(&parameter.pattern))
        .collect();
    signature.constness = None;
    signature.abi = None;
    if let Some((pattern, _)) = signature.variadic.take().and_then(|variadic| variadic.pat) {
        unknown.extend(bound_names(&pattern));
    }
    let mut seen = Vec::new();
    for input in &mut signature.inputs {
        let FnArg::Typed(typed) = input else {
            continue;
        };
        typed
            .attrs
            .retain(|attribute| is_no_role(attribute) && !attribute.path().is_ident("cfg_attr"));
        if let (true, Some(feed)) = (fed_item(&typed.ty).is_none(), of_nothing(&typed.ty)) {
            *typed.ty = feed;
        }
        let names = bound_names(&typed.pat);
        if names.iter().any(|name| seen.contains(name)) {
            *typed.pat = parse_quote!(_);
            unknown.extend(names);
        } else {
            seen.extend(names);
        }
    }
    let unclear = matches!(
        function.borrows(),
        Borrows::ItemOrOther(_) | Borrows::Several | Borrows::NoSource
    );
    if let (true, ReturnType::Type(_, ty)) = (unclear, &mut signature.output) {
        **ty = name_elided(ty, &parse_quote!('static));
    }
    let mut once = Vec::new();
    for name in unknown {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    once
}

/// The parameters whose type does not fit their role, and those with which the body does what nobody can: it may be written
/// for the one or the other.
fn in_question<'a>(
    function: &'a Function,
    has: &impl Fn(Problem) -> bool,
) -> impl Iterator<Item = &'a Parameter> {
    let no_feeds = has(Problem::FeedClosed) || has(Problem::FeedKept);
    let no_ends = has(Problem::SenderInHand) || has(Problem::ReceiverInHand);
    let no_ends = no_ends || has(Problem::ChannelClosed);
    let contexts = function.contexts.iter();
    let contexts = contexts.filter(|context| is_no_context(&context.ty));
    let locals = function.locals.iter().map(|local| &local.parameter);
    let locals = locals.filter(|local| !is_by_mut(&local.ty));
    let feeds = function.feeds.iter();
    let feeds = feeds.filter(move |feed| no_feeds || fed_item(&feed.ty).is_none());
    let shared = function.shared.iter();
    let ends = shared.filter(move |shared| no_ends && is_channel_end(&shared.ty));
    contexts.chain(locals).chain(feeds).chain(ends)
}

/// A feed in whatever way, which may lack the type of its items, as one that is a type for certain.
fn of_nothing(feed: &Type) -> Option<Type> {
    feed_of(feed, &parse_quote!(()))
}
