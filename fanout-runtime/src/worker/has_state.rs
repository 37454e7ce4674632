//! [`HasState`]: work with a state of each worker; and [`Stateful`], the one place where terminals ask for it.

use super::feeding::{MapJointFeed, MapLocalFeed, MapTryLocalFeed};
use super::indexed_work::IndexedWork;
use super::work::{MapJoint, MapLocal, MapTryLocal, Merging};
use crate::no_type::NoType;

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

/// What a terminal that takes the workers' states away asks for.
///
/// It is there for all work that [`HasState`], and has the same words for other work. `M` is inferred.
#[diagnostic::on_unimplemented(
    message = "FO411: the workers of this run have no state, so there is none to return or to merge",
    label = "a run without `#[local(..)]`",
    note = "add a parameter `#[local(initial value)] state: &mut State` to the item function (`.local(..)` to the builder), or call `.run()` or `.collect()`",
    note = "FO411 is explained in `fanout::guide::fo411`"
)]
pub trait Stateful<M> {
    /// `T`, where there is a state.
    ///
    /// Where there is none this is no type, and the compiler has no more to say about what is made of it: that nothing merges
    /// two `()`, or that results would be lost.
    #[doc(hidden)]
    type Given<T>;
    #[doc(hidden)]
    fn give<T>(value: T) -> Self::Given<T>;
    #[doc(hidden)]
    fn show<T>(value: &T) -> &Self::Given<T>;
    #[doc(hidden)]
    fn take<T>(given: Self::Given<T>) -> T;
}

/// Marks work with a state.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum StateIsThere {}

/// Marks nothing. With one implementation alone the compiler would commit to it, and complain about its bounds.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum NeverThere {}

/// The same for both markers.
macro_rules! itself {
    () => {
        type Given<T> = T;
        #[inline]
        fn give<T>(value: T) -> T {
            value
        }
        #[inline]
        fn show<T>(value: &T) -> &T {
            value
        }
        #[inline]
        fn take<T>(given: T) -> T {
            given
        }
    };
}

#[diagnostic::do_not_recommend]
impl<W: HasState> Stateful<StateIsThere> for W {
    itself!();
}

#[diagnostic::do_not_recommend]
impl<W: NoType> Stateful<NeverThere> for W {
    itself!();
}
