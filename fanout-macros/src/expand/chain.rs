//! The builder calls in the pool function.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;

use super::{Names, ends, relocated, turbofish};
use crate::plan::{Begin, Form, Merge, Placement, Plan, Shared, State};

/// `M::run(over_items(input).label("name").workers(8).map(name_item()).sends::<Out, _>())`.
pub(super) fn expand_chain(plan: &Plan, names: &Names) -> TokenStream {
    let (root, input) = (&plan.root, &names.input);
    let settings = plan.settings.iter().map(|setting| {
        let (method, argument) = (&setting.method, &setting.argument);
        quote!(.#method(#argument))
    });
    let work = expand_work(plan);
    let marker = &plan.marker;
    let sends = expand_sends(plan);
    quote!(#marker::run(#root::over_items(#input) #(#settings)* #work #sends))
}

/// `.sends::<Out, _>()`: asks whether results can be sent, with the caret on the user's type, where that is not for callers to
/// say. Items that are pushed are sent without a caller's help.
fn expand_sends(plan: &Plan) -> TokenStream {
    let out = plan.output.is_known.then_some(&plan.output.ty);
    let item = plan.item.ty.to_token_stream();
    let item = plan.feed.is_some().then_some(&item);
    let asked = out.into_iter().chain(item).map(|ty| {
        let (start, end) = ends(ty);
        let method = quote_spanned!(start=> .sends::<#ty, _);
        let call = quote_spanned!(end=> >());
        quote!(#method #call)
    });
    asked.collect()
}

fn expand_work(plan: &Plan) -> TokenStream {
    let joint = matches!(&plan.state, State::Some(begin) if begin.form == Form::Joint);
    let item = expand_call(plan, &plan.item_name, true, |shared| {
        joint || shared.goes_to_body()
    });
    let out = &plan.output.ty;
    let (map, map_joint) = if plan.feed.is_some() {
        ("map_feed", quote!(map_joint_feed))
    } else {
        ("map", quote!(map_joint))
    };
    // A result that cannot cancel is reported where the user wrote its type.
    let map = Ident::new(map, Span::call_site().located_at(out.span()));
    let State::Some(begin) = &plan.state else {
        let types = plan.ending.cancels().then(|| quote!(::<_, #out, _>));
        return quote!(.#map #types(#item));
    };
    let work = match (begin.form, begin.fallible) {
        (Form::Joint, _) => quote!(.#map_joint(#item)),
        (Form::Apart, fallible) => {
            let local = expand_call(plan, &plan.begin_name, begin.names_self, |shared| {
                shared.in_begin
            });
            let method = if fallible {
                quote!(try_local)
            } else {
                quote!(local)
            };
            let types = (plan.ending.cancels() && !fallible).then(|| quote!(::<_, _, #out, _>));
            quote!(.#method(#local).#map #types(#item))
        }
    };
    match &begin.merge {
        Merge::Never => work,
        Merge::With(function) => {
            let function = expand_merge(plan, begin, function);
            quote!(#work.merge_with(#function))
        }
        // As a pointer, which says what the parameters are.
        Merge::Inline(function) => {
            let state = &begin.ty;
            quote!(#work.merge_with::<fn(#state, #state) -> #state>(#function))
        }
    }
}

/// `merge_fn::<State, _, _>(path)`: asks whether that is how two states become one, with the caret on the path.
fn expand_merge(plan: &Plan, begin: &Begin, function: &TokenStream) -> TokenStream {
    let state = &begin.ty;
    let (start, end) = ends(function);
    let root = relocated(plan.root.to_token_stream(), start);
    let asked = quote_spanned!(start=> #root::merge_fn::<#state, _, _>);
    let argument = quote_spanned!(end=> (#function));
    quote!(#asked #argument)
}

/// The call of a hidden function: `name_item::<T>(shared)`, `Self::__fanout_not_for_traits_name_item::<T>(self, shared)`.
fn expand_call(
    plan: &Plan,
    function: &Ident,
    with_self: bool,
    wanted: impl Fn(&Shared) -> bool,
) -> TokenStream {
    let turbofish = turbofish(plan);
    let shared = plan
        .shared
        .iter()
        .filter(|shared| wanted(shared))
        .map(|shared| &shared.argument);
    match &plan.placement {
        Placement::Inside => quote!(#function #turbofish(#(#shared),*)),
        Placement::Beside(receiver) => {
            // The user's own `self`: one from a macro is another than ours.
            let this = receiver.iter().filter(|_| with_self);
            let this = this.map(|receiver| &receiver.self_token);
            quote!(Self::#function #turbofish(#(#this,)* #(#shared),*))
        }
    }
}
