//! The workers' state: its type, how it begins, and whether the beginning and the body can be two closures.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, Path, ReturnType, Type};

use super::Shared;
use crate::model::function::Parameter;
use crate::model::mentions::{Mention, mention, mentions_own_receiver};
use crate::model::{Local, Model};
use crate::options::Opt;

/// What a worker keeps between its items.
pub(crate) enum State {
    Nothing,
    Some(Box<Begin>),
}

/// A state and its beginning.
pub(crate) struct Begin {
    /// The type of the state; several are a tuple.
    pub(crate) ty: TokenStream,
    /// The parameters, in order.
    pub(crate) parameters: Vec<Parameter>,
    /// The value it begins with.
    pub(crate) value: TokenStream,
    /// What the beginning returns: the state, or a `Result` with it.
    pub(crate) returns: TokenStream,
    pub(crate) fallible: bool,
    pub(crate) form: Form,
    /// Whether the beginning needs `self`.
    pub(crate) names_self: bool,
    /// Whether it captures `self` for certain.
    pub(crate) captures_self: bool,
    pub(crate) merge: Merge,
}

/// How the builder is given beginning and body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `.local(begin).map(body)`.
    Apart,
    /// `.map_joint(both)`: they use the same owned value, and only one closure can own it.
    Joint,
}

/// How two states become one.
pub(crate) enum Merge {
    Never,
    /// With the function of this path.
    With(TokenStream),
    /// With a closure, whose parameters have no types of their own.
    Inline(TokenStream),
}

pub(super) fn plan(model: &Model, shared: &[Shared], root: &Path, output: &ReturnType) -> State {
    let locals = &model.function.locals;
    if locals.is_empty() {
        return State::Nothing;
    }
    let types: Vec<&Type> = locals.iter().map(target).collect();
    let ty = match types.as_slice() {
        [one] => one.to_token_stream(),
        several => quote!((#(#several),*)),
    };
    let begins: TokenStream = locals
        .iter()
        .map(|local| local.begins.to_token_stream())
        .collect();
    let names_self = mention(&begins, "self") != Mention::No;
    let owned_in_both = shared
        .iter()
        .any(|shared| shared.owned && shared.in_begin && shared.in_body);
    let owned_self = names_self && !model.function.self_is_copy();
    let fallible = locals.iter().any(|local| local.fallible.is_some());
    let out = match output {
        ReturnType::Type(_, out) => out.to_token_stream(),
        ReturnType::Default => quote!(()),
    };
    State::Some(Box::new(Begin {
        value: begin_value(locals, fallible, root, &out),
        returns: if fallible {
            quote!(::core::result::Result<#ty, <#root::CancelOnError as #root::Ending<#out>>::Error>)
        } else {
            ty.clone()
        },
        ty,
        parameters: locals.iter().map(|local| local.parameter.clone()).collect(),
        fallible,
        form: if owned_in_both || owned_self {
            Form::Joint
        } else {
            Form::Apart
        },
        names_self,
        captures_self: mentions_own_receiver(&begins),
        merge: match model.options.expr(Opt::Merge) {
            Some(function @ Expr::Path(_)) => Merge::With(function.to_token_stream()),
            Some(other) => Merge::Inline(other.to_token_stream()),
            None if model.options.meant(Opt::Merge) => Merge::Inline(TokenStream::new()),
            None => Merge::Never,
        },
    }))
}

/// `T` of `&mut T`.
pub(super) fn target(local: &Local) -> &Type {
    match &local.parameter.ty {
        Type::Reference(reference) => &reference.elem,
        other => other,
    }
}

fn begin_value(locals: &[Local], fallible: bool, root: &Path, out: &TokenStream) -> TokenStream {
    let values = locals.iter().map(|local| {
        let begins = &local.begins;
        match &local.fallible {
            None if ends_early(begins) => quote!((#begins)),
            None => begins.to_token_stream(),
            // Not `begins?` alone: what is wrong with it is to be said of it.
            Some(_) => quote!(#root::Begins::<#out>::with(#begins)?),
        }
    });
    let whole = if locals.len() == 1 {
        quote!(#(#values)*)
    } else {
        quote!((#(#values),*))
    };
    if fallible {
        // The `Ok` around a `?` lets the state be of a type that what begins it becomes. A lint that sees both as written at one
        // place says that it is for nothing.
        let elsewhere = Span::mixed_site();
        quote_spanned!(elsewhere=> ::core::result::Result::Ok(#whole))
    } else {
        whole
    }
}

/// Whether `expr`, alone in a block, would be a statement: `match n { .. }` of `match n { .. } + 1`.
fn ends_early(expr: &Expr) -> bool {
    let first = expr.to_token_stream().into_iter().next();
    let block_first = match first {
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        Some(TokenTree::Ident(word)) => {
            let words = [
                "match", "if", "loop", "while", "for", "unsafe", "const", "async", "let",
            ];
            words.iter().any(|block| word == block) || begins_with_a_macro_block(expr)
        }
        // The label of a loop or a block.
        Some(TokenTree::Punct(punct)) => punct.as_char() == '\'',
        _ => false,
    };
    let whole = matches!(
        expr,
        Expr::Match(_)
            | Expr::If(_)
            | Expr::Loop(_)
            | Expr::While(_)
            | Expr::ForLoop(_)
            | Expr::Unsafe(_)
            | Expr::Const(_)
            | Expr::Async(_)
            | Expr::Block(_)
            | Expr::Macro(_)
    );
    block_first && !whole
}

/// Whether the first thing in `expr` is `path! { .. }`, which ends a statement as a block does.
fn begins_with_a_macro_block(expr: &Expr) -> bool {
    let mut rest = expr
        .to_token_stream()
        .into_iter()
        .skip_while(|token| match token {
            TokenTree::Ident(_) => true,
            TokenTree::Punct(punct) => punct.as_char() == ':',
            _ => false,
        });
    let bang = rest.next();
    let arguments = rest.next();
    matches!(bang, Some(TokenTree::Punct(punct)) if punct.as_char() == '!')
        && matches!(arguments, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace)
}
