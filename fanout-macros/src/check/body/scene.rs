//! What can be said about an expression at its place in a body.

use proc_macro2::Ident;
use syn::{Expr, Path, UnOp};

use super::functions::{Does, what_does};
use super::names::Names;
use super::things::{self, Thing};
use crate::model::Function;

/// A place in a body: what names mean there, and what stands around it.
pub(super) struct Scene<'a> {
    pub(super) names: Names,
    /// The context, if the function has one under a name.
    pub(super) context: Option<&'a Ident>,
    /// How many `unsafe` blocks are around it.
    pub(super) unsafes: usize,
}

impl<'a> Scene<'a> {
    /// The place before a body: there are only parameters.
    pub(super) fn before(function: &'a Function) -> Self {
        let mut names = Names::default();
        names.enter();
        for input in &function.signature.inputs {
            if let syn::FnArg::Typed(typed) = input {
                names.bind(&typed.pat);
            }
        }
        for (name, thing) in things::of_parameters(function) {
            names.bind_thing(name, thing);
        }
        Self {
            names,
            context: function.contexts.first().and_then(|context| context.name()),
            unsafes: 0,
        }
    }

    /// What `expr` is, if rules are about it.
    pub(super) fn thing(&self, expr: &Expr) -> Option<Thing> {
        match expr {
            Expr::Path(path) => self.names.thing(path.path.get_ident()?),
            Expr::Reference(inner) => self.thing(&inner.expr),
            Expr::Paren(inner) => self.thing(&inner.expr),
            Expr::Group(inner) => self.thing(&inner.expr),
            Expr::Try(inner) => self.thing(&inner.expr),
            Expr::Unary(inner) if matches!(inner.op, UnOp::Deref(_)) => self.thing(&inner.expr),
            Expr::Call(call) => match self.called(&call.func)? {
                Does::GivesBuilder => Some(Thing::Builder),
                Does::GivesRuntime => Some(Thing::Runtime),
                _ => None,
            },
            Expr::MethodCall(call) => self.thing(&call.receiver)?.after(&call.method.to_string()),
            _ => None,
        }
    }

    /// What calling `expr` does, if it is the path of a function that rules are about.
    pub(super) fn called(&self, expr: &Expr) -> Option<Does> {
        match expr {
            Expr::Path(path) if path.qself.is_none() => self.does(&path.path),
            Expr::Paren(inner) => self.called(&inner.expr),
            _ => None,
        }
    }

    /// What the function at `path` does.
    pub(super) fn does(&self, path: &Path) -> Option<Does> {
        what_does(&self.names.called(path)?)
    }
}
