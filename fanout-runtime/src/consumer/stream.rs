//! [`Stream`]: the results as an iterator that can be held.

use core::fmt;
use core::time::Duration;
use std::iter::FusedIterator;

use super::outlet::{Next, Outlet};
use crate::builder::FanOut;
use crate::builder::hooks::Hooks;
use crate::input::{Open, Source};
use crate::outcome::ending::{Ending, EndingKind};
use crate::outcome::kept::CanBeKept;
use crate::outcome::order::Order;
use crate::outcome::sent::Sent;
use crate::pull::Patience;
use crate::run::{DropLocals, End, Fate};
use crate::stop::{CancelToken, Reason};
use crate::sync::time;
use crate::worker::sends::Delivers;
use crate::worker::work::Work;

/// The results of a run that goes on in the background, at most a window ahead of the consumer.
///
/// **Dropping it stops the run and waits for the items that are running**: a running item cannot be interrupted. Dropping
/// never panics because of a worker; [`finish`](Self::finish) tells.
///
/// Errors come as items: `T` is the item function's result, or with `cancel_on_error`, a timeout or a token a `Result`
/// whose first `Err` is the last item. A worker's panic is resumed by the `next` that comes to it. After an error, a
/// panic or the end `next` is `None` for ever.
///
/// In a run that is [`cpu_bound`](FanOut::cpu_bound) `next` may run the item function on the thread that calls it, if items are
/// short; [`dedicated`](FanOut::dedicated) forbids that.
///
/// ```
/// let mut squares = fanout_runtime::over(1_u64..).ordered().workers(2).map(|n, _cx| n * n).stream();
/// assert_eq!(squares.next(), Some(1));
/// assert_eq!(squares.next(), Some(4));
/// drop(squares); // stops the run over this endless input, and waits for its workers
/// ```
#[must_use = "a stream that is dropped stops its run"]
pub struct Stream<T> {
    // `None` only inside `drop`.
    core: Option<Box<dyn StreamCore<T>>>,
}

/// Nothing is there yet; see [`Stream::try_next`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotReady;

impl fmt::Display for NotReady {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no result of the run is ready yet")
    }
}
impl std::error::Error for NotReady {}

/// A run seen as a source of items.
pub(super) trait StreamCore<T>: Send {
    /// The next result, waiting for it.
    fn next(&mut self) -> Option<T>;
    fn try_next(&mut self, patience: Patience) -> Result<Option<T>, NotReady>;
    /// Stops the run, waits for it, and returns the failure that was not handed over yet.
    fn finish(&mut self) -> Option<T>;
    fn stop(&self);
    fn token(&mut self) -> CancelToken;
    fn is_inside(&self) -> bool;
    /// Leaves the run to the last worker out.
    fn abandon(self: Box<Self>);
}

impl<T> Stream<T> {
    fn core(&mut self) -> &mut dyn StreamCore<T> {
        match &mut self.core {
            Some(core) => &mut **core,
            None => {
                unreachable!("fanout: a stream was used after its drop; this is a bug in fanout")
            }
        }
    }

    /// The next result if it is there: `Ok(None)` at the end. Does not wait for one.
    ///
    /// Where this thread is the only one that pulls (`over_local`) it pulls a few items, so the input's `next` is called;
    /// where the operating system gave the run no thread at all it runs a few.
    ///
    /// # Errors
    /// [`NotReady`] if nothing is there yet.
    ///
    /// # Panics
    /// Resumes a worker's panic.
    pub fn try_next(&mut self) -> Result<Option<T>, NotReady> {
        self.core().try_next(Patience::Never)
    }

    /// The next result, waiting for it at most `limit`: `Ok(None)` at the end.
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
        self.core().try_next(patience)
    }

    /// Stops the run: no further item starts. Results that are finished still come; then `next` is `None`. Does not wait.
    pub fn stop(&self) {
        if let Some(core) = &self.core {
            core.stop();
        }
    }

    /// A token that stops this run when it is cancelled, from any thread. Where the run can be cancelled anyway (it has a
    /// timeout or a token) the stream then ends with [`Error::Cancelled`](crate::Error::Cancelled), and else with `None`.
    pub fn token(&mut self) -> CancelToken {
        self.core().token()
    }

    /// Stops the run, waits for the items that are running, and tells how it ended.
    ///
    /// # Errors
    /// The failure that `next` would have come to: an item's error, a cancellation, the deadline. Results that were not
    /// taken are dropped.
    ///
    /// # Panics
    /// Resumes a worker's panic, unless `next` has done so.
    pub fn finish(mut self) -> Result<(), T> {
        match self.core().finish() {
            None => Ok(()),
            Some(failure) => Err(failure),
        }
    }
}

impl<T> Iterator for Stream<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        self.core().next()
    }
}
impl<T> FusedIterator for Stream<T> {}

impl<T> Drop for Stream<T> {
    fn drop(&mut self) {
        if let Some(core) = self.core.take() {
            if core.is_inside() {
                // One of the run's own workers holds the stream (it was sent to it, say): it cannot wait for itself.
                core.abandon();
            } else {
                drop(core);
            }
        }
    }
}

impl<T> fmt::Debug for Stream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream").finish_non_exhaustive()
    }
}

/// A [`Outlet`] as a source of what its ending makes of results.
pub(super) struct OutletStream<S, W, E, H>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
{
    outlet: Outlet<S, W, E, H, DropLocals>,
    ended: bool,
}

impl<S, W, E, H> OutletStream<S, W, E, H>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    S::Item: Send,
    E::Item: Send,
    E::Error: Send,
{
    #[track_caller]
    pub(super) fn start<O: Order>(fan_out: FanOut<S, W, O, E, H>) -> Self {
        fan_out.settings.check();
        Self {
            outlet: Outlet::start(fan_out, DropLocals),
            ended: false,
        }
    }
}

impl<S, W, E, H> OutletStream<S, W, E, H>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
{
    /// The next result, waiting for it. Mostly it is there, and goes from its place to the caller: results may be large.
    #[inline]
    pub(super) fn next(&mut self) -> Option<E::Outcome<E::Item>> {
        match self.outlet.take() {
            Some(out) => Some(E::complete(out)),
            // With this patience it is never `NotReady`.
            None => self.try_next(Patience::Wait).unwrap_or(None),
        }
    }

    #[inline(never)]
    pub(super) fn try_next(
        &mut self,
        patience: Patience,
    ) -> Result<Option<E::Outcome<E::Item>>, NotReady> {
        if self.ended {
            return Ok(None);
        }
        match self.outlet.next(patience) {
            Next::Result(out) => Ok(Some(E::complete(out))),
            Next::NotReady => Err(NotReady),
            Next::Over => Ok(self.end(Reason::Over)),
        }
    }

    /// Ends the run, if it has not been, and returns the failure that is still to be handed over.
    #[cold]
    pub(super) fn end(&mut self, reason: Reason) -> Option<E::Outcome<E::Item>> {
        if self.ended {
            return None;
        }
        assert!(
            !self.outlet.is_inside(),
            "fanout: a stream was waited for by an item of its own run, which would never end; drop it instead"
        );
        self.ended = true;
        let End {
            fate, report_panic, ..
        } = self.outlet.end(reason);
        match (fate, report_panic) {
            (Fate::Panicked(payload), other) => {
                core::mem::forget(other);
                std::panic::resume_unwind(payload)
            }
            (_, Some(payload)) => std::panic::resume_unwind(payload),
            (Fate::Failed(error), None) => Some(E::conclude(Err(error))),
            (Fate::Completed | Fate::Stopped, None) => None,
        }
    }

    pub(super) fn new_token(&mut self) -> CancelToken {
        let token = CancelToken::new();
        if !self.ended {
            let reason = if E::CAN_BE_CANCELLED {
                Reason::Cancelled
            } else {
                Reason::Consumer
            };
            self.outlet.listen_to(&token, reason);
        }
        token
    }

    pub(super) fn request_stop(&self) {
        if !self.ended {
            self.outlet.stop().stop(Reason::Consumer);
        }
    }
}

impl<S, W, E, H> StreamCore<E::Outcome<E::Item>> for OutletStream<S, W, E, H>
where
    S: Source + 'static,
    W: Work<S::Item> + 'static,
    E: Ending<W::Out>,
    H: Hooks + 'static,
    S::Item: Send + 'static,
    W::Local: Send,
    H::Guard: Send,
    E::Item: Send + 'static,
    E::Error: Send + 'static,
{
    #[inline]
    fn next(&mut self) -> Option<E::Outcome<E::Item>> {
        self.next()
    }
    fn try_next(&mut self, patience: Patience) -> Result<Option<E::Outcome<E::Item>>, NotReady> {
        self.try_next(patience)
    }
    fn finish(&mut self) -> Option<E::Outcome<E::Item>> {
        self.end(Reason::Consumer)
    }
    fn stop(&self) {
        self.request_stop();
    }
    fn token(&mut self) -> CancelToken {
        self.new_token()
    }
    fn is_inside(&self) -> bool {
        self.outlet.is_inside()
    }
    fn abandon(self: Box<Self>) {
        if !self.ended {
            self.outlet.abandon();
        }
    }
}

// The compiler quotes a bound that does not hold with what stands beside it.
impl<S, W, O, E, H> FanOut<S, W, O, E, H>
where
    S: Source + 'static, // a stream owns its data: for what is borrowed call `.scope(|stream| ..)`
    W: Work<S::Item> + 'static, // a stream owns its data: for what is borrowed call `.scope(|stream| ..)`
    O: Order,
    E: EndingKind,
    H: Hooks + 'static,
    S::Item: 'static,
    H::Guard: Send,
{
    /// Starts the run and returns its results as an iterator that can be held and moved.
    ///
    /// For owned data: a run over borrowed data has [`scope`](Self::scope), which nobody can forget to end.
    ///
    /// # Panics
    /// If an option is out of range.
    #[track_caller]
    pub fn stream(self) -> Stream<E::Outcome<E::Item>>
    where
        S::Item: Sent,
        E: Delivers<W, S::Item>,
        E::Item: 'static,
        E::Error: 'static,
        W::Local: CanBeKept + 'static,
    {
        Stream {
            core: Some(Box::new(OutletStream::start(self))),
        }
    }
}

impl<S, W, O, E, H> IntoIterator for FanOut<S, W, O, E, H>
where
    S: Source + 'static, // a stream owns its data: for what is borrowed call `.scope(|stream| ..)`
    W: Work<S::Item> + 'static, // a stream owns its data: for what is borrowed call `.scope(|stream| ..)`
    O: Order,
    E: Delivers<W, S::Item>,
    H: Hooks + 'static,
    S::Item: Send + 'static,
    W::Local: Send + 'static,
    H::Guard: Send,
    E::Item: 'static,
    E::Error: 'static,
{
    type Item = E::Outcome<E::Item>;
    type IntoIter = Stream<E::Outcome<E::Item>>;

    /// As [`stream`](FanOut::stream).
    #[track_caller]
    fn into_iter(self) -> Self::IntoIter {
        self.stream()
    }
}
