//! What the callers of a rejected function were written for, where nobody can tell. Whatever they make of it, they are told
//! nothing more: to the compiler a type with an error of ours in it may be any type.

use proc_macro2::TokenStream;
use syn::{Type, parse_quote};

use super::Placement;
use crate::diagnostics::{Diagnostic, Problem};
use crate::model::{Function, Model};

/// What is not known of the pool function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// What a call of it gives.
    Run,
    /// How many arguments it takes, too.
    Call,
}

/// What is not known of the function of `model`, which is rejected for `errors`.
pub(super) fn doubt(model: &Model, errors: &[Diagnostic]) -> Option<Doubt> {
    let function = &model.function;
    let has = |problem| errors.iter().any(|error| error.problem == problem);
    if function.unclear.guessed || has(Problem::NoItem) || has(Problem::RoleWithArguments) {
        // What is called with any number of arguments is no function, and has no generics.
        let plain = function.signature.generics.params.is_empty();
        return Some(if plain { Doubt::Call } else { Doubt::Run });
    }
    let any_run = model.options.lost
        || [
            Problem::OrderedNothing,
            Problem::OrderedWithoutType,
            Problem::CancelWithoutResult,
            Problem::ImplResult,
            // In its callers `unsafe` and `mut` are what they are for the function as it was written.
            Problem::Unsafe,
            Problem::SelfByMut,
            Problem::SelfByValue,
        ]
        .into_iter()
        .any(has);
    any_run.then_some(Doubt::Run)
}

impl Doubt {
    /// What of it can be left open at `placement`: a method is a function.
    pub(super) fn at(self, placement: &Placement) -> Self {
        match placement {
            Placement::Inside => self,
            Placement::Beside(_) => Self::Run,
        }
    }
}

/// A type that is any type to the compiler, once it has said the `error`.
pub(crate) fn any_type(error: &TokenStream) -> Type {
    parse_quote!([(); #error])
}

/// How many arguments of the pool function may be of any type.
pub(super) fn count_arguments(function: &Function) -> usize {
    let shared = function.shared.iter().chain(&function.unclear.shared);
    let by_mut = shared.filter(|shared| is_by_mut(&shared.ty)).count();
    if is_generic(function) {
        by_mut
    } else {
        by_mut + function.unclear.unmarked.len()
    }
}

/// Whether the function has type parameters: nobody would know what one is that no argument says.
pub(super) fn is_generic(function: &Function) -> bool {
    function.signature.generics.type_params().next().is_some()
}

pub(super) fn is_by_mut(ty: &Type) -> bool {
    matches!(ty, Type::Reference(reference) if reference.mutability.is_some())
}

/// The type of an argument that may be of any type: where one of the `errors` is left to be said, of any to the compiler.
pub(super) fn any_argument(errors: &mut Vec<TokenStream>) -> Type {
    match errors.pop() {
        Some(error) => any_type(&error),
        None => parse_quote!(impl ::core::marker::Sized),
    }
}
