//! The builder: what a run will do, put together piece by piece. Nothing runs until a terminal in [`crate::consumer`].

use core::marker::PhantomData;

mod feeding;
pub(crate) mod given;
pub(crate) mod hooks;
pub(crate) mod limit;
mod options;
pub(crate) mod settings;
mod shards;

use crate::input::{HereSource, Input, InputOf, LocalSource, Open};
use crate::outcome::ending::RunsToEnd;
use crate::outcome::order::Unordered;
use settings::Settings;

/// A fan-out that has been described and not started: items from `S`, the work `W` on each of them, results in the
/// order `O`, ending as `E` says.
///
/// Made by [`over`] or by calling a function with `#[fan_out]`. Nothing runs until one of the terminals is called
/// ([`collect`](Self::collect), [`for_each`](Self::for_each), [`run`](Self::run), [`stream`](Self::stream), ...), and
/// when a terminal returns (or a stream is dropped), no thread of the run is working and no item of it is alive.
#[must_use = "a fan-out does nothing until a terminal such as `.collect()`, `.for_each(..)` or `.stream()` is called"]
pub struct FanOut<S, W = NoWork, O = Unordered, E = RunsToEnd, H = ()> {
    pub(crate) source: S,
    pub(crate) work: W,
    pub(crate) hooks: H,
    pub(crate) settings: Settings,
    pub(crate) kind: PhantomData<fn() -> (O, E)>,
}

/// No item function yet: call [`map`](FanOut::map).
#[derive(Debug, Clone, Copy)]
pub struct NoWork;

/// No item function yet, but how a worker's state begins.
#[derive(Debug, Clone, Copy)]
pub struct NoWorkYet<I>(pub(crate) I);

/// No item function yet, but how a worker's state begins, if it does.
#[derive(Debug, Clone, Copy)]
pub struct NoWorkYetTry<I>(pub(crate) I);

/// Fans `input` out over a pool of workers; [`map`](FanOut::map) says what they do.
///
/// ```
/// let squares: Vec<u64> = fanout_runtime::over(vec![1_u64, 2, 3])
///     .workers(2)
///     .ordered()
///     .map(|n, _cx| n * n)
///     .collect();
/// assert_eq!(squares, [1, 4, 9]);
/// ```
///
/// This is what the attribute `#[fan_out]` expands to, with the same power.
pub fn over<M, I: Input<M>>(input: I) -> FanOut<I::Source> {
    FanOut::of(input.into_source())
}

/// As [`over`], for an input that is known to be one of such items: what the attribute expands to.
#[doc(hidden)]
pub fn over_items<Item, M, I: InputOf<Item, M>>(input: I) -> FanOut<I::Source> {
    FanOut::of(input.into_source_of())
}

/// Like [`over`], for an iterator that cannot leave this thread (`stdin().lines()`, one that holds an `Rc`): the calling
/// thread alone pulls from it, and the workers get the items.
///
/// Such a run has no [`stream`](FanOut::stream): the terminals that end on this thread do the pulling. As this thread also
/// hands the results over, nothing is handed over while it is inside the iterator's `next`: one that waits there for what
/// the consumer does with an earlier result (a dialogue over `stdin`) would wait for ever. [`over`] has no such limit.
///
/// ```
/// use std::rc::Rc;
/// let shared = Rc::new(10);
/// let sum: Vec<i32> = fanout_runtime::over_local((0..3).map(|n| n + *shared))
///     .ordered()
///     .map(|n, _cx| n * 2)
///     .collect();
/// assert_eq!(sum, [20, 22, 24]);
/// ```
pub fn over_local<I: IntoIterator>(input: I) -> FanOut<LocalSource<I::IntoIter>> {
    FanOut::of(LocalSource::new(input.into_iter()))
}

impl<S> FanOut<S> {
    fn of(source: S) -> Self {
        Self {
            source,
            work: NoWork,
            hooks: (),
            settings: Settings::default(),
            kind: PhantomData,
        }
    }
}

impl<S: Open, W, O, E, H> FanOut<S, W, O, E, H> {
    /// Pulls from the input on the calling thread alone. For inputs that have to stay where they are there is
    /// [`over_local`], which this is the other spelling of, with the same limit. Of a stage the calling threads are those
    /// that take its results: the next stage's workers, one at a time.
    pub fn pull_here(self) -> FanOut<HereSource<S>, W, O, E, H> {
        FanOut {
            source: HereSource::new(self.source),
            work: self.work,
            hooks: self.hooks,
            settings: self.settings,
            kind: PhantomData,
        }
    }
}

impl<S, W, O, E, H> core::fmt::Debug for FanOut<S, W, O, E, H> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("FanOut")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
