//! The terminals that hand each result to a closure on the calling thread.

use super::results::Results;
use crate::builder::FanOut;
use crate::builder::hooks::Hooks;
use crate::input::Open;
use crate::outcome::ending::{EndingInto, EndingKind};
use crate::outcome::order::Order;
use crate::outcome::sent::Sent;
use crate::run::{DropLocals, End, Fate};
use crate::stop::Reason;
use crate::worker::sends::Delivers;
use crate::worker::work::Work;

impl<S, W, O, E, H> FanOut<S, W, O, E, H>
where
    S: Open,
    W: Work<S::Item>,
    O: Order,
    E: EndingKind,
    H: Hooks,
{
    /// Calls `f` with each result, on this thread, so `f` may borrow and change what it likes.
    ///
    /// In input order if the run is ordered. With one worker the item function runs on this thread, and in a
    /// `cpu_bound` run it may while there is nothing to hand over.
    ///
    /// # Panics
    /// Resumes a panic of `f`, or of a worker; panics if an option is out of range.
    #[track_caller]
    pub fn for_each(self, mut f: impl FnMut(E::Item)) -> E::Outcome<()>
    where
        S::Item: Sent,
        E: Delivers<W, S::Item>,
    {
        let mut results = Results::start(self, DropLocals);
        (&mut results).for_each(|(_, out)| f(out));
        let end = results.end(Reason::Over);
        end.answer::<E, W::Out, _, _>((), |(), _, _| ())
    }

    /// As [`for_each`](Self::for_each), with a closure that can fail: its first `Err` stops the run and is returned. The
    /// run's own error, where it has one, becomes the closure's by `From`.
    ///
    /// # Errors
    /// What `f` returned, or why the run stopped.
    ///
    /// # Panics
    /// As [`for_each`](Self::for_each); but in an ordered run not for the panic of an item behind the result at which `f`
    /// failed, as the loop would not have come to it.
    #[track_caller]
    pub fn try_for_each<E2>(self, mut f: impl FnMut(E::Item) -> Result<(), E2>) -> Result<(), E2>
    where
        S::Item: Sent,
        E: Delivers<W, S::Item> + EndingInto<W::Out, E2>,
    {
        let mut results = Results::start(self, DropLocals);
        let by_consumer = (&mut results).try_for_each(|(_, out)| f(out));
        let reason = match by_consumer {
            Ok(()) => Reason::Over,
            Err(_) => Reason::Consumer,
        };
        let End {
            fate, report_panic, ..
        } = results.end(reason);
        match (fate, report_panic) {
            // Ordered, the loop would have ended at the closure's error, before it came to the item that panicked.
            (Fate::Panicked(payload), None) if O::ORDERED && by_consumer.is_err() => {
                core::mem::forget(payload);
                by_consumer
            }
            (Fate::Panicked(payload), other) => {
                core::mem::forget(other);
                std::panic::resume_unwind(payload)
            }
            (_, Some(payload)) => std::panic::resume_unwind(payload),
            // What the closure said comes first: in the loop nothing would have come after it.
            (fate, None) => match (by_consumer, fate) {
                (Err(error), _) => Err(error),
                (Ok(()), Fate::Failed(error)) => Err(E::into_error(error)),
                (Ok(()), _) => Ok(()),
            },
        }
    }
}
