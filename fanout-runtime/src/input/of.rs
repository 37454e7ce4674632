//! [`InputOf`]: an input of the very items that a function takes, and what makes a wrong one a single mistake.

use super::{Input, Source};
use crate::no_type::NoType;

/// An [`Input`] of items of the type `Item`: what a function with `#[fan_out]` is called with. `M` is inferred.
///
/// It is there for every [`Input`] of such items, and exists for the message about the others.
#[diagnostic::on_unimplemented(
    message = "FO401: `{Self}` cannot give workers on other threads items of the type `{Item}`",
    label = "does not give one `{Item}` after the other, or one of the two is not `Send`",
    note = "an input is an `Iterator + Send`, a `Vec`, an array, a slice, a `crossbeam_channel::Receiver` or another fan-out; its items go to other threads, so `{Item}` has to be `Send` (`Arc` instead of `Rc`, `Box<dyn FnOnce() + Send>` instead of `Box<dyn FnOnce()>`)",
    note = "for a collection or a `std::sync::mpsc::Receiver` call `.into_iter()`; for one value write `[value]`; to own what is lent call `.iter().cloned()`; items of another type can be converted with `.into_iter().map(..)`",
    note = "for an iterator that is not `Send` (`stdin().lines()`, or one that holds an `Rc`) there is `fanout::over_local(input).map(..)`",
    note = "FO401 is explained in `fanout::guide::fo401`"
)]
pub trait InputOf<Item, M> {
    /// The source that the run keeps.
    #[doc(hidden)]
    type Source: Source<Item = Item>;
    #[doc(hidden)]
    fn into_source_of(self) -> Self::Source;
}

/// Marks the inputs of some kind ([`ByIterator`](super::ByIterator) and so on) whose items have the right type.
#[derive(Debug, Clone, Copy)]
pub struct Of<M>(M);

/// Marks nothing. With one implementation alone the compiler would commit to it, and complain about its bounds.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum NoInput {}

#[diagnostic::do_not_recommend]
impl<I, Item, M> InputOf<Item, Of<M>> for I
where
    I: Input<M, Item = Item>,
{
    type Source = I::Source;
    fn into_source_of(self) -> I::Source {
        self.into_source()
    }
}

#[diagnostic::do_not_recommend]
impl<I, Item> InputOf<Item, NoInput> for I
where
    I: NoType + Source<Item = Item>,
{
    type Source = I;
    fn into_source_of(self) -> I {
        self
    }
}

/// The marker of an [`InputOf`]. What the function returns depends on it, [`Run`](Self::Run): so if the input is wrong, and there
/// is no marker, the compiler knows nothing about what is returned, and says nothing more about what is done with it.
pub trait InputKind {
    /// `F`.
    type Run<F>;
    #[doc(hidden)]
    fn run<F>(fan_out: F) -> Self::Run<F>;
}

impl<M> InputKind for Of<M> {
    type Run<F> = F;
    #[inline]
    fn run<F>(fan_out: F) -> F {
        fan_out
    }
}

impl InputKind for NoInput {
    type Run<F> = F;
    fn run<F>(fan_out: F) -> F {
        fan_out
    }
}
