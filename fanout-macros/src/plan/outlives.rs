//! Says what an argument says silently: that what a reference points to lives as long as the reference.
//!
//! `fn show<T>(item: &T)` needs no `T: 'item`, as the argument's type implies it. The pool function has no argument of that
//! type, only an input of such items, so there the bound has to be written.

use proc_macro2::Ident;
use syn::visit_mut::{self, VisitMut};
use syn::{GenericParam, Generics, Lifetime, Type, TypePath, WherePredicate, parse_quote};

/// Adds to `generics` what `item` implies. With `in_impl` any plain name may be a parameter of the `impl` block, which
/// the attribute does not see; for a type that is none the bound says nothing.
pub(super) fn add_implied_bounds(generics: &mut Generics, item: &Type, in_impl: bool) {
    let mut walk = Walk::default();
    walk.visit_type_mut(&mut item.clone());
    for name in &walk.names {
        let own = generics.params.iter().position(
            |parameter| matches!(parameter, GenericParam::Type(parameter) if parameter.ident == *name),
        );
        if own.is_none() && !(in_impl && may_be_parameter(name)) {
            continue;
        }
        for lifetime in &walk.lifetimes {
            add(generics, own, name, lifetime);
        }
    }
}

/// Where a bound on the parameter already is; one parameter's bounds in two places are a lint.
fn add(generics: &mut Generics, own: Option<usize>, name: &Ident, lifetime: &Lifetime) {
    if let Some(GenericParam::Type(parameter)) = own.map(|own| &mut generics.params[own]) {
        if !parameter.bounds.is_empty() {
            parameter.bounds.push(parse_quote!(#lifetime));
            return;
        }
    }
    let clause = generics.make_where_clause();
    let known = clause
        .predicates
        .iter_mut()
        .find_map(|predicate| match predicate {
            WherePredicate::Type(predicate) => match &predicate.bounded_ty {
                Type::Path(path) if path.path.is_ident(name) => Some(&mut predicate.bounds),
                _ => None,
            },
            _ => None,
        });
    match known {
        Some(bounds) => bounds.push(parse_quote!(#lifetime)),
        None => clause.predicates.push(parse_quote!(#name: #lifetime)),
    }
}

fn may_be_parameter(name: &Ident) -> bool {
    let name = name.to_string();
    name.starts_with(|c: char| c.is_uppercase()) && name != "Self" && name != "String"
}

/// The plain names and the lifetimes in a type.
#[derive(Default)]
struct Walk {
    names: Vec<Ident>,
    lifetimes: Vec<Lifetime>,
}

impl VisitMut for Walk {
    fn visit_type_path_mut(&mut self, path: &mut TypePath) {
        if path.qself.is_none() {
            if let Some(first) = path.path.segments.first() {
                let plain = first.arguments.is_none();
                if plain && !self.names.contains(&first.ident) {
                    self.names.push(first.ident.clone());
                }
            }
        }
        visit_mut::visit_type_path_mut(self, path);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident != "static" && lifetime.ident != "_" && !self.lifetimes.contains(lifetime)
        {
            self.lifetimes.push(lifetime.clone());
        }
    }

    fn visit_trait_bound_mut(&mut self, bound: &mut syn::TraitBound) {
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
