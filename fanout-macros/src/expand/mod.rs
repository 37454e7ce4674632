//! From the plan to tokens. Nothing is decided and nothing can go wrong here.

mod chain;
mod feed;
mod hidden;
mod pool;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Path;

use crate::plan::{Body, ItemFn, Original, Placement, Plan};

/// The pool function, the functions that it is built from, and the per-item function if it is kept.
///
/// ```text
/// fn double(n: u32) -> u32 { n * 2 }
/// // becomes
/// fn double<M: InputKind>(
///     input: impl InputOf<u32, M>,
/// ) -> M::Run<FanOut<impl Source<Item = u32>, impl SendWork<u32, ..>>> {
///     fn double_item() -> impl Fn(u32, &Context) -> u32 + Send + Sync { |n: u32, _: &Context| -> u32 { n * 2 } }
///     M::run(over_items(input).label("double").map(double_item()).sends::<u32, _>())
/// }
/// ```
pub(crate) fn expand(plan: &Plan) -> TokenStream {
    let mut hidden = match &plan.doubt {
        None => hidden::expand_hidden(plan),
        Some(_) => TokenStream::new(),
    };
    let mut item_fn = expand_item_fn(plan);
    match &plan.original {
        Some(original) if original.is_named => item_fn.extend(expand_original(plan, original)),
        Some(original) => hidden.extend(expand_original(plan, original)),
        None => {}
    }
    match &plan.placement {
        Placement::Inside => {
            let pool = pool::expand_pool(plan, &hidden);
            quote!(#pool #item_fn)
        }
        Placement::Beside(_) => {
            let pool = pool::expand_pool(plan, &TokenStream::new());
            quote!(#pool #hidden #item_fn)
        }
    }
}

/// The rejected function itself, for the names that it uses.
fn expand_original(plan: &Plan, original: &Original) -> TokenStream {
    let Original {
        signature, before, ..
    } = original;
    let (attributes, visibility) = if original.is_named {
        (&plan.attributes.item_fn, Some(&plan.visibility))
    } else {
        (&plan.attributes.hidden, None)
    };
    let body = hidden::as_ours(original.body.clone());
    quote!(#(#attributes)* #[allow(unused)] #visibility #signature { #before #body })
}

/// `item_fn = name`: the function as it was written.
fn expand_item_fn(plan: &Plan) -> TokenStream {
    let ItemFn::Kept(signature) = &plan.item_fn else {
        return TokenStream::new();
    };
    // Only its name is wanted where it is not the only one with the body: what is wrong in it is said once.
    let (silent, body) = match &plan.body {
        Body::Written(body) => (None, body.clone()),
        Body::Doubted { .. } => (
            Some(quote!(#[allow(unused)])),
            quote!({ ::core::unreachable!() }),
        ),
        Body::Rejected => return TokenStream::new(),
    };
    let visibility = &plan.visibility;
    let attributes = &plan.attributes.item_fn;
    quote!(#(#attributes)* #silent #visibility #signature #body)
}

/// The names of arguments that several parts of the expansion share. Their spans keep them apart from what the user
/// calls the same.
pub(super) struct Names {
    /// The pool function's first argument.
    input: Ident,
    /// What the body's closure gets beside the item where workers have a state.
    worker: Ident,
}

impl Names {
    fn new() -> Self {
        let own = Span::mixed_site();
        Self {
            input: Ident::new("input", own),
            worker: Ident::new("worker", own),
        }
    }
}

/// `::<T, N>`: the generics to hand on. Lifetimes are inferred.
fn turbofish(plan: &Plan) -> TokenStream {
    let arguments: Vec<&Ident> = plan.generics.arguments().collect();
    if arguments.is_empty() {
        TokenStream::new()
    } else {
        quote!(::<#(#arguments),*>)
    }
}

/// Where `tokens` begin and end.
fn ends(tokens: &impl ToTokens) -> (Span, Span) {
    let mut spans = tokens
        .to_token_stream()
        .into_iter()
        .map(|token| token.span());
    let start = spans.next().unwrap_or_else(Span::call_site);
    let end = spans.last().unwrap_or(start);
    (start, end)
}

/// `tokens` at another place.
fn relocated(tokens: TokenStream, span: Span) -> TokenStream {
    let relocate = |mut token: TokenTree| {
        token.set_span(span);
        token
    };
    tokens.into_iter().map(relocate).collect()
}

/// `&::fanout::Context`.
fn context_type(root: &Path) -> TokenStream {
    quote!(&#root::Context)
}
