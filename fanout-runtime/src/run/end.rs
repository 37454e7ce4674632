//! [`End`]: what is left of a run when nobody works on it any more, and how that becomes a terminal's answer.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::deliver::caught::Payload;
use crate::outcome::ending::Ending;
use crate::outcome::error::Error;

/// How a run ended.
#[derive(Debug)]
pub(crate) enum Fate<E> {
    /// Every result was handed over.
    Completed,
    /// An item failed, a token was cancelled or the deadline passed.
    Failed(Error<E>),
    /// User code panicked.
    Panicked(Payload),
    /// The consumer stopped early.
    Stopped,
}

impl<E> Fate<E> {
    /// Where nobody can be told: dropping the payload of a panic may panic again.
    pub(crate) fn forget(self) {
        if let Self::Panicked(payload) = self {
            core::mem::forget(payload);
        } else {
            forget_panic_of(move || drop(self));
        }
    }
}

/// What is left of a run.
#[must_use = "a panic of the run may be in it"]
pub(crate) struct End<E, K, W> {
    pub(crate) fate: Fate<E>,
    /// A panic of the closure that was given the report.
    pub(crate) report_panic: Option<Payload>,
    /// The workers' states, if they were kept.
    pub(crate) keep: K,
    pub(crate) work: W,
}

impl<E, K, W> End<E, K, W> {
    /// The answer of a terminal that has `whole` in hand: what `done` makes of it and of the states, or why the run did not
    /// get so far. A panic goes on from here, after `whole` and the states were dropped.
    pub(crate) fn answer<En, Out, C, R>(
        self,
        whole: C,
        done: impl FnOnce(C, K, &W) -> R,
    ) -> En::Outcome<R>
    where
        En: Ending<Out, Error = E>,
    {
        let Self {
            fate,
            report_panic,
            keep,
            work,
        } = self;
        match fate {
            Fate::Panicked(payload) => {
                // A part of a result is no result. Its destructors run before the panic goes on, because one that
                // panics while it does would abort the process.
                forget_panic_of(move || drop((whole, keep, work)));
                if let Some(other) = report_panic {
                    core::mem::forget(other);
                }
                resume_unwind(payload)
            }
            Fate::Failed(error) => {
                if let Some(payload) = report_panic {
                    resume_unwind(payload);
                }
                drop((whole, keep, work));
                En::conclude(Err(error))
            }
            Fate::Completed | Fate::Stopped => {
                if let Some(payload) = report_panic {
                    resume_unwind(payload);
                }
                En::conclude(Ok(done(whole, keep, &work)))
            }
        }
    }

    /// For a destructor, which must not panic.
    pub(crate) fn forget(self) {
        let Self {
            fate,
            report_panic,
            keep,
            work,
        } = self;
        fate.forget();
        if let Some(payload) = report_panic {
            core::mem::forget(payload);
        }
        forget_panic_of(move || drop((keep, work)));
    }
}

fn forget_panic_of(f: impl FnOnce()) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(f)) {
        core::mem::forget(payload);
    }
}
