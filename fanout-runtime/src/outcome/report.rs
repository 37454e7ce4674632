//! [`Report`]: what a run did, for [`on_report`](crate::FanOut::on_report).

use core::time::Duration;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ended {
    /// The end of the input was seen and every result handed over.
    Completed,
    /// The item function returned `Err`, with `cancel_on_error`.
    Failed,
    /// User code panicked.
    Panicked,
    /// A token was cancelled.
    Cancelled,
    /// The deadline passed.
    DeadlineExceeded,
    /// The consumer stopped early: a stream was dropped or stopped, a closure of `try_for_each` returned `Err`.
    Stopped,
}

/// What a run did. Given once to [`on_report`](crate::FanOut::on_report), on the thread that ends the run.
#[derive(Debug, Clone)]
pub struct Report {
    pub(crate) name: &'static str,
    pub(crate) asked_workers: usize,
    pub(crate) started_workers: usize,
    pub(crate) refused_workers: bool,
    pub(crate) items_per_worker: Vec<u64>,
    pub(crate) busy_time: Vec<Duration>,
    pub(crate) window_high_water: usize,
    pub(crate) feed_peak: usize,
    pub(crate) dropped_pushes: u64,
    pub(crate) lost_panics: u64,
    pub(crate) lost_errors: u64,
    pub(crate) ended: Ended,
}

impl Report {
    /// The name of the annotated function; empty for a run built by hand.
    pub fn name(&self) -> &'static str {
        self.name
    }
    /// How many workers were asked for.
    pub fn asked_workers(&self) -> usize {
        self.asked_workers
    }
    /// How many workers took part: those that were given at least one item, or started to look for one.
    ///
    /// Fewer than asked when the input ended before the last one was needed, or when the operating system refused a
    /// thread ([`refused_workers`](Self::refused_workers) tells).
    pub fn started_workers(&self) -> usize {
        self.started_workers
    }
    /// Whether the operating system refused a thread. The run went on with those it had.
    pub fn refused_workers(&self) -> bool {
        self.refused_workers
    }
    /// How many items each worker ran, by worker number. One worker doing it all shows here.
    pub fn items_per_worker(&self) -> &[u64] {
        &self.items_per_worker
    }
    /// How many items were run in all.
    pub fn items(&self) -> u64 {
        self.items_per_worker.iter().sum()
    }
    /// How long each worker was inside the item function, by worker number.
    ///
    /// Clocks are read for a batch and not for an item. Of one worker over an iterator, which waits for each item and runs it
    /// in turn, the time of a batch is divided as that of its first item was.
    pub fn busy_time(&self) -> &[Duration] {
        &self.busy_time
    }
    /// The most items that were taken in and not yet delivered at any time.
    ///
    /// Zero where there is no window: one worker on the calling thread, and `collect` or `run` over an indexed input,
    /// whose results go straight to their places. One worker over an iterator looks when a batch of it ends, and may have seen
    /// less than there was meanwhile.
    pub fn window_high_water(&self) -> usize {
        self.window_high_water
    }
    /// The most items that were waiting in the [`Feed`](crate::Feed) at any time.
    pub fn feed_peak(&self) -> usize {
        self.feed_peak
    }
    /// Items that were pushed and never started, because the run had stopped.
    pub fn dropped_pushes(&self) -> u64 {
        self.dropped_pushes
    }
    /// Panics that lost to the one that is resumed; their payloads were forgotten.
    pub fn lost_panics(&self) -> u64 {
        self.lost_panics
    }
    /// Errors that lost to the one that is returned.
    pub fn lost_errors(&self) -> u64 {
        self.lost_errors
    }
    /// How the run ended.
    pub fn ended(&self) -> Ended {
        self.ended
    }
}

/// How far a run has come, for [`on_progress`](crate::FanOut::on_progress).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Items whose call has returned.
    pub finished: u64,
    /// Items in all, where the input knows.
    pub total: Option<u64>,
}
