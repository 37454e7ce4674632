//! The options of a run and its item function.

use core::marker::PhantomData;
use std::time::Instant;

use super::given::Given;
use super::hooks::{OnProgress, OnReport, OnWorker};
use super::{FanOut, NoWork, NoWorkYet, NoWorkYetTry};
use crate::input::Open;
use crate::outcome::ending::{Ending, EndingKind};
use crate::outcome::ends::Ends;
use crate::outcome::order::Ordered;
use crate::outcome::report::{Progress, Report};
use crate::outcome::sent::Sent;
use crate::stop::{IntoTimeout, IntoToken};
use crate::sync::Mutex;
use crate::worker::context::Context;
use crate::worker::indexed_work::IndexedWork;
use crate::worker::work::{
    Call, Map, MapJoint, MapLocal, MapTryLocal, Merging, Reply, Work, Worker,
};

impl<S, W, O, E, H> FanOut<S, W, O, E, H> {
    fn change<W2, O2, E2, H2>(
        self,
        work: impl FnOnce(W) -> W2,
        hooks: impl FnOnce(H) -> H2,
    ) -> FanOut<S, W2, O2, E2, H2> {
        FanOut {
            source: self.source,
            work: work(self.work),
            hooks: hooks(self.hooks),
            settings: self.settings,
            kind: PhantomData,
        }
    }

    pub(super) fn with_work<W2>(self, work: impl FnOnce(W) -> W2) -> FanOut<S, W2, O, E, H> {
        self.change(work, |h| h)
    }

    /// Exactly `n` workers: at most `n` calls of the item function at once, and `n` of them when `n` items are at hand.
    /// Items that wait for each other, whichever they are, do meet; where each waits for a particular one see
    /// [`batch`](Self::batch). May be above the number of cores. Default: one for each core.
    ///
    /// # Panics
    /// The terminal panics if `n` is 0 or above 2^16.
    pub fn workers(mut self, n: usize) -> Self {
        self.settings.workers = Some(n);
        self
    }

    /// At most `n` items are taken in and not yet delivered, in either order. Default: 1024 (or 4 for each worker, if
    /// that is more) while items are cheap, 32 for each worker once they take longer than about 100 us. Up to sixteen times as many,
    /// but not beyond 512 KiB of items and results nor beyond 2.5 ms of work for each busy worker, where four windows were handed
    /// over to a consumer that had to wait all the same (and items have no keys and push no others).
    ///
    /// # Panics
    /// The terminal panics if `n` is 0 or above 2^24.
    pub fn window(mut self, n: usize) -> Self {
        self.settings.window = Some(n);
        self
    }

    /// Workers are handed `n` items at a time. Default: adaptive, so that a batch takes about 100 us. What is left of a
    /// batch while its worker is inside an item can be taken by idle workers, so a batch never holds items up.
    ///
    /// With batches above 1 items do not start one after the other in input order: each worker begins a batch of its own. For
    /// items that wait for *particular* later items (each for its neighbour, say) write `batch(1)`, with which the lowest
    /// item that has not started is always the next.
    ///
    /// # Panics
    /// The terminal panics if `n` is 0, above 2^24 or above the window.
    pub fn batch(mut self, n: usize) -> Self {
        self.settings.batch = Some(n);
        self
    }

    /// Results in input order, with a bounded reorder window.
    pub fn ordered(self) -> FanOut<S, W, Ordered, E, H> {
        self.change(|w| w, |h| h)
    }

    /// The run has to be over after `limit`, counted from the terminal; then it is stopped and its result is
    /// [`Error::DeadlineExceeded`](crate::Error::DeadlineExceeded). `None` is no limit, zero has passed already. With several limits the earliest
    /// holds. Results that were finished before are still delivered.
    pub fn timeout(mut self, limit: impl IntoTimeout) -> FanOut<S, W, O, E::Stoppable, H>
    where
        E: EndingKind,
    {
        self.settings.timeout = earlier(self.settings.timeout, limit.into_timeout());
        self.change(|w| w, |h| h)
    }

    /// The run has to be over at `instant`; as [`timeout`](Self::timeout).
    pub fn deadline(
        mut self,
        instant: impl Into<Option<Instant>>,
    ) -> FanOut<S, W, O, E::Stoppable, H>
    where
        E: EndingKind,
    {
        self.settings.deadline = earlier(self.settings.deadline, instant.into());
        self.change(|w| w, |h| h)
    }

    /// Cancelling `token` stops the run; its result is then [`Error::Cancelled`](crate::Error::Cancelled). May be called for several tokens. Takes a
    /// token, a reference to one, or an `Option` of a reference.
    pub fn cancel_with(mut self, token: impl IntoToken) -> FanOut<S, W, O, E::Stoppable, H>
    where
        E: EndingKind,
    {
        self.settings.tokens.extend(token.into_token());
        self.change(|w| w, |h| h)
    }

    /// Each item is told after `limit` that its time is over: through [`Context::is_cancelled`],
    /// [`checkpoint`](Context::checkpoint), [`sleep`](Context::sleep) and [`remaining`](Context::remaining). Nothing is interrupted, and the result of an item
    /// that comes late is still its result.
    pub fn item_timeout(mut self, limit: impl IntoTimeout) -> Self {
        self.settings.item_timeout = earlier(self.settings.item_timeout, limit.into_timeout());
        self
    }

    /// The worker threads are this run's own and called `name-0`, `name-1`, ... The calling thread then runs no items.
    ///
    /// # Panics
    /// The terminal panics if there is a NUL in the name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.settings.thread_name = Some(name.into());
        self
    }

    /// The worker threads are this run's own and have a stack of `bytes`. The calling thread then runs no items.
    ///
    /// # Panics
    /// The terminal panics if `bytes` is 0.
    pub fn stack_size(mut self, bytes: usize) -> Self {
        self.settings.stack_size = Some(bytes);
        self
    }

    /// What the report calls the run: the attribute gives the function's name.
    pub fn label(mut self, label: &'static str) -> Self {
        self.settings.label = label;
        self
    }

    /// The consumer only consumes: the item function never runs on the thread that calls the terminal or takes from the
    /// stream, except where the operating system gave no thread at all.
    pub fn dedicated(mut self) -> Self {
        self.settings.dedicated = true;
        self
    }

    /// Says that items never wait for each other or for anything else. Then a short run need not wake other threads before
    /// it has begun (only the wake-up of helpers is put off, never their number), and a consumer that has nothing to hand
    /// over may run an item meanwhile, if items are short.
    pub fn cpu_bound(mut self) -> Self {
        self.settings.cpu_bound = true;
        self
    }

    /// Calls `f` as items finish, on the workers' threads, about once a batch: never twice at once, each time with more than
    /// before, and the last call says that all have. A slow `f` holds up the worker that calls it and no other.
    pub fn on_progress<F>(self, f: F) -> FanOut<S, W, O, E, OnProgress<H, F>>
    where
        F: Fn(Progress) + Send + Sync,
    {
        self.change(|w| w, |rest| OnProgress { rest, call: f })
    }

    /// Calls `f` once with what the run did, on the thread that ends it, also after an error or a panic.
    pub fn on_report<F>(self, f: F) -> FanOut<S, W, O, E, OnReport<H, F>>
    where
        F: FnOnce(&Report) + Send,
    {
        self.change(
            |w| w,
            |rest| OnReport {
                rest,
                call: Mutex::new(Some(f)),
            },
        )
    }

    /// Calls `f(worker)` on each worker's thread before its first item; what it returns is dropped there after the last
    /// one. For thread priorities, tracing spans, test hooks.
    pub fn on_worker<F, G>(self, f: F) -> FanOut<S, W, O, E, OnWorker<H, F>>
    where
        F: Fn(usize) -> G + Send + Sync,
    {
        self.change(|w| w, |rest| OnWorker { rest, call: f })
    }
}

impl<S: Open, W, O, E: EndingKind, H> FanOut<S, W, O, E, H> {
    /// The first `Err` of the item function stops the run and is its result. With [`ordered`](Self::ordered) the first
    /// by index: what the sequential loop would have returned, in every run.
    // What the item function returns is a parameter: if it were written out, the compiler would look at it when it looks for
    // the method, and say that there is none.
    pub fn cancel_on_error<Out, G, M>(
        self,
    ) -> <E::OnError as Ends<Out, M>>::Of<FanOut<S, W, O, E::OnError, H>>
    where
        W: Given<S::Item, G, Out = Out>,
        E::OnError: Ends<Out, M>,
    {
        <E::OnError as Ends<Out, M>>::of(self.change(|w| w, |h| h))
    }
}

impl<S: Open, O, E, H> FanOut<S, NoWork, O, E, H> {
    /// Says what is done to each item. The [`Context`] tells about cancellation, the deadline, the item's index and the worker.
    pub fn map<F, Out, M>(self, f: F) -> FanOut<S, E::Of<Map<F>>, O, E, H>
    where
        E: Ends<Out, M>,
        F: Fn(S::Item, &Context) -> Out + Send + Sync,
    {
        self.change(|NoWork| E::of(Map(f)), |h| h)
    }

    /// Gives each worker a state of its own: `init` runs once for each worker, on its thread. The item function is then
    /// given a [`Worker`] instead of a [`Context`].
    ///
    /// ```
    /// let counts: Vec<usize> = fanout_runtime::over(vec!["a", "b", "c"])
    ///     .workers(2)
    ///     .local(|| 0)
    ///     .map(|_word, w| *w.local += 1)
    ///     .locals();
    /// assert_eq!(counts.iter().sum::<usize>(), 3);
    /// ```
    pub fn local<L, I>(self, init: I) -> FanOut<S, NoWorkYet<I>, O, E, H>
    where
        I: Fn() -> L + Send + Sync,
    {
        self.change(|NoWork| NoWorkYet(init), |h| h)
    }

    /// As [`local`](Self::local), with a beginning that can fail: the error stops the run as that of an item would.
    pub fn try_local<L, Fault, I>(self, init: I) -> FanOut<S, NoWorkYetTry<I>, O, E, H>
    where
        I: Fn() -> Result<L, Fault> + Send + Sync,
    {
        self.change(|NoWork| NoWorkYetTry(init), |h| h)
    }

    /// State and item function from one closure; see [`Call`].
    #[doc(hidden)]
    pub fn map_joint<F, L, Out, M>(self, f: F) -> FanOut<S, E::Of<MapJoint<F, L, Out>>, O, E, H>
    where
        E: Ends<Out, M>,
        F: Fn(Call<'_, '_, S::Item, L>) -> Reply<L, Out> + Send + Sync,
    {
        self.change(
            |NoWork| {
                E::of(MapJoint {
                    work: f,
                    answers: PhantomData,
                })
            },
            |h| h,
        )
    }
}

impl<S: Open, I, O, E, H> FanOut<S, NoWorkYet<I>, O, E, H> {
    /// Says what is done to each item, with the worker's state at hand.
    pub fn map<F, L, Out, M>(self, f: F) -> FanOut<S, E::Of<MapLocal<I, F>>, O, E, H>
    where
        I: Fn() -> L + Send + Sync,
        E: Ends<Out, M>,
        F: Fn(S::Item, &mut Worker<'_, L>) -> Out + Send + Sync,
    {
        self.change(|NoWorkYet(init)| E::of(MapLocal { init, work: f }), |h| h)
    }
}

impl<S: Open, I, O, E, H> FanOut<S, NoWorkYetTry<I>, O, E, H> {
    /// Says what is done to each item, with the worker's state at hand.
    pub fn map<F, L, T, Fault>(self, f: F) -> FanOut<S, MapTryLocal<I, F>, O, E, H>
    where
        I: Fn() -> Result<L, Fault> + Send + Sync,
        E: Ending<Result<T, Fault>, Error = Fault>,
        F: Fn(S::Item, &mut Worker<'_, L>) -> Result<T, Fault> + Send + Sync,
    {
        self.change(|NoWorkYetTry(init)| MapTryLocal { init, work: f }, |h| h)
    }
}

impl<S: Open, W: Work<S::Item>, O, E, H> FanOut<S, W, O, E, H> {
    /// Says how two workers' states become one, for [`merged`](Self::merged). `f` must be associative and commutative.
    pub fn merge_with<M>(self, f: M) -> FanOut<S, Merging<W, M>, O, E, H>
    where
        M: Fn(W::Local, W::Local) -> W::Local + Send + Sync,
    {
        self.change(|work| Merging { work, merge: f }, |h| h)
    }

    /// Results with the position of their item in the input: `(u64, T)`.
    pub fn indexed(self) -> FanOut<S, IndexedWork<W, E>, O, E, H>
    where
        E: Ending<W::Out>,
    {
        self.change(
            |work| IndexedWork {
                work,
                ending: PhantomData,
            },
            |h| h,
        )
    }
}

impl<S, W, O, E, H> FanOut<S, W, O, E, H> {
    /// Says what the items return, so that whether it can be sent is asked here and not by the terminal.
    #[doc(hidden)]
    pub fn sends<Out: Sent<M>, M>(self) -> Out::Of<Self> {
        Out::of(self)
    }
}

fn earlier<T: Ord>(a: Option<T>, b: Option<T>) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
