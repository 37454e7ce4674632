//! The lifetimes that a signature leaves out, and what they stand for.
//!
//! A per-item function takes its item as an argument; the pool takes an input of such items. Where the item's type leaves
//! a lifetime out, the pool has to name it, and so has the result that borrows from it.

use proc_macro2::Span;
use syn::visit_mut::{self, VisitMut};
use syn::{
    AngleBracketedGenericArguments, GenericArgument, Lifetime, ReturnType, Type, TypeReference,
};

use super::Function;

/// What the elided lifetimes of a result stand for.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Borrows {
    /// It has none.
    Nothing,
    /// The item's elided lifetime.
    Item,
    /// The elided lifetime of this shared parameter.
    Shared(usize),
    /// The elided lifetime of `&self`.
    This,
    /// A lifetime that the function names.
    Named(Lifetime),
    /// The item's, or that of something else.
    ItemOrOther(Other),
    /// Several references, the item not among them.
    Several,
    /// There is nothing that could be borrowed from.
    NoSource,
}

/// What else than the item the result may borrow from.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Other {
    This,
    Shared(usize),
    /// Another lifetime inside the item's own type.
    Item,
}

impl Function {
    /// What the elided lifetimes of the result stand for.
    pub(crate) fn borrows(&self) -> Borrows {
        let ReturnType::Type(_, result) = &self.signature.output else {
            return Borrows::Nothing;
        };
        if elided(result).is_empty() {
            return Borrows::Nothing;
        }
        let item = self.item.as_ref().map_or(Vec::new(), |item| {
            // However many the item leaves out, they become one.
            let mut sources = named(&item.ty);
            if !elided(&item.ty).is_empty() {
                sources.push(Borrows::Item);
            }
            sources
        });
        if let Some(this) = self.receiver_borrows() {
            return if item.is_empty() {
                this
            } else {
                Borrows::ItemOrOther(Other::This)
            };
        }
        let mut sources = item.clone();
        for (k, shared) in self.shared.iter().enumerate() {
            sources.extend(named(&shared.ty));
            sources.extend(elided(&shared.ty).iter().map(|_| Borrows::Shared(k)));
        }
        let repeated = sources.clone();
        let distinct = |k: usize, source: &Borrows| {
            !matches!(source, Borrows::Named(_)) || !repeated[..k].contains(source)
        };
        let sources: Vec<Borrows> = sources
            .into_iter()
            .enumerate()
            .filter(|(k, source)| distinct(*k, source))
            .map(|(_, source)| source)
            .collect();
        match sources.as_slice() {
            [] => Borrows::NoSource,
            [one] => one.clone(),
            [_, others @ ..] if !item.is_empty() => {
                let other = others.iter().find_map(|source| match source {
                    Borrows::Shared(k) => Some(Other::Shared(*k)),
                    _ => None,
                });
                Borrows::ItemOrOther(other.unwrap_or(Other::Item))
            }
            _ => Borrows::Several,
        }
    }

    fn receiver_borrows(&self) -> Option<Borrows> {
        let ty = crate::model::function::receiver_type(self.receiver.as_ref()?);
        let Type::Reference(reference) = ty else {
            return None;
        };
        Some(match reference.lifetime {
            Some(lifetime) if lifetime.ident != "_" => Borrows::Named(lifetime),
            _ => Borrows::This,
        })
    }
}

/// Where `ty` leaves a lifetime out.
pub(crate) fn elided(ty: &Type) -> Vec<Span> {
    let mut walk = Walk::default();
    walk.visit_type_mut(&mut ty.clone());
    walk.elided
}

/// `ty` with each elided lifetime written as `lifetime`.
pub(crate) fn name_elided(ty: &Type, lifetime: &Lifetime) -> Type {
    name_each_elided(ty, &mut || lifetime.clone())
}

/// `ty` with the elided lifetimes written as what `name` returns, each another. Those in one list of arguments, as in
/// `Table<'_, '_>`, are one: which of them has to outlive which is said where the type is declared, out of our sight.
pub(crate) fn name_each_elided(ty: &Type, name: &mut dyn FnMut() -> Lifetime) -> Type {
    let mut ty = ty.clone();
    let mut walk = Walk {
        fill: Some(name),
        ..Walk::default()
    };
    walk.visit_type_mut(&mut ty);
    ty
}

/// The lifetimes that `ty` names, `'static` aside.
fn named(ty: &Type) -> Vec<Borrows> {
    let mut walk = Walk::default();
    walk.visit_type_mut(&mut ty.clone());
    walk.named.into_iter().map(Borrows::Named).collect()
}

/// Finds and fills lifetimes. The ones inside `fn(&T)` and `Fn(&T)` are bound there and left alone.
#[derive(Default)]
struct Walk<'a> {
    fill: Option<&'a mut dyn FnMut() -> Lifetime>,
    elided: Vec<Span>,
    named: Vec<Lifetime>,
}

impl VisitMut for Walk<'_> {
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        if reference.lifetime.is_none() {
            self.elided.push(reference.and_token.span);
            reference.lifetime = self.fill.as_mut().map(|name| name());
            visit_mut::visit_type_mut(self, &mut reference.elem);
        } else {
            visit_mut::visit_type_reference_mut(self, reference);
        }
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident == "_" {
            self.elided.push(lifetime.span());
            if let Some(name) = &mut self.fill {
                *lifetime = name();
            }
        } else if lifetime.ident != "static" && !self.named.contains(lifetime) {
            self.named.push(lifetime.clone());
        }
    }

    fn visit_angle_bracketed_generic_arguments_mut(
        &mut self,
        list: &mut AngleBracketedGenericArguments,
    ) {
        let mut of_list: Option<Lifetime> = None;
        for argument in &mut list.args {
            match (argument, &mut self.fill) {
                (GenericArgument::Lifetime(lifetime), Some(name)) if lifetime.ident == "_" => {
                    *lifetime = of_list.get_or_insert_with(name).clone();
                }
                _ => {}
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
