//! Which of the function's generics, and of the bounds on them, each emitted function has.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit_mut::VisitMut;
use syn::{
    GenericParam, Generics, Ident, Lifetime, LifetimeParam, Type, TypeParamBound, WhereClause,
    WherePredicate, parse_quote,
};

use super::outlives;
use crate::model::mentions::mentions_lifetime;

/// The generics of the function, and what its argument types imply.
pub(crate) struct PlannedGenerics {
    /// The user's, and the lifetimes that got a name.
    written: Generics,
    implied: Vec<WherePredicate>,
}

impl PlannedGenerics {
    pub(super) fn new(
        written: Generics,
        in_impl: bool,
        types: impl IntoIterator<Item = Type>,
    ) -> Self {
        Self {
            implied: outlives::implied(&written, in_impl, types),
            written,
        }
    }

    /// All of them, for the pool function.
    pub(crate) fn whole(&self) -> Generics {
        let mut generics = self.written.clone();
        add_to(&mut generics, &self.implied);
        generics
    }

    /// For a function whose tokens are `used`: without lifetimes that it does not use. They would be linted; and where nothing
    /// says what they are, `T: 'a` would want a `T` that lives for ever.
    pub(crate) fn used_in(&self, used: &[&TokenStream]) -> Generics {
        let unused: Vec<Lifetime> = self
            .written
            .lifetimes()
            .filter(|parameter| !self.uses(used, parameter))
            .map(|parameter| parameter.lifetime.clone())
            .collect();
        let mut generics = self.written.clone();
        let bounds = self.implied.iter();
        let bounds = bounds.filter(|bound| !unused.iter().any(|lifetime| names(bound, lifetime)));
        add_to(&mut generics, &bounds.cloned().collect::<Vec<_>>());
        remove(&mut generics, &unused);
        generics
    }

    fn uses(&self, used: &[&TokenStream], parameter: &LifetimeParam) -> bool {
        let lifetime = &parameter.lifetime;
        let params = self.written.params.iter();
        let clause = self.written.where_clause.iter();
        used.iter().any(|tokens| names(tokens, lifetime))
            || params
                .filter_map(|parameter| match parameter {
                    GenericParam::Type(parameter) => Some(&parameter.bounds),
                    _ => None,
                })
                .flatten()
                .any(|bound| is_trait(bound) && names(bound, lifetime))
            || clause
                .flat_map(|clause| &clause.predicates)
                .any(|predicate| match predicate {
                    WherePredicate::Type(predicate) => {
                        names(&predicate.bounded_ty, lifetime)
                            || predicate
                                .bounds
                                .iter()
                                .any(|bound| is_trait(bound) && names(bound, lifetime))
                    }
                    _ => false,
                })
    }

    /// `::<T, N>`: what a call hands on. Lifetimes are inferred.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = &Ident> {
        self.written
            .params
            .iter()
            .filter_map(|parameter| match parameter {
                GenericParam::Type(parameter) => Some(&parameter.ident),
                GenericParam::Const(parameter) => Some(&parameter.ident),
                GenericParam::Lifetime(_) => None,
            })
    }
}

fn is_trait(bound: &TypeParamBound) -> bool {
    !matches!(bound, TypeParamBound::Lifetime(_))
}

fn names(tokens: &impl ToTokens, lifetime: &Lifetime) -> bool {
    mentions_lifetime(&tokens.to_token_stream(), &lifetime.ident.to_string())
}

/// Whether `a` and `b` are written alike.
pub(super) fn same(a: &impl ToTokens, b: &impl ToTokens) -> bool {
    a.to_token_stream().to_string() == b.to_token_stream().to_string()
}

/// Takes `lifetimes` out of the parameters and out of the bounds that are nothing but a lifetime.
fn remove(generics: &mut Generics, lifetimes: &[Lifetime]) {
    let gone = |lifetime: &Lifetime| lifetimes.contains(lifetime);
    let params = core::mem::take(&mut generics.params);
    generics.params = params
        .into_iter()
        .filter(|parameter| !matches!(parameter, GenericParam::Lifetime(parameter) if gone(&parameter.lifetime)))
        .collect();
    Bounds(&gone).visit_generics_mut(generics);
    let Some(clause) = generics.where_clause.take() else {
        return;
    };
    let predicates = clause.predicates.into_iter();
    let kept = predicates.filter(|predicate| match predicate {
        WherePredicate::Type(predicate) => !predicate.bounds.is_empty(),
        WherePredicate::Lifetime(predicate) => {
            !predicate.bounds.is_empty() && !gone(&predicate.lifetime)
        }
        _ => true,
    });
    generics.where_clause = Some(WhereClause {
        where_token: clause.where_token,
        predicates: kept.collect(),
    });
}

/// Takes lifetimes out of lists of bounds.
struct Bounds<'a>(&'a dyn Fn(&Lifetime) -> bool);

impl VisitMut for Bounds<'_> {
    fn visit_lifetime_param_mut(&mut self, parameter: &mut LifetimeParam) {
        let bounds = core::mem::take(&mut parameter.bounds);
        parameter.bounds = bounds.into_iter().filter(|bound| !self.0(bound)).collect();
    }
    fn visit_predicate_lifetime_mut(&mut self, predicate: &mut syn::PredicateLifetime) {
        let bounds = core::mem::take(&mut predicate.bounds);
        predicate.bounds = bounds.into_iter().filter(|bound| !self.0(bound)).collect();
    }
    fn visit_type_param_mut(&mut self, parameter: &mut syn::TypeParam) {
        let bounds = core::mem::take(&mut parameter.bounds);
        parameter.bounds = bounds
            .into_iter()
            .filter(|bound| self.keeps(bound))
            .collect();
    }
    fn visit_predicate_type_mut(&mut self, predicate: &mut syn::PredicateType) {
        let bounds = core::mem::take(&mut predicate.bounds);
        predicate.bounds = bounds
            .into_iter()
            .filter(|bound| self.keeps(bound))
            .collect();
    }
}

impl Bounds<'_> {
    fn keeps(&self, bound: &TypeParamBound) -> bool {
        !matches!(bound, TypeParamBound::Lifetime(lifetime) if self.0(lifetime))
    }
}

/// Adds `bounds` where the parameter's bounds already are; one parameter's bounds in two places are a lint.
fn add_to(generics: &mut Generics, bounds: &[WherePredicate]) {
    for bound in bounds {
        match bound {
            WherePredicate::Type(bound) => {
                for shorter in &bound.bounds {
                    add_to_type(generics, &bound.bounded_ty, shorter);
                }
            }
            WherePredicate::Lifetime(bound) => {
                for shorter in &bound.bounds {
                    add_to_lifetime(generics, &bound.lifetime, shorter);
                }
            }
            _ => {}
        }
    }
}

fn add_to_type(generics: &mut Generics, ty: &Type, shorter: &TypeParamBound) {
    let own = generics
        .params
        .iter_mut()
        .find_map(|parameter| match parameter {
            GenericParam::Type(parameter) if same(&parameter.ident, ty) => {
                Some(&mut parameter.bounds)
            }
            _ => None,
        });
    let in_clause = generics
        .where_clause
        .as_mut()
        .into_iter()
        .flat_map(|clause| &mut clause.predicates)
        .find_map(|predicate| match predicate {
            WherePredicate::Type(predicate) if same(&predicate.bounded_ty, ty) => {
                Some(&mut predicate.bounds)
            }
            _ => None,
        });
    match own.filter(|bounds| !bounds.is_empty()).or(in_clause) {
        Some(bounds) if bounds.iter().any(|known| same(known, shorter)) => {}
        Some(bounds) => bounds.push(shorter.clone()),
        None => {
            let clause = generics.make_where_clause();
            clause.predicates.push(parse_quote!(#ty: #shorter));
        }
    }
}

fn add_to_lifetime(generics: &mut Generics, longer: &Lifetime, shorter: &Lifetime) {
    let own = generics.lifetimes_mut().find(|own| own.lifetime == *longer);
    match own {
        Some(parameter) if parameter.bounds.iter().any(|known| known == shorter) => {}
        Some(parameter) => parameter.bounds.push(shorter.clone()),
        None => {
            let clause = generics.make_where_clause();
            clause.predicates.push(parse_quote!(#longer: #shorter));
        }
    }
}
