//! Who takes a `#[shared]` argument, and how.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident};
use syn::{Attribute, Type};

use super::keep::Kept;
use super::{attributes, keep};
use crate::model::Function;
use crate::model::function::{Parameter, bound_names};
use crate::model::mentions::{Mention, mention};

/// A `#[shared]` parameter.
#[derive(Clone)]
pub(crate) struct Shared {
    /// The argument of the pool function.
    pub(crate) argument: Ident,
    pub(crate) parameter: Parameter,
    /// The attributes of the variable that has been checked to be shareable. What a lint is expected of is the last variable
    /// of that name.
    pub(crate) check_attributes: Vec<Attribute>,
    /// Not a plain reference: whoever uses it has to own it.
    pub(crate) owned: bool,
    /// Whether it is an argument of a rejected function, which is handed on to nobody.
    pub(crate) is_idle: bool,
    /// Whether the body may use it.
    pub(crate) in_body: bool,
    /// Whether the beginning of a worker's state uses it.
    pub(crate) in_begin: bool,
    /// What the body's closure has to name, so that all of the argument lives as long as the run.
    pub(crate) kept_by_body: Vec<Kept>,
    /// The same for the closure that begins a worker's state.
    pub(crate) kept_by_begin: Vec<Kept>,
}

impl Shared {
    /// Whether the function that returns the body takes it. One that nobody uses goes there too, so that the compiler
    /// says that it is unused.
    pub(crate) fn goes_to_body(&self) -> bool {
        !self.is_idle && (self.in_body || !self.in_begin)
    }
}

/// Plans `parameters`, which are those of `function`, lifetimes named.
pub(super) fn plan(function: &Function, parameters: &[Parameter]) -> Vec<Shared> {
    let begins: TokenStream = function
        .locals
        .iter()
        .map(|local| local.begins.to_token_stream())
        .collect();
    let body = function.body.stream();
    let several = parameters.len() > 1;
    let mut fresh = 0;
    let plan_one = |(k, parameter): (usize, &Parameter)| {
        let keep = keep::keep(parameter, &body, &begins, &mut fresh);
        let names = bound_names(&parameter.pattern);
        let used_in = |tokens: &TokenStream| {
            names
                .iter()
                .any(|name| mention(tokens, &name.to_string()) != Mention::No)
        };
        let argument = match parameter.name() {
            Some(name) if name.to_string().starts_with('_') => keep::ours(name),
            Some(name) => name.clone(),
            None if several => format_ident!("shared_{k}", span = Span::mixed_site()),
            None => Ident::new("shared", Span::mixed_site()),
        };
        let as_written = parameter.attributes.clone();
        let quiet: Vec<Attribute> = as_written.iter().map(attributes::quiet).collect();
        let named_last = keep.by_body.iter().any(|kept| kept.unused.is_some());
        let is_checked = parameter.plain_name().is_some();
        Shared {
            argument,
            parameter: Parameter {
                pattern: keep.pattern,
                ty: parameter.ty.clone(),
                attributes: if named_last || is_checked {
                    quiet.clone()
                } else {
                    as_written.clone()
                },
            },
            check_attributes: if named_last { quiet } else { as_written },
            owned: !matches!(&parameter.ty, Type::Reference(_)),
            is_idle: false,
            in_body: used_in(&body),
            in_begin: used_in(&begins),
            kept_by_body: keep.by_body,
            kept_by_begin: keep.by_begin,
        }
    };
    parameters.iter().enumerate().map(plan_one).collect()
}
