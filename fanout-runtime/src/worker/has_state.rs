//! [`HasState`]: work with a state of each worker.

use super::feeding::{MapJointFeed, MapLocalFeed, MapTryLocalFeed};
use super::indexed_work::IndexedWork;
use super::work::{MapJoint, MapLocal, MapTryLocal, Merging};

/// Work whose workers have a state of their own (`#[local(..)]`, or `local` of the builder).
#[diagnostic::on_unimplemented(
    message = "FO411: the workers of this run have no state, so there is none to return or to merge",
    label = "a run without `#[local(..)]`",
    note = "add a parameter `#[local(initial value)] state: &mut State` to the item function (`.local(..)` to the builder), or call `.run()` or `.collect()`",
    note = "FO411 is explained in `fanout::guide::fo411`"
)]
pub trait HasState {}

#[diagnostic::do_not_recommend]
impl<I, F> HasState for MapLocal<I, F> {}
#[diagnostic::do_not_recommend]
impl<I, F> HasState for MapTryLocal<I, F> {}
#[diagnostic::do_not_recommend]
impl<F, L, Out> HasState for MapJoint<F, L, Out> {}
#[diagnostic::do_not_recommend]
impl<I, F, Item> HasState for MapLocalFeed<I, F, Item> {}
#[diagnostic::do_not_recommend]
impl<I, F, Item> HasState for MapTryLocalFeed<I, F, Item> {}
#[diagnostic::do_not_recommend]
impl<F, L, Out, Item> HasState for MapJointFeed<F, L, Out, Item> {}
#[diagnostic::do_not_recommend]
impl<W: HasState, M> HasState for Merging<W, M> {}
#[diagnostic::do_not_recommend]
impl<W: HasState, E> HasState for IndexedWork<W, E> {}
