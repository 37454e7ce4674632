//! What a run can be fed with: [`Input`], one implementation for each kind of source.
//!
//! An input becomes a [`Source`] when the run is built, and the source is opened when a terminal starts it: then the
//! workers [pull](crate::pull) from it.

mod channel;
mod indexed;
mod iterator;
mod local;
mod of;
mod sharded;
mod stage;

pub use channel::ChannelSource;
pub use indexed::IndexedSource;
pub use iterator::IteratorSource;
pub use local::{HereSource, LocalSource};
pub use of::{InputKind, InputOf, NoInput, Of};
pub use sharded::{KeyFn, ShardedSource};
pub use stage::StageSource;

pub(crate) use crate::deliver::items::{Indexed, NotIndexed};
#[cfg(all(test, not(any(fanout_loom, fanout_shuttle))))]
pub(crate) use channel::ChannelPull;
pub(crate) use iterator::IteratorPull;

use crate::no_type::NoType;
use crate::pull::Pull;

/// Marks the inputs that are iterators.
#[derive(Debug, Clone, Copy)]
pub struct ByIterator;
/// Marks the inputs that are claimed by index: vectors, slices, arrays.
#[derive(Debug, Clone, Copy)]
pub struct ByIndex;
/// Marks the inputs that are channels.
#[derive(Debug, Clone, Copy)]
pub struct ByChannel;
/// Marks the inputs that are another fan-out.
#[derive(Debug, Clone, Copy)]
pub struct ByStage;

/// Something a run can take its items from.
///
/// | input | `M` | how workers take from it |
/// | --- | --- | --- |
/// | any `Iterator + Send` | [`ByIterator`] | one worker at a time, a batch at a time |
/// | `Vec`, `Box<[T]>`, array, slice, `&Vec`, `&[T; N]` | [`ByIndex`] | by index |
/// | [`crossbeam_channel::Receiver`] | [`ByChannel`] | waiting for a message ends when the run stops |
/// | another [`FanOut`](crate::FanOut) | [`ByStage`] | its output window is the source |
///
/// The marker `M` is inferred; it is what lets all four kinds be passed as they are.
///
/// The trait is sealed. For an iterator that is not `Send` there is [`over_local`](crate::over_local).
#[diagnostic::on_unimplemented(
    message = "FO401: `{Self}` is not something a fan-out can take its items from",
    label = "not an input",
    note = "an input is an `Iterator + Send` over items that are `Send`, a `Vec`, an array, a slice, a `crossbeam_channel::Receiver` or another fan-out",
    note = "for a collection or a `std::sync::mpsc::Receiver` call `.into_iter()`; for one value write `[value]`; for an iterator that is not `Send` (`stdin().lines()`, or one that holds an `Rc`) call `fanout::over_local(input)`",
    note = "FO401 is explained in `fanout::guide::fo401`"
)]
pub trait Input<M>: sealed::Sealed<M> {
    /// One item.
    type Item;
    /// The source that the run keeps.
    type Source: Source<Item = Self::Item>;
    #[doc(hidden)]
    fn into_source(self) -> Self::Source;
}

/// A source that can go to another thread, as a stream may; made by [`over`](crate::over). Sealed.
///
/// Named in the return type of a function with `#[fan_out]`.
pub trait Source: Open<Here: Send> {}

impl<S: Open<Here: Send>> Source for S {}

/// A source that has not been opened yet. Sealed.
pub trait Open: sealed::SealedSource + Sized {
    /// One item.
    type Item;
    /// What workers share and pull from.
    #[doc(hidden)]
    type Shared: Pull<Item = Self::Item> + Send;
    /// What the calling thread keeps for itself and pulls from.
    #[doc(hidden)]
    type Here: Pull<Item = Self::Item>;
    /// What can be claimed by index.
    #[doc(hidden)]
    type ByIndex: Indexed<Item = Self::Item>;

    #[doc(hidden)]
    fn open(self, link: &crate::stop::StageLink) -> Opened<Self::Shared, Self::Here>;
    /// The source by index, where it has one; else the source as it was.
    #[doc(hidden)]
    fn by_index(self) -> Result<Self::ByIndex, Self> {
        Err(self)
    }
    /// How many items there are, where that is certain or the iterator says so: advice for progress and capacity.
    #[doc(hidden)]
    fn advice(&self) -> Option<u64>;
}

// With this one the marker stays unknown for what is no input: so the source is unknown too, and the compiler has nothing
// more to say about the run.
#[diagnostic::do_not_recommend]
impl<I: NoType + Source> Input<NoInput> for I {
    type Item = I::Item;
    type Source = I;
    fn into_source(self) -> I {
        self
    }
}

/// Who pulls from an opened source.
#[derive(Debug)]
#[doc(hidden)]
pub enum Opened<S, H> {
    /// The workers, one at a time.
    Shared(S),
    /// The calling thread.
    Here(H),
}

mod sealed {
    use super::*;

    pub trait Sealed<M> {}
    impl<I: Iterator + Send> Sealed<ByIterator> for I {}
    impl<I: NoType> Sealed<NoInput> for I {}
    impl<T> Sealed<ByIndex> for Vec<T> {}
    impl<T> Sealed<ByIndex> for Box<[T]> {}
    impl<T, const N: usize> Sealed<ByIndex> for [T; N] {}
    impl<T> Sealed<ByIndex> for &[T] {}
    impl<T> Sealed<ByIndex> for &Vec<T> {}
    impl<T, const N: usize> Sealed<ByIndex> for &[T; N] {}
    impl<T> Sealed<ByChannel> for crossbeam_channel::Receiver<T> {}
    impl<S, W, O, E, H> Sealed<ByStage> for crate::FanOut<S, W, O, E, H> {}

    pub trait SealedSource {}
    impl<I> SealedSource for IteratorSource<I> {}
    impl<A> SealedSource for IndexedSource<A> {}
    impl<T> SealedSource for ChannelSource<T> {}
    impl<F> SealedSource for StageSource<F> {}
    impl<I> SealedSource for LocalSource<I> {}
    impl<S> SealedSource for HereSource<S> {}
    impl<S, F> SealedSource for ShardedSource<S, F> {}
}
