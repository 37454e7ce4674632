//! [`Launched`]: a run with its helpers, and the promise that they are gone before it is.

use std::sync::OnceLock;

use super::Common;
use crate::builder::settings::Settings;
use crate::stop::{CancelToken, Reason, StageLink, Stop};
use crate::sync::Arc;
use crate::sync::{Mutex, time};
use crate::testing::Open;
use crate::threads::{Chain, Crew, Help, Roll, Style};

use super::{Failures, Stats, Tally};

/// What was decided from the settings, before anything starts.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) workers: usize,
    /// Whether the calling thread is worker 0, so that one helper fewer is needed.
    pub(crate) caller_works: bool,
    pub(crate) style: Style,
}

impl Plan {
    /// `caller_works`: whether the calling thread can be a worker.
    pub(crate) fn new(settings: &Settings, caller_works: bool) -> Self {
        Self {
            workers: settings.worker_count(),
            caller_works: caller_works && !settings.wants_own_threads() && !settings.dedicated,
            style: Style {
                name: settings.thread_name.clone(),
                stack_size: settings.stack_size,
            },
        }
    }

    fn first_helper(&self) -> usize {
        usize::from(self.caller_works)
    }

    /// What the workers share, for this plan.
    pub(crate) fn common<W, H, K, E>(
        &self,
        settings: &Settings,
        ordered: bool,
        advice: Option<u64>,
        parts: (W, H, K),
        stop: Arc<Stop>,
    ) -> Common<W, H, K, E> {
        let (work, hooks, keep) = parts;
        Common {
            work,
            hooks,
            keep,
            stop,
            failures: Failures::new(),
            stats: Mutex::new(Stats::new(self.workers)),
            tally: Tally::new(),
            advice,
            item_timeout: settings.item_timeout,
            ordered,
            first_helper: self.first_helper(),
            roll: OnceLock::new(),
        }
    }
}

/// The stop state of a run, listening to the tokens that it was given, and the chain of stages that it is part of.
pub(crate) struct Listening {
    pub(crate) stop: Arc<Stop>,
    chain: Chain,
    // Dropping these takes the callbacks out of the tokens. A callback that is running meanwhile owns the stop state.
    tokens: Vec<crate::stop::token::Registration>,
    /// Known to a test for leaks, if the run is in one, for as long as this lives.
    open: Option<Open>,
}

impl Listening {
    /// `chain`: of the run that pulls from this one, if there is one.
    #[track_caller]
    pub(crate) fn new(settings: &Settings, chain: Option<Chain>) -> Self {
        // A stage is over before the run that pulls from it, which answers for it.
        let (chain, open) = match chain {
            Some(chain) => (chain, None),
            None => {
                let chain = Chain::new();
                let open = Open::in_block(chain.block(), settings.label);
                (chain, open)
            }
        };
        let mut listening = Self {
            stop: Stop::new(settings.run_deadline(time::now())),
            chain,
            tokens: Vec::new(),
            open,
        };
        for token in &settings.tokens {
            listening.listen_to(token, Reason::Cancelled);
        }
        listening
    }

    /// What the stage before this run is given.
    pub(crate) fn link(&self) -> StageLink {
        StageLink {
            stop: self.stop.clone(),
            chain: self.chain.clone(),
        }
    }

    /// From now on cancelling `token` stops the run, for `reason`.
    pub(crate) fn listen_to(&mut self, token: &CancelToken, reason: Reason) {
        let stop = self.stop.clone();
        self.tokens.push(token.on_cancel(move || stop.stop(reason)));
    }
}
/// A run and the crew that works on it.
///
/// Field order matters: the crew is dropped first and waits for the helpers, then the run that they worked on.
pub(crate) struct Launched<R> {
    crew: Crew,
    pub(crate) run: Arc<R>,
    pub(crate) listening: Listening,
}

impl<R: Help + Send> Launched<R> {
    /// Makes the crew; no thread is asked for yet.
    pub(crate) fn new(
        run: R,
        listening: Listening,
        plan: Plan,
        roll: fn(&R) -> &OnceLock<Arc<Roll>>,
    ) -> Self {
        let run = Arc::new(run);
        let limit = plan.workers - plan.first_helper();
        let work: *const R = Arc::as_ptr(&run);
        let chain = listening.chain.clone();
        // SAFETY: the run stays where it is in its `Arc` while `Launched` moves, and nothing takes it `&mut` before the crew
        // is gone. It is dropped with `Launched`, after the crew, whose drop waits until no helper is inside; or, after
        // `abandon`, by the last helper out. Leaking `Launched` leaks the `Arc`, so the run then stays for ever; what it
        // borrows stays too, because a `Launched` over borrowed data never leaves a frame of ours (the terminals own it,
        // `scope` owns it while it lends a stream, a stage is owned by the run that pulls from it), and only one over
        // `'static` data is ever given away.
        let crew = unsafe { Crew::new(work as *const (dyn Help + '_), limit, plan.style, chain) };
        // The cell is new, so this always sets it.
        let _ = roll(&run).set(crew.handle());
        if let Some(open) = &listening.open {
            open.has_helpers(&crew.handle());
        }
        Self {
            crew,
            run,
            listening,
        }
    }
}

impl<R> Launched<R> {
    pub(crate) fn stop(&self) -> &Stop {
        &self.listening.stop
    }

    /// Waits until no helper is inside. Does not stop the run: the helpers leave when there is nothing left.
    pub(crate) fn dismiss(&self) {
        self.crew.dismiss();
    }

    /// Whether this thread is one of the helpers, or of those of a stage before, so that waiting for them would be waiting
    /// for itself.
    pub(crate) fn is_inside(&self) -> bool {
        self.crew.is_inside()
    }

    /// The run itself, when its helpers have left.
    pub(crate) fn into_run(self) -> R {
        let Self {
            crew,
            run,
            listening,
        } = self;
        drop(crew);
        drop(listening);
        match Arc::try_unwrap(run) {
            Ok(run) => run,
            Err(_) => unreachable!(
                "fanout: a run is in use after its helpers have left; this is a bug in fanout"
            ),
        }
    }
}

impl<R: Send + Sync + 'static> Launched<R> {
    /// For a stream that one of its own workers drops: the last helper out ends the run with `end`, and frees it.
    pub(crate) fn abandon(self, end: impl FnOnce(&R) + Send + 'static) {
        let Self {
            crew,
            run,
            listening,
        } = self;
        crew.abandon_to_last(Box::new(Estate {
            end: Some(end),
            run,
            _listening: listening,
        }));
    }
}

/// What is left to the last helper out, who drops it.
struct Estate<R, F: FnOnce(&R)> {
    end: Option<F>,
    run: Arc<R>,
    _listening: Listening,
}

impl<R, F: FnOnce(&R)> Drop for Estate<R, F> {
    fn drop(&mut self) {
        if let Some(end) = self.end.take() {
            end(&self.run);
        }
    }
}
