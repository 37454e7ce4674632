//! A `static mut` is one variable for all workers, with nothing between them.

use syn::{Expr, Ident, Item, PointerMutability, StaticMutability};

use super::scene::Scene;
use super::seen::Seen;
use crate::diagnostics::{Diagnostic, Problem};

/// One that the body declares.
pub(super) fn look_at_item(item: &Item, seen: &mut Seen) {
    let Item::Static(item) = item else {
        return;
    };
    if let StaticMutability::Mut(token) = &item.mutability {
        let found = Diagnostic::at(Problem::StaticMut, token);
        seen.push(found.with("name", item.ident.to_string()));
    }
}

/// One from outside, as far as it shows: what is written to inside `unsafe`, and is spelt as a static.
pub(super) fn look(scene: &Scene<'_>, expr: &Expr, seen: &mut Seen) {
    if scene.unsafes == 0 {
        return;
    }
    let written = match expr {
        Expr::Assign(assign) => &assign.left,
        Expr::Binary(binary) if is_assignment(&binary.op) => &binary.left,
        Expr::Reference(reference) if reference.mutability.is_some() => &reference.expr,
        Expr::RawAddr(address) if matches!(address.mutability, PointerMutability::Mut(_)) => {
            &address.expr
        }
        _ => return,
    };
    match written_static(scene, written) {
        Some(name) if !seen.statics.contains(name) => {
            let found = Diagnostic::at(Problem::StaticWritten, name);
            seen.push(found.with("name", name.to_string()));
            seen.statics.push(name.clone());
        }
        _ => {}
    }
}

/// The static that `place` is, or is a part of.
fn written_static<'e>(scene: &Scene<'_>, place: &'e Expr) -> Option<&'e Ident> {
    match place {
        Expr::Path(path) => {
            let name = &path.path.segments.last()?.ident;
            let own = path
                .path
                .get_ident()
                .is_some_and(|name| scene.names.knows(name));
            (!own && is_screaming(&name.to_string())).then_some(name)
        }
        Expr::Field(field) => written_static(scene, &field.base),
        Expr::Index(index) => written_static(scene, &index.expr),
        Expr::Paren(inner) => written_static(scene, &inner.expr),
        Expr::Group(inner) => written_static(scene, &inner.expr),
        _ => None,
    }
}

fn is_screaming(name: &str) -> bool {
    name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
}

/// `+=` and its like.
fn is_assignment(op: &syn::BinOp) -> bool {
    use syn::BinOp as Op;
    matches!(
        op,
        Op::AddAssign(_)
            | Op::SubAssign(_)
            | Op::MulAssign(_)
            | Op::DivAssign(_)
            | Op::RemAssign(_)
            | Op::BitXorAssign(_)
            | Op::BitAndAssign(_)
            | Op::BitOrAssign(_)
            | Op::ShlAssign(_)
            | Op::ShrAssign(_)
    )
}
