//! Counting what workers did, and the report of it.

use core::time::Duration;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Common, Fate};
use crate::builder::hooks::Hooks;
use crate::deliver::caught::Payload;
use crate::outcome::error::Error;
use crate::outcome::report::{Ended, Report};
use crate::worker::work::Work;

/// What each worker did, by number.
#[derive(Debug)]
pub(crate) struct Stats(Vec<Share>);

/// A worker's part in it.
#[derive(Debug, Clone, Default)]
struct Share {
    items: u64,
    busy: Duration,
    started: bool,
}

impl Stats {
    pub(crate) fn new(workers: usize) -> Self {
        Self(vec![Share::default(); workers])
    }

    pub(crate) fn add(&mut self, worker: usize, items: u64, busy: Duration) {
        let share = &mut self.0[worker];
        share.items += items;
        share.busy += busy;
        share.started = true;
    }
}

impl<E> Fate<E> {
    pub(crate) fn ended(&self) -> Ended {
        match self {
            Self::Completed => Ended::Completed,
            Self::Failed(Error::Item { .. }) => Ended::Failed,
            Self::Failed(Error::Cancelled) => Ended::Cancelled,
            Self::Failed(Error::DeadlineExceeded) => Ended::DeadlineExceeded,
            Self::Panicked(_) => Ended::Panicked,
            Self::Stopped => Ended::Stopped,
        }
    }
}

impl<W, H: Hooks, K, E> Common<W, H, K, E> {
    /// Gives the report to those who asked for it. Returns their panic, for a caller that is not unwinding already.
    pub(crate) fn give_report<I>(
        &self,
        name: &'static str,
        workers: usize,
        high_water: usize,
        ended: Ended,
    ) -> Option<Payload>
    where
        W: Work<I>,
    {
        if !H::REPORT {
            return None;
        }
        let report = self.report(name, workers, high_water, ended);
        catch_unwind(AssertUnwindSafe(|| self.hooks.report(&report))).err()
    }

    fn report<I>(
        &self,
        name: &'static str,
        workers: usize,
        high_water: usize,
        ended: Ended,
    ) -> Report
    where
        W: Work<I>,
    {
        let fed = self.work.fed();
        let (feed_peak, dropped_pushes) = fed.map_or((0, 0), |fed| fed.figures());
        let stats = self.stats.lock();
        let (lost_panics, lost_errors) = self.failures.lost();
        Report {
            name,
            asked_workers: workers,
            started_workers: stats.0.iter().filter(|share| share.started).count(),
            refused_workers: self.roll.get().is_some_and(|roll| roll.refused()),
            items_per_worker: stats.0.iter().map(|share| share.items).collect(),
            busy_time: stats.0.iter().map(|share| share.busy).collect(),
            window_high_water: high_water,
            feed_peak,
            dropped_pushes,
            lost_panics,
            lost_errors,
            ended,
        }
    }
}
