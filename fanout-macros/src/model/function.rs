//! The function as it was written, its parameters sorted by role.

use proc_macro2::TokenStream;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Expr, Pat, Receiver, ReceiverKind, ReturnType, Signature, Type, Visibility,
    parse_quote,
};

/// The per-item function.
pub(crate) struct Function {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    /// As written, roles included.
    pub(crate) signature: Signature,
    pub(crate) receiver: Option<Receiver>,
    pub(crate) item: Option<Parameter>,
    pub(crate) shared: Vec<Parameter>,
    pub(crate) locals: Vec<Local>,
    pub(crate) contexts: Vec<Parameter>,
    pub(crate) feeds: Vec<Parameter>,
    /// Parameters without a role, or with one that there is not. They were reported.
    pub(crate) unclear: Unclear,
    /// `#![..]` at the top of the body.
    pub(crate) inner_attributes: Vec<Attribute>,
    /// What the braces hold, as tokens: the compiler reports mistakes in a body better than we could.
    pub(crate) body: proc_macro2::Group,
}

/// Parameters whose role could not be read, by what they were probably meant to be: callers are not to be told of the same
/// mistake again.
#[derive(Default)]
pub(crate) struct Unclear {
    pub(crate) shared: Vec<Parameter>,
    pub(crate) locals: Vec<Parameter>,
    pub(crate) contexts: Vec<Parameter>,
    pub(crate) feeds: Vec<Parameter>,
    /// Those without a role that may be arguments of a call.
    pub(crate) unmarked: Vec<Parameter>,
    /// Whether there is one with a role of which only its type says what it may be.
    pub(crate) guessed: bool,
}

/// A parameter without its role.
#[derive(Clone)]
pub(crate) struct Parameter {
    /// Attributes that are no role: lints, `cfg`.
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) pattern: Pat,
    pub(crate) ty: Type,
}

/// A `#[local(..)]` parameter.
#[derive(Clone)]
pub(crate) struct Local {
    pub(crate) parameter: Parameter,
    /// How a worker's state begins.
    pub(crate) begins: Expr,
    /// The `try` in front of it.
    pub(crate) fallible: Option<syn::Token![try]>,
}

impl Function {
    pub(crate) fn returns_nothing(&self) -> bool {
        match &self.signature.output {
            ReturnType::Default => true,
            ReturnType::Type(_, ty) => {
                matches!(&**ty, Type::Tuple(tuple) if tuple.elems.is_empty())
            }
        }
    }

    /// Whether a parameter is called `name`.
    pub(crate) fn binds(&self, name: &proc_macro2::Ident) -> bool {
        self.signature.inputs.iter().any(|input| match input {
            syn::FnArg::Typed(typed) => bound_names(&typed.pat).contains(name),
            syn::FnArg::Receiver(_) => false,
        })
    }

    /// Whether `self`, if there is one, is a reference: it can be captured twice, and there is nothing to drop.
    pub(crate) fn self_is_copy(&self) -> bool {
        self.receiver
            .as_ref()
            .is_none_or(|receiver| matches!(receiver_type(receiver), Type::Reference(_)))
    }
}

impl Parameter {
    /// Its name, where it has one.
    pub(crate) fn name(&self) -> Option<&proc_macro2::Ident> {
        match &self.pattern {
            Pat::Ident(pattern) => Some(&pattern.ident),
            _ => None,
        }
    }

    /// Its name, where the pattern is nothing but a name.
    pub(crate) fn plain_name(&self) -> Option<&proc_macro2::Ident> {
        match &self.pattern {
            Pat::Ident(pattern) if pattern.by_ref.is_none() && pattern.subpat.is_none() => {
                Some(&pattern.ident)
            }
            _ => None,
        }
    }

    /// How messages call it.
    pub(crate) fn shown(&self) -> String {
        match self.name() {
            Some(name) => name.to_string(),
            None => shown(&self.pattern),
        }
    }
}

/// The names that `pattern` binds.
pub(crate) fn bound_names(pattern: &Pat) -> Vec<proc_macro2::Ident> {
    struct Find(Vec<proc_macro2::Ident>);
    impl VisitMut for Find {
        fn visit_pat_ident_mut(&mut self, pattern: &mut syn::PatIdent) {
            self.0.push(pattern.ident.clone());
            visit_mut::visit_pat_ident_mut(self, pattern);
        }
        fn visit_expr_mut(&mut self, _: &mut Expr) {}
    }
    let mut find = Find(Vec::new());
    find.visit_pat_mut(&mut pattern.clone());
    find.0
}

/// The type of `self`.
pub(crate) fn receiver_type(receiver: &Receiver) -> Type {
    match &receiver.kind {
        ReceiverKind::Typed(_, ty) => (**ty).clone(),
        ReceiverKind::Reference(and, lifetime, mutability) => {
            parse_quote!(#and #lifetime #mutability Self)
        }
        _ => parse_quote!(Self),
    }
}

/// `tokens` as a person would write them, for messages.
pub(crate) fn shown(tokens: &impl quote::ToTokens) -> String {
    let spaced = tokens.to_token_stream();
    let mut out = String::new();
    write_closely(spaced, &mut out);
    out.truncate(out.trim_end().len());
    out
}

/// Writes `tokens` with spaces only where a person would put them.
fn write_closely(tokens: TokenStream, out: &mut String) {
    use proc_macro2::{Delimiter, Spacing, TokenTree};
    let mut glue = true;
    for token in tokens {
        let word = matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_));
        if word && !glue {
            out.push(' ');
        }
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                out.push_str(open);
                write_closely(group.stream(), out);
                out.push_str(close);
                glue = false;
            }
            TokenTree::Punct(punct) => {
                let mark = punct.as_char();
                let spaced = matches!(mark, '+' | '=' | '>' | '-' | '*' | '/')
                    && punct.spacing() == Spacing::Alone
                    && !out.ends_with(['-', '=', '<', '>', ':'])
                    && !out.is_empty()
                    && mark != '>'
                    && !glue;
                let spaced = spaced || mark == '+' && out.ends_with('>');
                if spaced {
                    out.push(' ');
                }
                out.push(mark);
                let arrow = out.ends_with("->") || out.ends_with("=>");
                if matches!(mark, ',' | ';') || spaced || arrow {
                    out.push(' ');
                }
                glue = true;
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                out.push_str(&token.to_string());
                glue = false;
            }
        }
    }
}
