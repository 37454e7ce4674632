//! [`Ends`]: whether a way to end goes with what the items return, asked once, where the item function is given.

use super::ending::{CancelOnError, Ending, Stoppable};
use crate::no_type::NoType;

/// A way to end for items that return `Out`.
///
/// It is there for every such [`Ending`], and exists for the message about the others. `M` is inferred.
#[diagnostic::on_unimplemented(
    message = "FO403: `cancel_on_error` needs an item function that returns a `Result`, and this one returns `{Out}`",
    label = "there is no `Err` in `{Out}` that could cancel the run",
    note = "return `Result<T, E>` from the item function (`.ok_or(..)` makes one of an `Option`), or leave `cancel_on_error` out",
    note = "FO403 is explained in `fanout::guide::fo403`"
)]
pub trait Ends<Out, M> {
    /// `W`. Where this is no way to end, there is no such type, and the compiler has nothing more to say about the run.
    #[doc(hidden)]
    type Of<W>;
    #[doc(hidden)]
    fn of<W>(work: W) -> Self::Of<W>;
}

/// Marks what is a way to end.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum DoesEnd {}

/// Marks nothing. With one implementation alone the compiler would commit to it, and complain about its bounds. Only where
/// there is something to complain about: with one alone it also infers more.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum NeverEnds {}

#[diagnostic::do_not_recommend]
impl<Out, E: Ending<Out>> Ends<Out, DoesEnd> for E {
    type Of<W> = W;
    #[inline]
    fn of<W>(work: W) -> W {
        work
    }
}

#[diagnostic::do_not_recommend]
impl<Out: NoType> Ends<Out, NeverEnds> for CancelOnError {
    type Of<W> = W;
    fn of<W>(work: W) -> W {
        work
    }
}

#[diagnostic::do_not_recommend]
impl<Out: NoType> Ends<Out, NeverEnds> for Stoppable<CancelOnError> {
    type Of<W> = W;
    fn of<W>(work: W) -> W {
        work
    }
}
