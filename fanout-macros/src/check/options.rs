//! Options that do not go together, or with this function.

use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Block, Expr, Ident, ReturnType, Stmt, Type};

use super::types::is_one_of;
use super::variables::first_mention;
use crate::diagnostics::{Diagnostic, Diagnostics, Problem};
use crate::model::function::{bound_names, shown};
use crate::model::{Function, Model};
use crate::options::Opt;

/// What excludes each other.
pub(super) fn check_conflicts(model: &Model, diagnostics: &mut Diagnostics) {
    for local in &model.function.locals {
        match &local.fallible {
            Some(token) if !model.options.meant(Opt::CancelOnError) => {
                diagnostics.push(Diagnostic::at(Problem::TryWithoutCancel, token));
            }
            _ => {}
        }
    }
    check_order(model, diagnostics);
}

/// What is pushed has no place in an order of the input's.
fn check_order(model: &Model, diagnostics: &mut Diagnostics) {
    for (option, problem) in [
        (Opt::Ordered, Problem::OrderedFeed),
        (Opt::ShardBy, Problem::ShardedFeed),
    ] {
        if let (Some(written), false) = (model.options.get(option), model.function.feeds.is_empty())
        {
            diagnostics.push(Diagnostic::at(problem, &written.key));
        }
    }
}

/// What would do nothing.
pub(super) fn check_effects(model: &Model, diagnostics: &mut Diagnostics) {
    // It is parsed for this alone.
    let lacks_type = model.options.meant(Opt::Ordered) && lacks_type(&model.function);
    let without: [(Opt, bool, Problem); 4] = [
        (
            Opt::ItemTimeout,
            model.function.contexts.is_empty() && model.function.unclear.contexts.is_empty(),
            Problem::ItemTimeoutUnseen,
        ),
        (
            Opt::Ordered,
            model.function.returns_nothing() && model.function.feeds.is_empty(),
            if lacks_type {
                Problem::OrderedWithoutType
            } else {
                Problem::OrderedNothing
            },
        ),
        (
            Opt::Merge,
            model.function.locals.is_empty() && model.function.unclear.locals.is_empty(),
            Problem::MergeNothing,
        ),
        (
            Opt::Pinned,
            !model.options.meant(Opt::ShardBy),
            Problem::PinnedNothing,
        ),
    ];
    for (option, idle, problem) in without {
        if let (Some(written), true) = (model.options.get(option), idle) {
            let name = model.function.signature.ident.to_string();
            diagnostics.push(Diagnostic::at(problem, &written.key).with("function", name));
        }
    }
}

/// Whether the body ends in a value, and the signature does not say of what type.
fn lacks_type(function: &Function) -> bool {
    let written = matches!(function.signature.output, ReturnType::Type(..));
    let Ok(body) = syn::parse2::<Block>(function.body.to_token_stream()) else {
        return false;
    };
    let ends_in_value = match body.stmts.last() {
        // Blocks, loops and assignments may well end a function that returns nothing.
        Some(Stmt::Expr(last, None)) => !matches!(
            last,
            Expr::If(_)
                | Expr::Match(_)
                | Expr::Block(_)
                | Expr::Unsafe(_)
                | Expr::Loop(_)
                | Expr::While(_)
                | Expr::ForLoop(_)
                | Expr::Assign(_)
                | Expr::Return(_)
        ),
        _ => false,
    };
    !written && ends_in_value
}

/// An error that ends the run has to be one that the function can return.
pub(super) fn check_cancels(model: &Model, diagnostics: &mut Diagnostics) {
    let (Some(written), true) = (
        model.options.get(Opt::CancelOnError),
        cannot_fail(&model.function),
    ) else {
        return;
    };
    let found = match &model.function.signature.output {
        ReturnType::Default => {
            Diagnostic::at(Problem::CancelWithoutResult, &written.key).with("found", "nothing")
        }
        ReturnType::Type(_, ty) => Diagnostic::at(Problem::CancelWithoutResult, ty)
            .with("found", format!("`{}`", shown(ty))),
    };
    diagnostics.push(found);
}

/// Whether the function returns no `Result` for certain. Any other name may be one: `Answer`, `io::Result<T>`.
pub(crate) fn cannot_fail(function: &Function) -> bool {
    match &function.signature.output {
        ReturnType::Default => true,
        ReturnType::Type(_, ty) => is_no_result(ty),
    }
}

/// What nobody calls a `Result` of their own.
const NO_RESULTS: [&str; 28] = [
    "bool", "char", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128",
    "isize", "f32", "f64", "String", "Option", "Vec", "VecDeque", "Box", "HashMap", "HashSet",
    "BTreeMap", "BTreeSet", "PathBuf", "Duration", "Cow",
];

fn is_no_result(ty: &Type) -> bool {
    match ty {
        Type::Tuple(_)
        | Type::Reference(_)
        | Type::Slice(_)
        | Type::Array(_)
        | Type::Ptr(_)
        | Type::FnPtr(_) => true,
        Type::Paren(inner) => is_no_result(&inner.elem),
        Type::Group(inner) => is_no_result(&inner.elem),
        _ => is_one_of(ty, &NO_RESULTS),
    }
}

/// Keys are made of items where there is no variable of the item's name.
pub(super) fn check_key(model: &Model, diagnostics: &mut Diagnostics) {
    let (Some(key), Some(item)) = (model.options.expr(Opt::ShardBy), &model.function.item) else {
        return;
    };
    let Some(name) = item.name().filter(|name| !is_shared(&model.function, name)) else {
        return;
    };
    // By itself it may be a function that is called like the item.
    let is_name = matches!(key, Expr::Path(_));
    if !is_name && first_mention(key, name).is_some() {
        let of_one = Diagnostic::at(Problem::KeyOfOneItem, key)
            .with("item", shown(&item.ty))
            .with("parameter", name.to_string())
            .with("found", shown(key));
        diagnostics.push(of_one);
    }
}

fn is_shared(function: &Function, name: &Ident) -> bool {
    let mut shared = function.shared.iter();
    shared.any(|shared| bound_names(&shared.pattern).contains(name))
}

/// The pool has the function's own name.
pub(super) fn check_item_fn(model: &Model, diagnostics: &mut Diagnostics) {
    let function = model.function.signature.ident.unraw();
    match model.options.item_fn() {
        Some(name) if name.unraw() == function => {
            let taken = Diagnostic::at(Problem::ItemFnTaken, name);
            diagnostics.push(taken.with("function", function.to_string()));
        }
        _ => {}
    }
}
