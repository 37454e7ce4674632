//! Work whose results can come back from the workers.
//!
//! A terminal asks for it with [`Delivers`], once, for whatever ending. Where the attribute knows the types it says so in the
//! return type of its function: then a result that is not `Send` is a mistake there, where it is written, and not at each
//! call.

use super::work::Work;
use crate::outcome::ending::{CancelOnError, Ending, RunsToEnd, Stoppable};
use crate::outcome::fallible::Fallible;
use crate::outcome::sent::Sent;

/// [`Work`] whose results are `Send`.
pub trait SendWork<Item>: Work<Item, Out: Send> {}

impl<Item, W> SendWork<Item> for W
where
    W: Work<Item>,
    W::Out: Sent,
{
}

/// [`Work`] whose results are `Result`s of which both parts are `Send`.
pub trait SendTryWork<Item>: Work<Item, Out: Fallible<Value: Send, Error: Send>> {}

impl<Item, W> SendTryWork<Item> for W
where
    W: Work<Item>,
    W::Out: Fallible,
    <W::Out as Fallible>::Value: Sent,
    <W::Out as Fallible>::Error: Sent,
{
}

/// A way to end whose results and errors, with the work `W`, can come back from the workers.
pub trait Delivers<W, Item>: Ending<W::Out, Item: Send, Error: Send>
where
    W: Work<Item>,
{
}

impl<W: SendWork<Item>, Item> Delivers<W, Item> for RunsToEnd {}
impl<W: SendWork<Item>, Item> Delivers<W, Item> for Stoppable<RunsToEnd> {}
impl<W: SendTryWork<Item>, Item> Delivers<W, Item> for CancelOnError {}
impl<W: SendTryWork<Item>, Item> Delivers<W, Item> for Stoppable<CancelOnError> {}
