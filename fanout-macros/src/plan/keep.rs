//! What the closures have to own of a `#[shared]` argument: all of it, until the run is over.
//!
//! A closure captures what its body names, down to single fields. The rest of an argument would be dropped before the run:
//! a guard that is only held, the parts of a pattern that nobody looks at. So each closure names the whole argument. Only
//! what `..` leaves out of a struct has no name that it could be held by.

use proc_macro2::{Ident, Span, TokenStream};
use quote::format_ident;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Pat, PatIdent, PatSlice, Type, parse_quote};

use crate::model::Parameter;
use crate::model::mentions::{Mention, mention};

/// A binding that a closure has to name.
#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) name: Ident,
    /// If the user does not use it, the parameter's attributes: the compiler should go on saying so, unless they say otherwise.
    pub(crate) unused: Option<Vec<Attribute>>,
}

/// How a `#[shared]` parameter is taken by the functions that return closures.
pub(super) struct Keep {
    /// The pattern, with names of ours for what the user did not name.
    pub(super) pattern: Pat,
    pub(super) by_body: Vec<Kept>,
    pub(super) by_begin: Vec<Kept>,
}

/// Finds what is to be kept of `parameter`, given the tokens of the body and of the states' beginnings. `fresh` counts the
/// names of ours among all parameters.
pub(super) fn keep(
    parameter: &Parameter,
    body: &TokenStream,
    begins: &TokenStream,
    fresh: &mut usize,
) -> Keep {
    let mut pattern = parameter.pattern.clone();
    let owned = has_a_destructor(&parameter.ty);
    let mut bindings = Bindings {
        used_in: [body, begins],
        attributes: &parameter.attributes,
        fresh: owned.then_some(fresh),
        found: Vec::new(),
    };
    if owned {
        spread_rest(&mut pattern, &parameter.ty);
    }
    bindings.visit_pat_mut(&mut pattern);
    let found = bindings.found;
    // A text that only looks like a format string leaves the beginning with an argument that it does not use.
    let in_text = |kept: &Kept| mention(begins, &kept.name.to_string()) == Mention::InText;
    let by_begin = found.iter().filter(|kept| owned || in_text(kept));
    Keep {
        by_begin: by_begin.cloned().collect(),
        by_body: if owned { found } else { Vec::new() },
        pattern,
    }
}

/// The same name as one of ours: `_guard` is said to be unused, and using the user's own would be a lint.
pub(super) fn ours(name: &Ident) -> Ident {
    let span = Span::mixed_site().located_at(name.span());
    Ident::new(&name.to_string(), span)
}

/// Whether dropping a value of this type may do something, as far as its name shows.
fn has_a_destructor(ty: &Type) -> bool {
    const PLAIN: [&str; 17] = [
        "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16",
        "u32", "u64", "u128", "usize", "str",
    ];
    match ty {
        Type::Reference(_) | Type::Ptr(_) | Type::FnPtr(_) | Type::Never(_) => false,
        Type::Tuple(tuple) => tuple.elems.iter().any(has_a_destructor),
        Type::Array(array) => has_a_destructor(&array.elem),
        Type::Paren(inner) => has_a_destructor(&inner.elem),
        Type::Group(inner) => has_a_destructor(&inner.elem),
        Type::Path(path) => !PLAIN.iter().any(|plain| path.path.is_ident(plain)),
        _ => true,
    }
}

/// `(a, ..)` as `(a, _, _)`, so that the rest can be given names.
fn spread_rest(pattern: &mut Pat, ty: &Type) {
    let (Pat::Tuple(pattern), Type::Tuple(ty)) = (pattern, ty) else {
        return;
    };
    let rest = |pattern: &Pat| matches!(pattern, Pat::Rest(_));
    if let Some(at) = pattern.elems.iter().position(rest) {
        let missing = (ty.elems.len() + 1).saturating_sub(pattern.elems.len());
        let mut elems: Vec<Pat> = pattern.elems.iter().cloned().collect();
        elems.splice(at..=at, (0..missing).map(|_| parse_quote!(_)));
        pattern.elems = elems.into_iter().collect();
        if pattern.elems.len() == 1 {
            pattern.elems.push_punct(parse_quote!(,));
        }
    }
    for (pattern, ty) in pattern.elems.iter_mut().zip(&ty.elems) {
        spread_rest(pattern, ty);
    }
}

/// Collects what a pattern binds, and binds what it leaves alone.
struct Bindings<'a> {
    used_in: [&'a TokenStream; 2],
    attributes: &'a [Attribute],
    /// For names of what the pattern leaves alone; nothing where it may stay so.
    fresh: Option<&'a mut usize>,
    found: Vec<Kept>,
}

impl VisitMut for Bindings<'_> {
    fn visit_pat_mut(&mut self, pattern: &mut Pat) {
        match pattern {
            Pat::Wild(_) => {
                if let Some(name) = self.fresh_name() {
                    *pattern = parse_quote!(#name);
                    self.found.push(Kept { name, unused: None });
                }
            }
            // What is behind a reference is not ours to keep.
            Pat::Reference(_) => {
                let fresh = self.fresh.take();
                visit_mut::visit_pat_mut(self, pattern);
                self.fresh = fresh;
            }
            // The alternatives would have to bind the same names.
            Pat::Or(_) => {}
            _ => visit_mut::visit_pat_mut(self, pattern),
        }
    }

    fn visit_pat_slice_mut(&mut self, slice: &mut PatSlice) {
        for element in &mut slice.elems {
            if !matches!(element, Pat::Rest(_)) {
                self.visit_pat_mut(element);
            } else if let Some(name) = self.fresh_name() {
                self.found.push(Kept {
                    name: name.clone(),
                    unused: None,
                });
                *element = Pat::Ident(PatIdent {
                    attrs: Vec::new(),
                    by_ref: None,
                    mutability: None,
                    ident: name,
                    subpat: Some((parse_quote!(@), Box::new(element.clone()))),
                });
            }
        }
    }

    fn visit_pat_ident_mut(&mut self, pattern: &mut PatIdent) {
        let name = pattern.ident.to_string();
        let used_in = |tokens: &&TokenStream| mention(tokens, &name) != Mention::No;
        let used = self.used_in.iter().any(used_in);
        if !used && self.fresh.is_some() && name.starts_with('_') {
            pattern.ident = ours(&pattern.ident);
        }
        let silent = used || name.starts_with('_');
        self.found.push(Kept {
            unused: (!silent).then(|| self.attributes.to_vec()),
            name: pattern.ident.clone(),
        });
        visit_mut::visit_pat_ident_mut(self, pattern);
    }

    fn visit_expr_mut(&mut self, _: &mut syn::Expr) {}
}

impl Bindings<'_> {
    fn fresh_name(&mut self) -> Option<Ident> {
        let fresh = self.fresh.as_mut()?;
        **fresh += 1;
        Some(match **fresh {
            1 => Ident::new("kept", Span::mixed_site()),
            k => format_ident!("kept_{k}", span = Span::mixed_site()),
        })
    }
}
