//! [`OrderFree`]: collections that an unordered run may be collected into.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet};

/// A collection whose contents do not depend on the order in which they arrive.
///
/// An unordered run collects into these alone, so that nobody takes completion order for input order. Implement it for a
/// collection of your own if that is true of it.
#[diagnostic::on_unimplemented(
    message = "FO404: this run is unordered, and `{Self}` keeps the order in which results arrive",
    label = "the order of the results would differ from run to run",
    note = "add `ordered` to the attribute (`.ordered()` to the builder) to have results in input order",
    note = "or say that any order will do: `.collect_unordered()`, `.collect_unordered_into::<C>()`",
    note = "FO404 is explained in `fanout::guide::fo404`"
)]
pub trait OrderFree {
    /// `Result` and `Option` keep the first failure they are given, so they are given the results in input order.
    #[doc(hidden)]
    const KEEPS_FIRST_FAILURE: bool = false;
}

impl OrderFree for () {}
impl<T, S> OrderFree for HashSet<T, S> {}
impl<K, V, S> OrderFree for HashMap<K, V, S> {}
impl<T> OrderFree for BTreeSet<T> {}
impl<K, V> OrderFree for BTreeMap<K, V> {}
impl<T> OrderFree for BinaryHeap<T> {}
impl<C: OrderFree, E> OrderFree for Result<C, E> {
    const KEEPS_FIRST_FAILURE: bool = true;
}
impl<C: OrderFree> OrderFree for Option<C> {
    const KEEPS_FIRST_FAILURE: bool = true;
}
