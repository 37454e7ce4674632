//! [`Given`]: whether a run has its item function already, for options that depend on what that returns.

use core::convert::Infallible;

use super::{NoWork, NoWorkYet, NoWorkYetTry};
use crate::worker::work::Work;

/// The item function of a run, or nothing so far. `M` is inferred.
pub trait Given<Item, M> {
    /// What the item function returns; a `Result` where that is not known yet, as it is asked again when it is.
    type Out;
}

/// Marks an item function.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Already {}

/// Marks what has none.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum NotYet {}

#[diagnostic::do_not_recommend]
impl<Item, W: Work<Item>> Given<Item, Already> for W {
    type Out = W::Out;
}
#[diagnostic::do_not_recommend]
impl<Item> Given<Item, NotYet> for NoWork {
    type Out = Result<Infallible, Infallible>;
}
#[diagnostic::do_not_recommend]
impl<Item, I> Given<Item, NotYet> for NoWorkYet<I> {
    type Out = Result<Infallible, Infallible>;
}
#[diagnostic::do_not_recommend]
impl<Item, I> Given<Item, NotYet> for NoWorkYetTry<I> {
    type Out = Result<Infallible, Infallible>;
}
