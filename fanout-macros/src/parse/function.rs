//! The item under the attribute to [`Function`]: signature parsed, body kept as tokens.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;
use syn::parse::{Parse, ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{Attribute, FnArg, ReturnType, Signature, Token, Type, TypeParen, Visibility, token};

use super::{Unreadable, roles};
use crate::diagnostics::{Diagnostic, Diagnostics, Problem};
use crate::model::Function;

/// Reads the function; if there is none, the error stands alone and the item stays as it was.
pub(super) fn parse(
    item: TokenStream,
    diagnostics: &mut Diagnostics,
) -> Result<Function, Unreadable> {
    match read.parse2(item.clone()) {
        Ok(Found::Function(pieces)) if is_main(&pieces.signature) => {
            diagnostics.push(Diagnostic::at(Problem::OnMain, &pieces.signature.ident));
            Err(Unreadable { emit: item })
        }
        Ok(Found::Function(pieces)) => Ok(from_pieces(*pieces, diagnostics)),
        Ok(Found::Other(problem)) => {
            // What was written may well be right without the attribute; leaving it out would make every use of it an
            // error too.
            diagnostics.push(problem);
            Err(Unreadable { emit: item })
        }
        Err(error) => {
            // Half a function, as an editor sends it while one types. The compiler's own words are best here, and the
            // item is emitted as it is, so that the editor still knows its name.
            let error = error.to_compile_error();
            Err(Unreadable {
                emit: quote!(#item #error),
            })
        }
    }
}

/// The program's own `main`: the compiler has a word in its signature.
fn is_main(signature: &Signature) -> bool {
    signature.ident == "main" && signature.inputs.is_empty()
}

/// A function in pieces.
struct Pieces {
    attributes: Vec<Attribute>,
    visibility: Visibility,
    signature: Signature,
    body: Group,
}

enum Found {
    Function(Box<Pieces>),
    Other(Diagnostic),
}

fn read(input: ParseStream<'_>) -> syn::Result<Found> {
    let attributes = input.call(Attribute::parse_outer)?;
    let visibility: Visibility = input.parse()?;
    if let Some(other) = not_a_function(input) {
        let _: TokenStream = input.parse()?;
        return Ok(Found::Other(other));
    }
    let mut signature: Signature = input.parse()?;
    if let ReturnType::Type(_, ty) = &mut signature.output {
        enclose(ty);
    }
    for input in &mut signature.inputs {
        if let FnArg::Typed(typed) = input {
            enclose(&mut typed.ty);
        }
    }
    if input.peek(Token![;]) {
        let end: Token![;] = input.parse()?;
        let problem = Diagnostic::at(Problem::NoBody, &end);
        return Ok(Found::Other(problem));
    }
    let body = input.step(|cursor| {
        // Looked for by its braces, it is found inside the invisible brackets of a `$body:block`, too.
        let (inside, span, rest) = cursor
            .group(Delimiter::Brace)
            .ok_or_else(|| cursor.error("expected the function's body"))?;
        let mut body = Group::new(Delimiter::Brace, inside.token_stream());
        body.set_span(span.join());
        Ok((body, rest))
    })?;
    if !input.is_empty() {
        return Err(input.error("expected nothing after the function's body"));
    }
    Ok(Found::Function(Box::new(Pieces {
        attributes,
        visibility,
        signature,
        body,
    })))
}

/// Puts brackets around a type with a `+` of its own, as others are added behind it where it is emitted.
fn enclose(ty: &mut Type) {
    if let Type::TraitObject(object) = ty {
        if object.bounds.len() > 1 || object.bounds.trailing_punct() {
            *ty = Type::Paren(TypeParen {
                attrs: Vec::new(),
                paren_token: token::Paren(object.span()),
                elem: Box::new(ty.clone()),
            });
        }
    }
}

/// What the item is, if its first words show that it is no function.
fn not_a_function(input: ParseStream<'_>) -> Option<Diagnostic> {
    let ahead = input.fork();
    if ahead.parse::<Signature>().is_ok() || input.is_empty() {
        return None;
    }
    let mut seen = TokenStream::new();
    let ahead = input.fork();
    while let Ok(token) = ahead.parse::<TokenTree>() {
        let word = token.to_string();
        let what = match word.as_str() {
            "fn" => return None,
            "struct" => "a struct",
            "enum" => "an enum",
            "union" => "a union",
            "mod" => "a module",
            "impl" => "an `impl` block",
            "trait" => "a trait",
            "type" => "a type alias",
            "use" => "a `use`",
            "static" => "a static",
            "let" => "a `let`",
            "const" | "async" | "unsafe" | "extern" | "safe" | "default" => {
                seen.extend([token]);
                continue;
            }
            _ if seen.is_empty() => return None,
            _ => "no function",
        };
        return Some(Diagnostic::on(Problem::NotAFunction, token.span()).with("what", what));
    }
    None
}

fn from_pieces(pieces: Pieces, diagnostics: &mut Diagnostics) -> Function {
    let Pieces {
        attributes,
        visibility,
        signature,
        body,
    } = pieces;
    let roles = roles::parse(&signature, diagnostics);
    let (inner_attributes, body) = split_inner_attributes(body);
    Function {
        attributes,
        visibility,
        receiver: roles.receiver,
        item: roles.item,
        shared: roles.shared,
        locals: roles.locals,
        contexts: roles.contexts,
        feeds: roles.feeds,
        unclear: roles.unclear,
        signature,
        inner_attributes,
        body,
    }
}

/// `#![allow(..)]` at the top of a body is about the function; it may not stand in the closure that the body becomes.
fn split_inner_attributes(body: Group) -> (Vec<Attribute>, Group) {
    let split = |input: ParseStream<'_>| {
        let inner = input.call(Attribute::parse_inner)?;
        let rest = TokenStream::parse(input)?;
        Ok((inner, rest))
    };
    match split.parse2(body.stream()) {
        Ok((inner, rest)) if !inner.is_empty() => {
            let mut group = Group::new(body.delimiter(), rest);
            group.set_span(body.span());
            (inner, group)
        }
        _ => (Vec::new(), body),
    }
}
