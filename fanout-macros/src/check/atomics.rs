//! Atomics that share a cache line. Each write takes the line from whoever wrote last, so that workers which count apart from
//! each other are slower than one alone.

use syn::Type;

use super::types::{elements, is_one_of, layers};
use crate::diagnostics::{Diagnostic, Diagnostics, Problem};
use crate::model::Function;
use crate::model::function::shown;

const ATOMICS: [&str; 14] = [
    "AtomicBool",
    "AtomicI8",
    "AtomicI16",
    "AtomicI32",
    "AtomicI64",
    "AtomicI128",
    "AtomicIsize",
    "AtomicU8",
    "AtomicU16",
    "AtomicU32",
    "AtomicU64",
    "AtomicU128",
    "AtomicUsize",
    "AtomicPtr",
];
const WRAPPERS: [&str; 4] = ["Arc", "Box", "Rc", "Option"];
const LISTS: [&str; 3] = ["Vec", "VecDeque", "SmallVec"];

/// An array, slice, `Vec` or tuple of atomics, or two atomics, shared by the workers.
pub(super) fn check_atomics(function: &Function, diagnostics: &mut Diagnostics) {
    let mut first: Option<String> = None;
    for shared in &function.shared {
        let layers = layers(&shared.ty, &WRAPPERS);
        if let Some(several) = layers.iter().find(|layer| holds_several(layer)) {
            let found = Diagnostic::at(Problem::AtomicsInRow, several)
                .with("parameter", shared.shown())
                .with("found", shown(several));
            diagnostics.push(found);
            continue;
        }
        let Some(atomic) = layers.into_iter().find(|layer| is_one_of(layer, &ATOMICS)) else {
            continue;
        };
        if let Some(first) = &first {
            let found = Diagnostic::at(Problem::AtomicsBeside, atomic)
                .with("parameter", shared.shown())
                .with("other", first);
            diagnostics.push(found);
            return;
        }
        first = Some(shared.shown());
    }
}

fn holds_several(ty: &Type) -> bool {
    match ty {
        Type::Tuple(tuple) => {
            let atomics = tuple.elems.iter().filter(|part| is_one_of(part, &ATOMICS));
            atomics.count() > 1
        }
        _ => elements(ty, &LISTS).is_some_and(|element| is_one_of(element, &ATOMICS)),
    }
}
