//! What a parameter was probably meant to be, whose role is missing or misspelt: its callers are told nothing more.

use syn::Type;

use crate::model::feed::is_feed;
use crate::model::{Parameter, Unclear};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meant {
    Shared,
    Local,
    Context,
    Feed,
}

impl Meant {
    /// By the name of a role that there is.
    pub(super) fn by_role(name: &str) -> Self {
        match name {
            "local" => Self::Local,
            "ctx" => Self::Context,
            "feed" => Self::Feed,
            _ => Self::Shared,
        }
    }

    pub(super) fn by_type(ty: &Type) -> Self {
        match ty {
            _ if is_feed(ty) => Self::Feed,
            Type::Reference(reference) if reference.mutability.is_some() => Self::Local,
            _ if is_context(ty) => Self::Context,
            _ => Self::Shared,
        }
    }

    /// Adds `parameter` where it belongs. What is meant as a context or a feed and is none is no argument of a
    /// call either.
    pub(super) fn add(self, parameter: Parameter, unclear: &mut Unclear) {
        match self {
            Self::Shared => unclear.shared.push(parameter),
            Self::Local => unclear.locals.push(parameter),
            Self::Context if is_context(&parameter.ty) => unclear.contexts.push(parameter),
            Self::Feed if is_feed(&parameter.ty) => unclear.feeds.push(parameter),
            Self::Context | Self::Feed => {}
        }
    }
}

/// `&Context`, under whatever path.
fn is_context(ty: &Type) -> bool {
    let Type::Reference(reference) = ty else {
        return false;
    };
    match &*reference.elem {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "Context"),
        _ => false,
    }
}
