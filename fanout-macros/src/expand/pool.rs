//! The function that users call.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Expr, GenericParam, Generics, Path, parse_quote};

use super::{Names, chain, ends, relocated};
use crate::diagnostics::Diagnostic;
use crate::plan::{
    Assertion, Condition, Doubt, Ending, Merge, Placement, Plan, State, Where, any_type,
};

/// `fn name<.., M>(input, shared..) -> M::Run<FanOut<..>> { hidden functions, checks, builder calls }`.
pub(super) fn expand_pool(plan: &Plan, inside: &TokenStream) -> TokenStream {
    if let Some((doubt, error)) = &plan.doubt {
        return expand_doubtful(plan, *doubt, error, inside);
    }
    let names = Names::new();
    let (attributes, inner) = match plan.placement {
        Placement::Inside => (&plan.attributes.pool, plan.attributes.inner.as_slice()),
        Placement::Beside(_) => (&plan.attributes.pool_beside, [].as_slice()),
    };
    let words = &plan.words;
    let visibility = &plan.visibility;
    let name = &plan.name;
    let whole = plan.generics.whole();
    let (where_clause, generics) = (&whole.where_clause, with_marker(plan, &whole));
    let arguments = expand_arguments(plan, &names);
    let returns = expand_return_type(plan);
    let assertions = plan.assertions.iter();
    let assertions = assertions.map(|assertion| expand_assertion(assertion, &plan.root));
    let warn = plan.allows_deprecated.then(|| quote!(#[warn(deprecated)]));
    let warnings = plan.warnings.iter().map(expand_warning);
    let files = plan.files.iter().map(expand_file);
    let chain = chain::expand_chain(plan, &names);
    quote! {
        #(#attributes)*
        #(#inner)*
        #(#[doc = #words])*
        #visibility fn #name #generics (#arguments) -> #returns #where_clause {
            #inside
            #(#assertions)*
            #(#warn #warnings)*
            #(#files)*
            #chain
        }
    }
}

/// What stands for a rejected function of which it is not known what callers may do: there they may do anything.
fn expand_doubtful(
    plan: &Plan,
    doubt: Doubt,
    error: &TokenStream,
    inside: &TokenStream,
) -> TokenStream {
    let (sorted, name, visibility) = (&plan.attributes, &plan.name, &plan.visibility);
    let any = any_type(error);
    let body = quote!({ #inside ::core::unreachable!() });
    match doubt {
        Doubt::Run => {
            let attributes = &sorted.pool_beside;
            let whole = plan.generics.whole();
            let (where_clause, generics) = (&whole.where_clause, with_marker(plan, &whole));
            let arguments = expand_arguments(plan, &Names::new());
            quote! {
                #(#attributes)* #[allow(unused)]
                #visibility fn #name #generics (#arguments) -> #any #where_clause #body
            }
        }
        Doubt::Call => {
            let attributes = &sorted.hidden;
            quote! {
                #(#attributes)* #[allow(unused, non_upper_case_globals)]
                #visibility const #name: #any = #body;
            }
        }
    }
}

/// The marker is the last type parameter, so that a turbofish of the user's own ones stays right up to a `_`.
fn with_marker(plan: &Plan, generics: &Generics) -> TokenStream {
    let (root, marker) = (&plan.root, &plan.marker);
    let marker: GenericParam = parse_quote!(#marker: #root::InputKind);
    let parameters = generics.params.iter().chain([&marker]);
    quote!(<#(#parameters),*>)
}

fn expand_arguments(plan: &Plan, names: &Names) -> TokenStream {
    let receiver = match &plan.placement {
        Placement::Beside(receiver) => receiver.as_slice(),
        Placement::Inside => &[],
    };
    let (root, marker, input, item) = (&plan.root, &plan.marker, &names.input, &plan.item.ty);
    let shared = plan.shared.iter().map(|shared| {
        let (name, ty) = (&shared.argument, &shared.parameter.ty);
        if shared.is_idle {
            quote!(_: #ty)
        } else {
            quote!(#name: #ty)
        }
    });
    quote!(#(#receiver,)* #input: impl #root::InputOf<#item, #marker> #(, #shared)*)
}

/// `M::Run<FanOut<impl Source<..>, impl SendWork<..>, Ordered, CancelOnError>>`, without the parameters that have their default.
fn expand_return_type(plan: &Plan) -> TokenStream {
    let (root, item, out) = (&plan.root, &plan.item.ty, &plan.output.ty);
    let (local, more) = match &plan.state {
        State::Nothing => (quote!(()), None),
        State::Some(begin) => {
            let ty = &begin.ty;
            let merges = !matches!(begin.merge, Merge::Never);
            let more = if merges {
                quote!(+ #root::Merge<#ty>)
            } else {
                quote!(+ #root::HasState)
            };
            (ty.clone(), Some(more))
        }
    };
    let order = if plan.ordered {
        quote!(, #root::Ordered)
    } else if plan.ending == Ending::RunsToEnd {
        TokenStream::new()
    } else {
        quote!(, #root::Unordered)
    };
    let ending = match plan.ending {
        Ending::RunsToEnd => TokenStream::new(),
        Ending::CancelOnError => quote!(, #root::CancelOnError),
        Ending::StoppableRunsToEnd => quote!(, #root::Stoppable<#root::RunsToEnd>),
        Ending::StoppableCancelOnError => quote!(, #root::Stoppable<#root::CancelOnError>),
    };
    // What is said here is asked where the function is, and not again of its callers.
    let work = match (plan.output.is_known, plan.ending.cancels()) {
        (false, _) => quote!(Work),
        (true, false) => quote!(SendWork),
        (true, true) => quote!(SendTryWork),
    };
    let marker = &plan.marker;
    quote! {
        #marker::Run<#root::FanOut<
            impl #root::Source<Item = #item>,
            impl #root::#work<#item, Local = #local, Out = #out> #more
            #order
            #ending
        >>
    }
}

/// Lets the compiler look at a constant that the macro cannot see, with the caret on the constant.
fn expand_assertion(assertion: &Assertion, root: &Path) -> TokenStream {
    let Assertion {
        value,
        checks,
        place,
    } = assertion;
    let (start, end) = ends(value);
    let checks = checks.iter().map(|(condition, message)| {
        let condition = match condition {
            Condition::Some => {
                let value = as_number(value, end);
                quote_spanned!(end=> #value >= 1)
            }
            Condition::AtMost(most) => {
                let value = as_number(value, end);
                let most = proc_macro2::Literal::u128_unsuffixed(*most);
                quote_spanned!(end=> #value <= #most)
            }
            Condition::Fits(both) => {
                let [batch, window] = both.each_ref().map(|one| as_number(one, end));
                quote_spanned!(end=> #batch <= #window)
            }
            Condition::Lasts => {
                let root = relocated(root.to_token_stream(), end);
                quote_spanned!(end=> #root::Limit(#value).lasts())
            }
        };
        // It is the pattern of a formatted text, and may quote the user's braces or the team's.
        let message = message.replace('{', "{{").replace('}', "}}");
        let assert = quote_spanned!(start=> ::core::assert!);
        let arguments = quote_spanned!(end=> (#condition, #message));
        quote!(#assert #arguments;)
    });
    match place {
        Where::Item => quote!(const _: () = { #(#checks)* };),
        Where::Block => quote!(const { #(#checks)* }),
    }
}

/// `VALUE as u128`: large enough to compare any two numbers.
fn as_number(value: &Expr, span: Span) -> TokenStream {
    let value = match value {
        Expr::Lit(_) => return value.to_token_stream(),
        Expr::Path(_) => value.to_token_stream(),
        _ => quote!((#value)),
    };
    quote_spanned!(span=> #value as ::core::primitive::u128)
}

/// Names a file in a way that makes cargo compile the crate again when the file changes: it looks at what the compiler read.
fn expand_file(file: &String) -> TokenStream {
    quote!(
        const _: &[::core::primitive::u8] = ::core::include_bytes!(#file);
    )
}

/// A warning of ours is a use of something deprecated: what a macro can make the stable compiler say. It is a field, as the
/// caret on a field's use is on all of `FOUND.0`, from its first token's place to its last one's.
fn expand_warning(warning: &Diagnostic) -> TokenStream {
    let code = format_ident!("{}", warning.problem.row().code);
    let note = warning.text();
    let (start, end) = warning.ends();
    let found = quote_spanned!(start=> FOUND.);
    let field = quote_spanned!(end=> 0);
    quote! {
        const _: () = {
            struct #code(#[deprecated(note = #note)] ());
            const FOUND: #code = #code(());
            #found #field
        };
    }
}
