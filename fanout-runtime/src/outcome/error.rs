//! [`Error`]: why a run that can be stopped did not end with a result.

use core::convert::Infallible;
use core::fmt;

/// Why a run ended without its result.
///
/// `E` is the error of the item function when the run has `cancel_on_error`; without it an `Err` is a result like any
/// other, and `E` is [`Infallible`].
///
/// With `E` being `anyhow::Error` or `Box<dyn std::error::Error + Send + Sync>` this is itself a
/// [`std::error::Error`], so that `?` converts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error<E = Infallible> {
    /// The item function returned `Err` and the run has `cancel_on_error`.
    Item {
        /// The position of the item in the input, from 0.
        index: u64,
        /// What the item function returned.
        error: E,
    },
    /// A [`CancelToken`](crate::CancelToken) that the run listens to was cancelled.
    Cancelled,
    /// The run's `timeout` or `deadline` passed.
    DeadlineExceeded,
}

impl<E> Error<E> {
    /// The item function's own error, if it is one.
    pub fn into_item(self) -> Option<E> {
        match self {
            Self::Item { error, .. } => Some(error),
            Self::Cancelled | Self::DeadlineExceeded => None,
        }
    }

    /// The position in the input of the item that failed, if one did.
    pub fn index(&self) -> Option<u64> {
        match self {
            Self::Item { index, .. } => Some(*index),
            Self::Cancelled | Self::DeadlineExceeded => None,
        }
    }

    /// Replaces the item function's own error.
    pub fn map_item<E2>(self, f: impl FnOnce(E) -> E2) -> Error<E2> {
        match self {
            Self::Item { index, error } => Error::Item {
                index,
                error: f(error),
            },
            Self::Cancelled => Error::Cancelled,
            Self::DeadlineExceeded => Error::DeadlineExceeded,
        }
    }
}

impl<E: fmt::Display> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item { index, error } => write!(f, "item {index} failed: {error}"),
            Self::Cancelled => f.write_str("the run was cancelled before its end"),
            Self::DeadlineExceeded => f.write_str("the run did not end before its deadline"),
        }
    }
}

// `Error` asks for `Debug + Display` and no more, so that `E` can be `anyhow::Error` or a boxed error, which are not
// errors themselves. The text of `E` is part of ours, so there is no `source` to walk to.
impl<E: fmt::Debug + fmt::Display> std::error::Error for Error<E> {}
