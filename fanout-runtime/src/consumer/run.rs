//! The terminals of runs that return nothing: run to the end, keep the workers' states.

use super::merging::merge_in_order;
use super::results::{Results, gather};
use crate::builder::FanOut;
use crate::builder::hooks::Hooks;
use crate::input::Open;
use crate::outcome::ending::EndingKind;
use crate::outcome::error::Error;
use crate::outcome::kept::CanBeKept;
use crate::outcome::order::Order;
use crate::outcome::sent::Sent;
use crate::run::{DropLocals, Fate, KeepLocals};
use crate::worker::has_state::Stateful;
use crate::worker::sends::Delivers;
use crate::worker::work::{Merge, Work};

/// What the item function of a run without results hands over: nothing.
#[diagnostic::on_unimplemented(
    message = "FO406: `{Self}` is what each item returns, and this terminal would drop it unseen",
    label = "results of this type would be lost",
    note = "collect the results (`.collect()`, `.for_each(..)`, `.collect_with_locals()`), or return `()` from the item function (`Result<(), E>` with `cancel_on_error`)",
    note = "FO406 is explained in `fanout::guide::fo406`"
)]
pub trait Nothing {}

#[diagnostic::do_not_recommend]
impl Nothing for () {}

impl<S, W, O, E, H> FanOut<S, W, O, E, H>
where
    S: Open,
    W: Work<S::Item>,
    O: Order,
    E: EndingKind,
    H: Hooks,
{
    /// Runs every item, for item functions that return nothing. The item function may run on this thread.
    ///
    /// # Panics
    /// Resumes a worker's panic; panics if an option is out of range.
    #[track_caller]
    pub fn run(self) -> E::Outcome<()>
    where
        S::Item: Sent,
        E: Delivers<W, S::Item>,
        E::Item: Nothing,
    {
        self.settings.check();
        match self.by_index(DropLocals) {
            Ok(run) => {
                let ((), end) = run.run_without_results();
                end.answer::<E, W::Out, _, _>((), |(), _, _| ())
            }
            Err((fan_out, keep)) => {
                let ((), end) = gather(Results::start(fan_out, keep), |_| ());
                end.answer::<E, W::Out, _, _>((), |(), _, _| ())
            }
        }
    }

    /// Runs every item and returns the workers' states, in worker order: one for each worker that was given an item.
    ///
    /// # Panics
    /// Resumes a worker's panic; panics if an option is out of range.
    #[track_caller]
    pub fn locals<M>(self) -> E::Outcome<Vec<W::Local>>
    where
        S::Item: Sent,
        E: Delivers<W, S::Item>,
        W: Stateful<M>,
        W::Given<E::Item>: Nothing,
        W::Local: CanBeKept,
    {
        self.settings.check();
        match self.by_index(KeepLocals::new()) {
            Ok(run) => {
                let ((), end) = run.run_without_results();
                end.answer::<E, W::Out, _, _>((), |(), keep, _| keep.take())
            }
            Err((fan_out, keep)) => {
                let ((), end) = gather(Results::start(fan_out, keep), |_| ());
                end.answer::<E, W::Out, _, _>((), |(), keep, _| keep.take())
            }
        }
    }

    /// Runs every item and makes one state of the workers' states with `f`, in worker order. If no worker was needed
    /// (the input was empty), the state is made on this thread.
    ///
    /// `f` must be associative and commutative, because which worker runs which item differs from run to run. If it takes
    /// longer than 200 us for the first two states, the others are merged as a tree, in parallel.
    ///
    /// # Panics
    /// Resumes a panic of `f`, or of a worker; panics if an option is out of range.
    #[track_caller]
    pub fn merge<L, M>(self, f: impl Fn(L, L) -> L + Send + Sync) -> E::Outcome<L>
    where
        S::Item: Sent,
        E: Delivers<W, S::Item>,
        W: Stateful<M, Given<<W as Work<S::Item>>::Local> = L>,
        W::Given<E::Item>: Nothing,
        W::Local: CanBeKept,
    {
        self.merge_by(|_, first, second| f(first, second))
    }

    /// As [`merge`](Self::merge), with the function that [`merge_with`](Self::merge_with) (`merge = path` in the attribute) gave.
    ///
    /// # Panics
    /// As [`merge`](Self::merge).
    #[track_caller]
    pub fn merged<L, M>(self) -> E::Outcome<L>
    where
        S::Item: Sent,
        E: Delivers<W, S::Item>,
        W: Stateful<M, Given<<W as Work<S::Item>>::Local> = L>,
        W::Given<E::Item>: Nothing,
        W::Given<W>: Merge<L>,
        W::Local: CanBeKept,
    {
        self.merge_by(|work, first, second| W::show(work).merge(first, second))
    }

    #[track_caller]
    fn merge_by<L, M>(self, f: impl Fn(&W, L, L) -> L + Send + Sync) -> E::Outcome<L>
    where
        S::Item: Sent,
        E: Delivers<W, S::Item>,
        W: Stateful<M, Given<<W as Work<S::Item>>::Local> = L>,
        W::Local: CanBeKept,
    {
        self.settings.check();
        let mut end = match self.by_index(KeepLocals::new()) {
            Ok(run) => run.run_without_results().1,
            Err((fan_out, keep)) => gather(Results::start(fan_out, keep), |_| ()).1,
        };
        let mut first = None;
        if matches!(end.fate, Fate::Completed) && end.keep.is_empty() {
            match end.work.init() {
                Ok(local) => first = Some(local),
                Err(out) => {
                    if let Err(error) = E::judge(out) {
                        end.fate = Fate::Failed(Error::Item { index: 0, error });
                    }
                }
            }
        }
        end.answer::<E, W::Out, _, _>((), |(), keep, work| {
            let states = first.into_iter().chain(keep.take());
            let merge = |one, other| W::take(f(work, W::give(one), W::give(other)));
            match merge_in_order(states, merge) {
                Some(merged) => W::give(merged),
                None => {
                    unreachable!("fanout: a complete run without a state; this is a bug in fanout")
                }
            }
        })
    }
}
