//! The terminals that gather results.

use super::results::{Results, gather};
use crate::builder::FanOut;
use crate::builder::hooks::Hooks;
use crate::input::Open;
use crate::outcome::ending::EndingKind;
use crate::outcome::kept::CanBeKept;
use crate::outcome::order::{AnyOrder, Order, Ordered, Unordered};
use crate::outcome::order_free::OrderFree;
use crate::outcome::sent::Sent;
use crate::run::{DropLocals, KeepLocals};
use crate::worker::has_state::HasState;
use crate::worker::sends::Delivers;
use crate::worker::work::Work;

impl<S, W, E, H> FanOut<S, W, Ordered, E, H>
where
    S: Open,
    W: Work<S::Item>,
    E: EndingKind,
    H: Hooks,
{
    /// Gathers all results, in input order.
    ///
    /// Into any `C: FromIterator`: a `Vec`, a `String`, a map, a `Result` or `Option` of these. Over a vector, a slice or
    /// an array the results are written straight to their places. Collecting into a `Result` or an `Option` without
    /// `cancel_on_error` runs every item all the same, and keeps the failure of the lowest index.
    ///
    /// Returns `C` if nothing can stop the run, `Result<C, E>` with `cancel_on_error`, `Result<C, Error<E>>` with a timeout or
    /// a token. The item function may run on this thread.
    ///
    /// # Panics
    /// Resumes the panic of the lowest index, as the loop would have; panics if an option is out of range.
    #[track_caller]
    pub fn collect<C: FromIterator<E::Item>>(self) -> E::Outcome<C>
    where
        S::Item: Sent,
        E: Delivers<W, S::Item>,
    {
        self.settings.check();
        match self.by_index(DropLocals) {
            Ok(run) => {
                let (all, end) = run.run_to_end();
                end.answer::<E, W::Out, _, _>(all, |all, _, _| all.into_iter().collect())
            }
            Err((fan_out, keep)) => {
                let (whole, end) = gather(Results::start(fan_out, keep), |results| {
                    results.map(|(_, out)| out).collect()
                });
                end.answer::<E, W::Out, _, _>(whole, |whole, _, _| whole)
            }
        }
    }

    /// Gathers all results and the workers' states, in worker order.
    ///
    /// # Panics
    /// As [`collect`](Self::collect).
    #[track_caller]
    pub fn collect_with_locals<C: FromIterator<E::Item>>(self) -> E::Outcome<(C, Vec<W::Local>)>
    where
        S::Item: Sent,
        E: Delivers<W, S::Item>,
        W: HasState,
        W::Local: CanBeKept,
    {
        let (whole, end) = gather(Results::start(self, KeepLocals::new()), |results| {
            results.map(|(_, out)| out).collect()
        });
        end.answer::<E, W::Out, _, _>(whole, |whole, keep, _| (whole, keep.take()))
    }
}

impl<S, W, E, H> FanOut<S, W, Unordered, E, H>
where
    S: Open,
    W: Work<S::Item>,
    E: EndingKind,
    H: Hooks,
{
    /// Gathers all results into a collection that does not depend on their order: a set, a map, a heap, a `Result` or
    /// `Option` of these.
    ///
    /// Into a `Vec` an unordered run does not collect, because completion order would pass for input order: add `ordered`,
    /// or call [`collect_unordered`](Self::collect_unordered).
    ///
    /// Collecting into a `Result` or an `Option` without `cancel_on_error` runs every item all the same, and keeps the
    /// failure of the lowest index. The item function may run on this thread.
    ///
    /// # Panics
    /// Resumes a worker's panic; panics if an option is out of range.
    #[track_caller]
    pub fn collect<C: FromIterator<E::Item> + OrderFree>(self) -> E::Outcome<C>
    where
        S::Item: Sent,
        E: Delivers<W, S::Item>,
    {
        let (whole, end) = gather(Results::start(self, DropLocals), |results| {
            free_of_order(results)
        });
        end.answer::<E, W::Out, _, _>(whole, |whole, _, _| whole)
    }

    /// Gathers all results as [`collect`](Self::collect) does, and the workers' states in worker order.
    ///
    /// # Panics
    /// Resumes a worker's panic; panics if an option is out of range.
    #[track_caller]
    pub fn collect_with_locals<C>(self) -> E::Outcome<(C, Vec<W::Local>)>
    where
        S::Item: Sent,
        E: Delivers<W, S::Item>,
        C: FromIterator<E::Item> + OrderFree,
        W: HasState,
        W::Local: CanBeKept,
    {
        let (whole, end) = gather(Results::start(self, KeepLocals::new()), |results| {
            free_of_order(results)
        });
        end.answer::<E, W::Out, _, _>(whole, |whole, keep, _| (whole, keep.take()))
    }
}

impl<S, W, O, E, H> FanOut<S, W, O, E, H>
where
    S: Open,
    W: Work<S::Item>,
    O: Order,
    E: EndingKind,
    H: Hooks,
{
    /// Gathers all results in the order in which they are finished.
    ///
    /// # Panics
    /// Resumes a worker's panic; panics if an option is out of range.
    #[track_caller]
    pub fn collect_unordered(self) -> E::Outcome<Vec<E::Item>>
    where
        O: AnyOrder,
        S::Item: Sent,
        E: Delivers<W, S::Item>,
    {
        self.collect_unordered_into()
    }

    /// Gathers all results into any collection, in the order in which they are finished. Into a `Result` or an `Option` that
    /// means: the failure that came first in time.
    ///
    /// # Panics
    /// Resumes a worker's panic; panics if an option is out of range.
    #[track_caller]
    pub fn collect_unordered_into<C: FromIterator<E::Item>>(self) -> E::Outcome<C>
    where
        O: AnyOrder,
        S::Item: Sent,
        E: Delivers<W, S::Item>,
    {
        let (whole, end) = gather(Results::start(self, DropLocals), |results| {
            results.map(|(_, out)| out).collect()
        });
        end.answer::<E, W::Out, _, _>(whole, |whole, _, _| whole)
    }
}

pub(super) fn in_input_order<T>(mut all: Vec<(u64, T)>) -> impl Iterator<Item = T> {
    all.sort_unstable_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, out)| out)
}

/// Into a collection that does not depend on the order of its elements, except for the failure that it keeps.
fn free_of_order<T, C>(results: impl Iterator<Item = (u64, T)>) -> C
where
    C: FromIterator<T> + OrderFree,
{
    if C::KEEPS_FIRST_FAILURE {
        in_input_order(results.collect()).collect()
    } else {
        results.map(|(_, out)| out).collect()
    }
}
