//! Runs whose results go straight to their places: the calling thread is worker 0, and there is no window.

use crate::builder::FanOut;
use crate::builder::hooks::Hooks;
use crate::deliver::caught::FirstPanic;
use crate::deliver::table::{MOST_ITEMS, Table};
use crate::input::{Indexed, Open};
use crate::outcome::ending::Ending;
use crate::outcome::order::Order;
use crate::run::{End, Keep, Launched, Listening, Plan};
use crate::stop::Reason;
use crate::worker::by_index::IndexRun;
use crate::worker::work::Work;

/// A run by index that has been set up.
pub(super) struct ByIndex<X, W, E, H, K>
where
    X: Indexed,
    W: Work<X::Item>,
    E: Ending<W::Out>,
{
    launched: Launched<IndexRun<X, W, E, H, K>>,
    label: &'static str,
    workers: usize,
}

type RunByIndex<S, W, E, H, K> = ByIndex<<S as Open>::ByIndex, W, E, H, K>;

impl<S, W, O, E, H> FanOut<S, W, O, E, H>
where
    S: Open,
    W: Work<S::Item>,
    O: Order,
    E: Ending<W::Out>,
    H: Hooks,
    S::Item: Send,
    E::Item: Send,
    E::Error: Send,
{
    /// The run by index, where the input has indexes and nothing was asked for that needs a window; else the fan-out as
    /// it was.
    #[allow(
        clippy::result_large_err,
        reason = "the fan-out is handed back whole, once a run, to be run in the other way"
    )]
    #[track_caller]
    pub(super) fn by_index<K>(self, keep: K) -> Result<RunByIndex<S, W, E, H, K>, (Self, K)>
    where
        K: Keep<W::Local> + Send + Sync,
    {
        let plan = Plan::new(&self.settings, true);
        // A longer input is streamed.
        let fits = self.source.advice().is_some_and(|len| len <= MOST_ITEMS);
        if W::FEEDS
            || !plan.caller_works
            || plan.workers == 1
            || self.settings.window.is_some()
            || !fits
        {
            return Err((self, keep));
        }
        let Self {
            source,
            work,
            hooks,
            settings,
            kind,
        } = self;
        let advice = source.advice();
        let items = match source.by_index() {
            Ok(items) => items,
            Err(source) => {
                let fan_out = Self {
                    source,
                    work,
                    hooks,
                    settings,
                    kind,
                };
                return Err((fan_out, keep));
            }
        };
        let listening = Listening::new(&settings, None);
        let parts = (work, hooks, keep);
        let common = plan.common(&settings, O::ORDERED, advice, parts, listening.stop.clone());
        let workers = plan.workers;
        let run = IndexRun {
            common,
            table: Table::new(items, workers),
            batch: settings.batch,
            cpu_bound: settings.cpu_bound,
        };
        Ok(ByIndex {
            launched: Launched::new(run, listening, plan, |run| &run.common.roll),
            label: settings.label,
            workers,
        })
    }
}

impl<X, W, E, H, K> ByIndex<X, W, E, H, K>
where
    X: Indexed,
    W: Work<X::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local>,
{
    /// Runs all of it, on this thread and the helpers'. The results are empty where the run was stopped.
    pub(super) fn run_to_end(self) -> (Vec<E::Item>, End<E::Error, K, W>) {
        let stop = self.launched.stop();
        // As with every other input: a run that begins too late has not seen its end, be it empty.
        let too_late = stop.is_stopped() || stop.check_deadline();
        self.launched.run.serve(0);
        // Waits for the items that helpers are inside; helpers that have not begun are called off.
        self.launched.dismiss();
        self.launched.stop().stop(Reason::Over);
        let IndexRun { common, table, .. } = self.launched.into_run();
        let mut panic = FirstPanic::none();
        let reached = table.reached();
        let results = table.finish(&mut panic);
        common.lose(panic);
        let fate = common.fate(results.is_some() && !too_late, reached);
        let report_panic = common.give_report::<X::Item>(self.label, self.workers, 0, fate.ended());
        let end = End {
            fate,
            report_panic,
            keep: common.keep,
            work: common.work,
        };
        (results.unwrap_or_default(), end)
    }

    /// As [`run_to_end`](Self::run_to_end), for results that are nothing.
    pub(super) fn run_without_results(self) -> ((), End<E::Error, K, W>) {
        let (_, end) = self.run_to_end();
        ((), end)
    }
}
