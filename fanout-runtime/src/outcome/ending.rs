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
#[diagnostic::on_unimplemented(
    message = "FO403: `cancel_on_error` needs an item function that returns a `Result`, and this one returns `{Out}`",
    label = "there is no `Err` in `{Out}` that could cancel the run",
    note = "return `Result<T, E>` from the item function, or leave `cancel_on_error` out",
    note = "FO403 is explained in `fanout::guide::fo403`"
)]
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
impl<T, E> Ending<Result<T, E>> for CancelOnError {
    type Item = T;
    type Error = E;
    type Outcome<C> = Result<C, E>;
    type IndexedOut = Result<(u64, T), E>;
    const CAN_BE_CANCELLED: bool = false;

    #[inline]
    fn judge(out: Result<T, E>) -> Result<T, E> {
        out
    }
    fn conclude<C>(end: Result<C, Error<E>>) -> Result<C, E> {
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
    fn with_index(index: u64, out: Result<T, E>) -> Result<(u64, T), E> {
        out.map(|item| (index, item))
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
    fn conclude<C>(end: Result<C, Error>) -> Result<C, Error> {
        end
    }
    fn with_index(index: u64, out: Out) -> (u64, Out) {
        (index, out)
    }
}

#[diagnostic::do_not_recommend]
impl<T, E> Ending<Result<T, E>> for Stoppable<CancelOnError> {
    type Item = T;
    type Error = E;
    type Outcome<C> = Result<C, Error<E>>;
    type IndexedOut = Result<(u64, T), E>;
    const CAN_BE_CANCELLED: bool = true;

    #[inline]
    fn judge(out: Result<T, E>) -> Result<T, E> {
        out
    }
    fn conclude<C>(end: Result<C, Error<E>>) -> Result<C, Error<E>> {
        end
    }
    fn with_index(index: u64, out: Result<T, E>) -> Result<(u64, T), E> {
        out.map(|item| (index, item))
    }
}

/// How the end of a run becomes the error of [`try_for_each`](crate::FanOut::try_for_each)'s closure.
#[diagnostic::on_unimplemented(
    message = "FO405: the error of this closure, `{E2}`, has to take in the run's own error",
    note = "write `impl From<..> for {E2}` for the run's error (the item function's own `E` with `cancel_on_error`, `fanout::Error<E>` with a timeout or a token as well)",
    note = "FO405 is explained in `fanout::guide::fo405`"
)]
pub trait EndingInto<Out, E2>: Ending<Out> {
    #[doc(hidden)]
    fn into_error(error: Error<Self::Error>) -> E2;
}

impl<Out, E2> EndingInto<Out, E2> for RunsToEnd {
    fn into_error(error: Error) -> E2 {
        cannot_happen(error)
    }
}
impl<T, E, E2: From<E>> EndingInto<Result<T, E>, E2> for CancelOnError {
    fn into_error(error: Error<E>) -> E2 {
        match <Self as Ending<Result<T, E>>>::conclude::<Infallible>(Err(error)) {
            Ok(never) => match never {},
            Err(own) => own.into(),
        }
    }
}
impl<Out, E2: From<Error>> EndingInto<Out, E2> for Stoppable<RunsToEnd> {
    fn into_error(error: Error) -> E2 {
        error.into()
    }
}
impl<T, E, E2: From<Error<E>>> EndingInto<Result<T, E>, E2> for Stoppable<CancelOnError> {
    fn into_error(error: Error<E>) -> E2 {
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
