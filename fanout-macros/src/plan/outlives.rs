//! Says what an argument says silently: that what a reference points to lives as long as the reference.
//!
//! `fn show<T>(item: &T)` needs no `T: 'item`, as the argument's type implies it. The pool function has no argument of that
//! type, only an input of such items, so there the bound has to be written. Under a lifetime that is an argument of a path,
//! as in `Iter<'a, T>`, it is only likely.

use proc_macro2::Ident;
use syn::visit_mut::{self, VisitMut};
use syn::{
    AngleBracketedGenericArguments, GenericArgument, GenericParam, Generics, Lifetime, Type,
    TypePath, TypeReference, WherePredicate, parse_quote,
};

use super::generics::same;

/// What `types` imply. With `in_impl` any plain name may be a parameter of the `impl` block, which the attribute does not
/// see; for a type that is none the bound says nothing.
pub(super) fn implied(
    generics: &Generics,
    in_impl: bool,
    types: impl IntoIterator<Item = Type>,
) -> Vec<WherePredicate> {
    let mut walk = Walk {
        generics,
        in_impl,
        found: Vec::new(),
    };
    for mut ty in types {
        walk.visit_type_mut(&mut ty);
    }
    walk.found
}

/// Finds places where a type has to outlive a lifetime.
struct Walk<'a> {
    generics: &'a Generics,
    in_impl: bool,
    found: Vec<WherePredicate>,
}

impl Walk<'_> {
    /// `ty: 'lifetime`, taken apart as far as it is plain what that means.
    fn outlives(&mut self, ty: &Type, lifetime: &Lifetime) {
        match ty {
            Type::Slice(slice) => self.outlives(&slice.elem, lifetime),
            Type::Array(array) => self.outlives(&array.elem, lifetime),
            Type::Paren(inner) => self.outlives(&inner.elem, lifetime),
            Type::Group(inner) => self.outlives(&inner.elem, lifetime),
            Type::Tuple(tuple) => tuple
                .elems
                .iter()
                .for_each(|ty| self.outlives(ty, lifetime)),
            Type::Reference(reference) => {
                let longer = reference.lifetime.iter();
                for longer in
                    longer.filter(|longer| longer.ident != "static" && *longer != lifetime)
                {
                    self.add(parse_quote!(#longer: #lifetime));
                }
            }
            _ if self.may_be_short(ty) => self.add(parse_quote!(#ty: #lifetime)),
            _ => {}
        }
    }

    fn add(&mut self, bound: WherePredicate) {
        if !self.found.iter().any(|known| same(known, &bound)) {
            self.found.push(bound);
        }
    }

    /// Whether `ty` has anything in it that need not be `'static`.
    fn may_be_short(&self, ty: &Type) -> bool {
        let mut parts = Parts::default();
        parts.visit_type_mut(&mut ty.clone());
        parts.lifetimes || parts.names.iter().any(|name| self.may_be_parameter(name))
    }

    fn may_be_parameter(&self, name: &Ident) -> bool {
        let own = |parameter: &GenericParam| matches!(parameter, GenericParam::Type(parameter) if parameter.ident == *name);
        let text = name.to_string();
        self.generics.params.iter().any(own)
            || self.in_impl && text.starts_with(|c: char| c.is_uppercase()) && text != "String"
    }
}

impl VisitMut for Walk<'_> {
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        if let Some(lifetime) = &reference.lifetime {
            self.outlives(&reference.elem, lifetime);
        }
        visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_angle_bracketed_generic_arguments_mut(
        &mut self,
        list: &mut AngleBracketedGenericArguments,
    ) {
        for argument in &list.args {
            let GenericArgument::Lifetime(lifetime) = argument else {
                continue;
            };
            for argument in &list.args {
                match argument {
                    GenericArgument::Type(ty) if lifetime.ident != "static" => {
                        self.outlives(ty, lifetime);
                    }
                    _ => {}
                }
            }
        }
        visit_mut::visit_angle_bracketed_generic_arguments_mut(self, list);
    }

    fn visit_trait_bound_mut(&mut self, bound: &mut syn::TraitBound) {
        // `for<'x> Trait<'x>` brings its own.
        if bound.lifetimes.is_none() {
            visit_mut::visit_trait_bound_mut(self, bound);
        }
    }
    fn visit_parenthesized_generic_arguments_mut(
        &mut self,
        _: &mut syn::ParenthesizedGenericArguments,
    ) {
    }
    fn visit_type_fn_ptr_mut(&mut self, _: &mut syn::TypeFnPtr) {}
    fn visit_expr_mut(&mut self, _: &mut syn::Expr) {}
}

/// What a type is made of.
#[derive(Default)]
struct Parts {
    /// First names of paths.
    names: Vec<Ident>,
    /// Whether there are lifetimes.
    lifetimes: bool,
}

impl VisitMut for Parts {
    fn visit_type_path_mut(&mut self, path: &mut TypePath) {
        if let (None, Some(first)) = (&path.qself, path.path.segments.first()) {
            self.names.push(first.ident.clone());
        }
        visit_mut::visit_type_path_mut(self, path);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        self.lifetimes |= lifetime.ident != "static";
    }

    fn visit_expr_mut(&mut self, _: &mut syn::Expr) {}
}
