//! [`Scoped`]: the results as an iterator over borrowed data, for as long as a closure runs.

use core::fmt;
use core::time::Duration;
use std::iter::FusedIterator;

use super::stream::{NotReady, OutletStream};
use crate::builder::FanOut;
use crate::builder::hooks::Hooks;
use crate::input::{Open, Source};
use crate::outcome::ending::{Ending, EndingKind};
use crate::outcome::kept::CanBeKept;
use crate::outcome::order::Order;
use crate::outcome::sent::Sent;
use crate::pull::Patience;
use crate::stop::{CancelToken, Reason};
use crate::sync::time;
use crate::worker::sends::Delivers;
use crate::worker::work::Work;

/// The results of a run over borrowed data; see [`FanOut::scope`]. As a [`Stream`](crate::Stream) in all that it does.
///
/// Dropping it stops the run. The workers are waited for at the end of the scope, also if it was forgotten: a value that
/// can be forgotten must not be what keeps borrowed data alive (rust-lang/rust#24292).
pub struct Scoped<'s, T> {
    core: &'s mut (dyn ScopedCore<T> + Send),
}

trait ScopedCore<T> {
    fn next(&mut self) -> Option<T>;
    fn try_next(&mut self, patience: Patience) -> Result<Option<T>, NotReady>;
    fn stop(&self);
    fn finish(&mut self) -> Option<T>;
    fn token(&mut self) -> CancelToken;
}

impl<S, W, E, H> ScopedCore<E::Outcome<E::Item>> for OutletStream<S, W, E, H>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
{
    #[inline]
    fn next(&mut self) -> Option<E::Outcome<E::Item>> {
        self.next()
    }
    fn try_next(&mut self, patience: Patience) -> Result<Option<E::Outcome<E::Item>>, NotReady> {
        self.try_next(patience)
    }
    fn stop(&self) {
        self.request_stop();
    }
    fn finish(&mut self) -> Option<E::Outcome<E::Item>> {
        self.end(Reason::Consumer)
    }
    fn token(&mut self) -> CancelToken {
        self.new_token()
    }
}

impl<T> Scoped<'_, T> {
    /// As [`Stream::try_next`](crate::Stream::try_next).
    ///
    /// # Errors
    /// [`NotReady`] if nothing is there yet.
    ///
    /// # Panics
    /// Resumes a worker's panic.
    pub fn try_next(&mut self) -> Result<Option<T>, NotReady> {
        self.core.try_next(Patience::Never)
    }

    /// As [`Stream::next_timeout`](crate::Stream::next_timeout).
    ///
    /// # Errors
    /// [`NotReady`] if nothing came in time.
    ///
    /// # Panics
    /// Resumes a worker's panic.
    pub fn next_timeout(&mut self, limit: Duration) -> Result<Option<T>, NotReady> {
        let patience = match time::now().checked_add(limit) {
            Some(instant) => Patience::Until(instant),
            None => Patience::Wait,
        };
        self.core.try_next(patience)
    }

    /// As [`Stream::stop`](crate::Stream::stop).
    pub fn stop(&self) {
        self.core.stop();
    }

    /// As [`Stream::token`](crate::Stream::token).
    pub fn token(&mut self) -> CancelToken {
        self.core.token()
    }

    /// As [`Stream::finish`](crate::Stream::finish).
    ///
    /// # Errors
    /// The failure that `next` would have come to.
    ///
    /// # Panics
    /// Resumes a worker's panic, unless `next` has done so.
    pub fn finish(self) -> Result<(), T> {
        self.core.finish().map_or(Ok(()), Err)
    }
}

impl<T> Iterator for Scoped<'_, T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        self.core.next()
    }
}
impl<T> FusedIterator for Scoped<'_, T> {}

impl<T> Drop for Scoped<'_, T> {
    fn drop(&mut self) {
        self.core.stop();
    }
}

impl<T> fmt::Debug for Scoped<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scoped").finish_non_exhaustive()
    }
}

impl<S, W, O, E, H> FanOut<S, W, O, E, H>
where
    S: Source,
    W: Work<S::Item>,
    O: Order,
    E: EndingKind,
    H: Hooks,
    H::Guard: Send,
{
    /// Starts the run and lends its results to `f` as an iterator; returns what `f` does. Items, results and the item
    /// function may borrow.
    ///
    /// When `f` returns, the run is stopped and its workers are waited for.
    ///
    /// ```
    /// let text = String::from("a b c");
    /// let longest = fanout_runtime::over(text.split(' '))
    ///     .map(|word, _cx| (word.len(), word))
    ///     .scope(|words| words.max());
    /// assert_eq!(longest, Some((1, "c")));
    /// ```
    ///
    /// # Panics
    /// Resumes a panic of `f`, or of a worker; panics if an option is out of range.
    #[track_caller]
    pub fn scope<R>(self, f: impl for<'s> FnOnce(Scoped<'s, E::Outcome<E::Item>>) -> R) -> R
    where
        S::Item: Sent,
        E: Delivers<W, S::Item>,
        W::Local: CanBeKept,
    {
        let mut run = OutletStream::start(self);
        let answer = f(Scoped { core: &mut run });
        // A failure that `f` did not come to is one that it chose not to see; a panic is not.
        drop(run.end(Reason::Consumer));
        answer
    }
}
