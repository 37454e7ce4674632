//! How a run can end decides the type of what it returns.
//!
//! | ending | what can stop the run | `Outcome<C>` |
//! | --- | --- | --- |
//! | [`RunsToEnd`] | nothing | `C` |
//! | [`CancelOnError`] | the first `Err` | `Result<C, E>`, the user's own `E` |
//! | [`Stoppable<RunsToEnd>`](Stoppable) | a token, a deadline | `Result<C, Error>` |
//! | [`Stoppable<CancelOnError>`](Stoppable) | all of these | `Result<C, Error<E>>` |

use core::convert::Infallible;
use core::marker::PhantomData;

use super::error::Error;
use super::fallible::Fallible;

/// Nothing stops the run but its end: every result, `Err` included, is delivered.
#[derive(Debug, Clone, Copy)]
pub struct RunsToEnd;

/// The first `Err` stops the run and is its result.
#[derive(Debug, Clone, Copy)]
pub struct CancelOnError;

/// A token or a deadline can stop the run as well.
#[derive(Debug, Clone, Copy)]
pub struct Stoppable<E>(PhantomData<E>);

/// The steps from one ending to the next, whatever the item function returns.
pub trait EndingKind: sealed::Sealed + Send + Sync + 'static {
    /// The same with a token or a deadline.
    type Stoppable: EndingKind;
    /// The same with `cancel_on_error`.
    type OnError: EndingKind;
}

impl EndingKind for RunsToEnd {
    type Stoppable = Stoppable<RunsToEnd>;
    type OnError = CancelOnError;
}
impl EndingKind for CancelOnError {
    type Stoppable = Stoppable<CancelOnError>;
    type OnError = CancelOnError;
}
impl EndingKind for Stoppable<RunsToEnd> {
    type Stoppable = Self;
    type OnError = Stoppable<CancelOnError>;
}
impl EndingKind for Stoppable<CancelOnError> {
    type Stoppable = Self;
    type OnError = Self;
}

/// What a run whose items return `Out` hands over, and what its terminals return.
pub trait Ending<Out>: EndingKind {
    /// What one item hands over.
    type Item;
    /// What stops the run when an item returns it ([`Infallible`] where nothing does).
    type Error;
    /// What a terminal returns that would return `C` if the run could not be stopped.
    type Outcome<C>;
    /// What [`indexed`](crate::FanOut::indexed) turns `Out` into.
    type IndexedOut;

    #[doc(hidden)]
    const CAN_BE_CANCELLED: bool;
    #[doc(hidden)]
    fn judge(out: Out) -> Result<Self::Item, Self::Error>;
    #[doc(hidden)]
    fn complete<C>(whole: C) -> Self::Outcome<C>;
    #[doc(hidden)]
    fn conclude<C>(end: Result<C, Error<Self::Error>>) -> Self::Outcome<C>;
    #[doc(hidden)]
    fn with_index(index: u64, out: Out) -> Self::IndexedOut;
}

#[diagnostic::do_not_recommend]
impl<Out> Ending<Out> for RunsToEnd {
    type Item = Out;
    type Error = Infallible;
    type Outcome<C> = C;
    type IndexedOut = (u64, Out);
    const CAN_BE_CANCELLED: bool = false;

    #[inline]
    fn judge(out: Out) -> Result<Out, Infallible> {
        Ok(out)
    }
    #[inline]
    fn complete<C>(whole: C) -> C {
        whole
    }
    fn conclude<C>(end: Result<C, Error>) -> C {
        match end {
            Ok(whole) => whole,
            Err(error) => cannot_happen(error),
        }
    }
    fn with_index(index: u64, out: Out) -> (u64, Out) {
        (index, out)
    }
}

#[diagnostic::do_not_recommend]
impl<Out: Fallible> Ending<Out> for CancelOnError {
    type Item = Out::Value;
    type Error = Out::Error;
    type Outcome<C> = Result<C, Out::Error>;
    type IndexedOut = Result<(u64, Out::Value), Out::Error>;
    const CAN_BE_CANCELLED: bool = false;

    #[inline]
    fn judge(out: Out) -> Result<Out::Value, Out::Error> {
        out.into_result()
    }
    #[inline]
    fn complete<C>(whole: C) -> Result<C, Out::Error> {
        Ok(whole)
    }
    fn conclude<C>(end: Result<C, Error<Out::Error>>) -> Result<C, Out::Error> {
        match end {
            Ok(whole) => Ok(whole),
            Err(Error::Item { error, .. }) => Err(error),
            Err(Error::Cancelled | Error::DeadlineExceeded) => {
                unreachable!(
                    "fanout: a run without token and deadline was cancelled; this is a bug in fanout"
                )
            }
        }
    }
    fn with_index(index: u64, out: Out) -> Result<(u64, Out::Value), Out::Error> {
        out.into_result().map(|item| (index, item))
    }
}

#[diagnostic::do_not_recommend]
impl<Out> Ending<Out> for Stoppable<RunsToEnd> {
    type Item = Out;
    type Error = Infallible;
    type Outcome<C> = Result<C, Error>;
    type IndexedOut = (u64, Out);
    const CAN_BE_CANCELLED: bool = true;

    #[inline]
    fn judge(out: Out) -> Result<Out, Infallible> {
        Ok(out)
    }
    #[inline]
    fn complete<C>(whole: C) -> Result<C, Error> {
        Ok(whole)
    }
    fn conclude<C>(end: Result<C, Error>) -> Result<C, Error> {
        end
    }
    fn with_index(index: u64, out: Out) -> (u64, Out) {
        (index, out)
    }
}

#[diagnostic::do_not_recommend]
impl<Out: Fallible> Ending<Out> for Stoppable<CancelOnError> {
    type Item = Out::Value;
    type Error = Out::Error;
    type Outcome<C> = Result<C, Error<Out::Error>>;
    type IndexedOut = Result<(u64, Out::Value), Out::Error>;
    const CAN_BE_CANCELLED: bool = true;

    #[inline]
    fn judge(out: Out) -> Result<Out::Value, Out::Error> {
        out.into_result()
    }
    #[inline]
    fn complete<C>(whole: C) -> Result<C, Error<Out::Error>> {
        Ok(whole)
    }
    fn conclude<C>(end: Result<C, Error<Out::Error>>) -> Result<C, Error<Out::Error>> {
        end
    }
    fn with_index(index: u64, out: Out) -> Result<(u64, Out::Value), Out::Error> {
        out.into_result().map(|item| (index, item))
    }
}

/// How the end of a run becomes the error of [`try_for_each`](crate::FanOut::try_for_each)'s closure.
#[diagnostic::on_unimplemented(
    message = "FO405: the error of this closure, `{E2}`, cannot take in the error of the run",
    label = "the run can fail too, and its error is returned as `{E2}`",
    note = "the run's error is the item function's own `E` with `cancel_on_error`, and `fanout::Error<E>` with a timeout or a token",
    note = "let the closure return an error that is `From` it: `Box<dyn Error + Send + Sync>`, `anyhow::Error`, or a type of yours with `impl From<..>`",
    note = "FO405 is explained in `fanout::guide::fo405`"
)]
pub trait EndingInto<Out, E2>: Ending<Out> {
    #[doc(hidden)]
    fn into_error(error: Error<Self::Error>) -> E2;
}

#[diagnostic::do_not_recommend]
impl<Out, E2> EndingInto<Out, E2> for RunsToEnd {
    fn into_error(error: Error) -> E2 {
        cannot_happen(error)
    }
}
#[diagnostic::do_not_recommend]
impl<Out: Fallible, E2: From<Out::Error>> EndingInto<Out, E2> for CancelOnError {
    fn into_error(error: Error<Out::Error>) -> E2 {
        match <Self as Ending<Out>>::conclude::<Infallible>(Err(error)) {
            Ok(never) => match never {},
            Err(own) => own.into(),
        }
    }
}
#[diagnostic::do_not_recommend]
impl<Out, E2: From<Error>> EndingInto<Out, E2> for Stoppable<RunsToEnd> {
    fn into_error(error: Error) -> E2 {
        error.into()
    }
}
#[diagnostic::do_not_recommend]
impl<Out: Fallible, E2: From<Error<Out::Error>>> EndingInto<Out, E2> for Stoppable<CancelOnError> {
    fn into_error(error: Error<Out::Error>) -> E2 {
        error.into()
    }
}

/// A run that nothing can stop was stopped.
fn cannot_happen(error: Error) -> ! {
    match error {
        Error::Item { error, .. } => match error {},
        Error::Cancelled | Error::DeadlineExceeded => unreachable!(
            "fanout: a run without token and deadline was cancelled; this is a bug in fanout"
        ),
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::RunsToEnd {}
    impl Sealed for super::CancelOnError {}
    impl<E> Sealed for super::Stoppable<E> {}
}
