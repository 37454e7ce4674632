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

/// A run by index that has been set up. No thread is asked for yet.
pub(super) struct ByIndex<X, W, E, H, K>
where
    X: Indexed,
    W: Work<X::Item>,
    E: Ending<W::Out>,
{
    run: IndexRun<X, W, E, H, K>,
    listening: Listening,
    plan: Plan,
    label: &'static str,
    /// Whether the first worker looks how much there is to do before it asks for others.
    cpu_bound: bool,
    /// [`Launched::new`]: taken where all is known to be `Send`.
    launch: Launch<IndexRun<X, W, E, H, K>>,
}

type Launch<R> = fn(R, Listening, Plan) -> Launched<R>;

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
        if W::FEEDS || !plan.caller_works || self.settings.window.is_some() || !fits {
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
        Ok(ByIndex {
            run: IndexRun {
                common,
                table: Table::new(items),
                batch: settings.batch,
            },
            listening,
            plan,
            label: settings.label,
            cpu_bound: settings.cpu_bound,
            launch: |run, listening, plan| {
                Launched::new(run, listening, plan, |run| &run.common.roll)
            },
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
        let Self {
            mut run,
            listening,
            plan,
            label,
            cpu_bound,
            launch,
        } = self;
        let stop = listening.stop.clone();
        // As with every other input: a run that begins too late has not seen its end, be it empty.
        let too_late = stop.is_stopped() || stop.check_deadline();
        let workers = plan.workers;
        let mut hand = run.first_hand();
        // A few short items are over before a pool would be there.
        let is_over = match workers {
            1 => {
                run.serve_alone(&mut hand);
                true
            }
            _ => cpu_bound && run.begin_alone(&mut hand),
        };
        let run = if is_over {
            run.common.lay_down(hand);
            stop.stop(Reason::Over);
            drop(listening);
            run
        } else {
            run.table.open_lanes(workers);
            let launched = launch(run, listening, plan);
            launched.run.common.summon_for(&mut hand);
            launched.run.serve(hand);
            // Waits for the items that helpers are inside; helpers that have not begun are called off.
            launched.dismiss();
            stop.stop(Reason::Over);
            launched.into_run()
        };
        let IndexRun { common, table, .. } = run;
        let mut panic = FirstPanic::none();
        let reached = table.reached();
        let results = table.finish(&mut panic);
        common.lose(panic);
        let fate = common.fate(results.is_some() && !too_late, reached);
        let report_panic = common.give_report::<X::Item>(label, workers, 0, fate.ended());
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
