//! Which failure is the run's.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Common, Fate};
use crate::deliver::caught::{FirstPanic, Payload};
use crate::outcome::error::Error;
use crate::stop::Reason;
use crate::sync::Mutex;

/// Why an item stopped the run.
#[derive(Debug)]
pub(crate) enum Cause<E> {
    /// The item function returned `Err`, and the run cancels on errors.
    Fault(E),
    /// The item function (or what belongs to the item) panicked.
    Panic(Payload),
}

#[derive(Debug)]
struct Slot<E> {
    failure: Option<(u64, Cause<E>)>,
    stray: Option<Payload>,
    lost_panics: u64,
    lost_errors: u64,
}

/// The failure that counts, and how many lost against it.
#[derive(Debug)]
pub(crate) struct Failures<E>(Mutex<Slot<E>>);

impl<E> Failures<E> {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(Slot {
            failure: None,
            stray: None,
            lost_panics: 0,
            lost_errors: 0,
        }))
    }

    /// Ordered: the lowest index wins, as it would have in the sequential loop. Unordered: the first in time, but a panic
    /// beats an error.
    pub(crate) fn record(&self, index: u64, cause: Cause<E>, ordered: bool) {
        let loser = {
            let mut slot = self.0.lock();
            let wins = match &slot.failure {
                None => true,
                Some((other, _)) if ordered => index < *other,
                Some((_, Cause::Panic(_))) => false,
                Some((_, Cause::Fault(_))) => matches!(cause, Cause::Panic(_)),
            };
            let loser = if wins {
                slot.failure.replace((index, cause)).map(|(_, cause)| cause)
            } else {
                Some(cause)
            };
            match loser {
                Some(Cause::Panic(_)) => slot.lost_panics += 1,
                Some(Cause::Fault(_)) => slot.lost_errors += 1,
                None => {}
            }
            loser
        };
        // Outside the lock: dropping an error is user code.
        match loser {
            // Dropping a payload may panic again, and there is nobody left to tell.
            Some(Cause::Panic(payload)) => core::mem::forget(payload),
            Some(Cause::Fault(error)) => self.drop_error(error),
            None => {}
        }
    }

    /// A panic that belongs to no item. The first stays.
    pub(crate) fn record_stray(&self, payload: Payload) {
        let mut slot = self.0.lock();
        if slot.stray.is_none() {
            slot.stray = Some(payload);
        } else {
            slot.lost_panics += 1;
            core::mem::forget(payload);
        }
    }

    pub(crate) fn lost(&self) -> (u64, u64) {
        let slot = self.0.lock();
        (slot.lost_panics, slot.lost_errors)
    }

    fn lose_error(&self, error: E) {
        self.0.lock().lost_errors += 1;
        self.drop_error(error);
    }

    fn drop_error(&self, error: E) {
        if let Err(payload) = catch_unwind(AssertUnwindSafe(move || drop(error))) {
            self.record_stray(payload);
        }
    }

    fn take(&self) -> (Option<(u64, Cause<E>)>, Option<Payload>) {
        let mut slot = self.0.lock();
        (slot.failure.take(), slot.stray.take())
    }
}

impl<W, H, K, E> Common<W, H, K, E> {
    /// What became of dropping items that did not start and results that nobody will have.
    pub(crate) fn lose(&self, panic: FirstPanic) {
        if let Some(payload) = panic.into_payload() {
            self.fail_astray(payload);
        }
    }

    /// How the run ended. To be asked once, when nobody works on it any more.
    ///
    /// `everything`: all results of the input were handed over. `reached`: how many were, in input order.
    pub(crate) fn fate(&self, everything: bool, reached: u64) -> Fate<E> {
        match self.failures.take() {
            // Ordered, and a token or the deadline came before the items below the failure were done: the loop would not
            // have got to the failure, and one below may have been missed.
            (Some((index, Cause::Fault(error))), None) if self.ordered && reached < index => {
                match cancellation(self.stop.cut()) {
                    Some(cancelled) => {
                        self.failures.lose_error(error);
                        Fate::Failed(cancelled)
                    }
                    None => Fate::Failed(Error::Item { index, error }),
                }
            }
            (Some((_, Cause::Panic(payload))), stray) => {
                if let Some(stray) = stray {
                    core::mem::forget(stray);
                }
                Fate::Panicked(payload)
            }
            (Some((_, Cause::Fault(error))), Some(stray)) => {
                self.failures.drop_error(error);
                Fate::Panicked(stray)
            }
            (None, Some(stray)) => Fate::Panicked(stray),
            (Some((index, Cause::Fault(error))), None) => {
                Fate::Failed(Error::Item { index, error })
            }
            (None, None) if everything => Fate::Completed,
            (None, None) => cancellation(self.stop.reason()).map_or(Fate::Stopped, Fate::Failed),
        }
    }
}

fn cancellation<E>(reason: Option<Reason>) -> Option<Error<E>> {
    match reason? {
        Reason::Cancelled => Some(Error::Cancelled),
        Reason::Deadline => Some(Error::DeadlineExceeded),
        Reason::Failed | Reason::Panicked | Reason::Consumer | Reason::Over => None,
    }
}
