//! [`Settings`]: what a run was asked for, as plain values, and the checks that wait until they are known.

use core::time::Duration;
use std::time::Instant;

use crate::stop::CancelToken;
use crate::window::most_of_short;

/// The largest window and batch that are taken: beyond it a window is no bound.
pub(crate) const MOST: usize = 1 << 24;

/// The most workers that are taken: each has its place in several tables, and no system has threads for more.
pub(crate) const MOST_WORKERS: usize = 1 << 16;

/// What the options of the builder say; nothing here is decided yet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    pub(crate) label: &'static str,
    pub(crate) workers: Option<usize>,
    pub(crate) window: Option<usize>,
    pub(crate) batch: Option<usize>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Instant>,
    pub(crate) item_timeout: Option<Duration>,
    pub(crate) tokens: Vec<CancelToken>,
    pub(crate) thread_name: Option<String>,
    pub(crate) stack_size: Option<usize>,
    pub(crate) dedicated: bool,
    pub(crate) cpu_bound: bool,
    /// Whether a key belongs to one worker for the whole run.
    pub(crate) pinned: bool,
}

impl Settings {
    /// Panics, before anything has started, on a value that could only go wrong. The panic names the option.
    #[track_caller]
    pub(crate) fn check(&self) {
        assert_at_least_one(
            "workers",
            self.workers,
            "a run without workers would never end",
        );
        assert_at_least_one(
            "window",
            self.window,
            "a run with no room for an item would never end",
        );
        assert_at_least_one(
            "batch",
            self.batch,
            "a worker that is handed no items would never end",
        );
        assert_at_least_one("stack_size", self.stack_size, "a thread needs a stack");
        assert_at_most(
            "workers",
            self.workers,
            MOST_WORKERS,
            "more threads than a system has",
        );
        assert_at_most("window", self.window, MOST, "no bound at all");
        assert_at_most("batch", self.batch, MOST, "no bound at all");
        if let Some(name) = &self.thread_name {
            assert!(
                !name.contains('\0'),
                "fanout: `name` is {name:?}: a thread's name cannot contain a NUL; leave it out"
            );
        }
        if let (Some(batch), Some(window)) = (self.batch, self.window) {
            assert!(
                batch <= window,
                "fanout: `batch` is {batch} and `window` is {window}: a batch is taken out of the window, so it cannot be larger"
            );
        }
    }

    /// The worker count: as asked, or one for each core that this process may use.
    pub(crate) fn worker_count(&self) -> usize {
        self.workers
            .unwrap_or_else(crate::sync::thread::available_parallelism)
    }

    /// Up to how many items `try_push` fills a feed: as many as the window may hold of short ones.
    pub(crate) fn feed_room(&self) -> usize {
        self.window
            .unwrap_or_else(|| most_of_short(self.worker_count()))
    }

    /// When the whole run has to be over. An instant that the clock cannot represent is no deadline.
    pub(crate) fn run_deadline(&self, now: Instant) -> Option<Instant> {
        let by_timeout = self.timeout.and_then(|timeout| now.checked_add(timeout));
        match (by_timeout, self.deadline) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }
    }

    /// Whether the run is a loop on the calling thread.
    pub(crate) fn caller_is_the_only_worker(&self) -> bool {
        self.worker_count() == 1 && !self.dedicated && !self.wants_own_threads()
    }

    /// Whether the threads must be this run's own: a cached thread already has its name and its stack.
    pub(crate) fn wants_own_threads(&self) -> bool {
        self.thread_name.is_some() || self.stack_size.is_some()
    }
}

#[track_caller]
fn assert_at_least_one(option: &str, value: Option<usize>, why: &str) {
    assert!(
        value != Some(0),
        "fanout: `{option}` is 0: {why}; give at least 1"
    );
}

#[track_caller]
fn assert_at_most(option: &str, value: Option<usize>, most: usize, what: &str) {
    if let Some(value) = value {
        assert!(
            value <= most,
            "fanout: `{option}` is {value}, which is {what}; give at most {most} (2^{})",
            most.ilog2()
        );
    }
}
