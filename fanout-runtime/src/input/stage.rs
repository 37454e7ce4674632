//! Another fan-out: its output window is this one's source.
//!
//! Each stage has threads of its own. Pulling from a stage takes what is ready there and never runs its items; a worker
//! that finds nothing waits in that stage's window, holding no lock of its own run. When the last run stops, the stages
//! before it stop too; each is joined before the run that pulls from it is over.

use super::{ByStage, Input, NotIndexed, Open, Opened, Source};
use crate::builder::FanOut;
use crate::builder::hooks::Hooks;
use crate::consumer::{Next, Outlet};
use crate::outcome::ending::Ending;
use crate::outcome::order::Order;
use crate::pull::{Intake, Never, Patience, Pull, Supply};
use crate::run::{DropLocals, End, Fate};
use crate::stop::token::Registration;
use crate::stop::{Reason, StageLink, Stop};
use crate::sync::time::Instant;
use crate::worker::sends::Delivers;
use crate::worker::work::Work;

/// A fan-out that another one takes its items from.
#[derive(Debug)]
pub struct StageSource<F>(F);

#[diagnostic::do_not_recommend]
impl<S, W, O, E, H> Input<ByStage> for FanOut<S, W, O, E, H>
where
    S: Source,
    W: Work<S::Item>,
    O: Order,
    E: Delivers<W, S::Item>,
    H: Hooks,
    S::Item: Send,
    W::Local: Send,
    H::Guard: Send,
    E::Outcome<E::Item>: Send,
{
    type Item = E::Outcome<E::Item>;
    type Source = StageSource<Self>;
    fn into_source(self) -> StageSource<Self> {
        StageSource(self)
    }
}

impl<S, W, O, E, H> Open for StageSource<FanOut<S, W, O, E, H>>
where
    S: Source,
    W: Work<S::Item>,
    O: Order,
    E: Delivers<W, S::Item>,
    H: Hooks,
    S::Item: Send,
    W::Local: Send,
    H::Guard: Send,
    E::Outcome<E::Item>: Send,
{
    type Item = E::Outcome<E::Item>;
    type Shared = StagePull<S, W, E, H>;
    type Here = Never<E::Outcome<E::Item>>;
    type ByIndex = NotIndexed<E::Outcome<E::Item>>;

    fn open(self, link: &StageLink) -> Opened<StagePull<S, W, E, H>, Self::Here> {
        self.0.settings.check();
        let outlet = Outlet::start_stage(self.0, link.chain.clone());
        let stage = outlet.stop().clone();
        let stop_with = link.stop.on_stop(move || stage.stop(Reason::Consumer));
        Opened::Shared(StagePull {
            outlet: Some(outlet),
            stopped: false,
            _stop_with: stop_with,
        })
    }
    fn advice(&self) -> Option<u64> {
        self.0.source.advice()
    }
}

/// A stage that is running.
pub struct StagePull<S, W, E, H>
where
    S: Source,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
{
    /// There until the stage has ended.
    outlet: Option<Outlet<S, W, E, H, DropLocals>>,
    /// The run that pulls from it was stopped, and the stage with it: what has been seen is not the end of the input.
    stopped: bool,
    _stop_with: Registration,
}

impl<S, W, E, H> Pull for StagePull<S, W, E, H>
where
    S: Source,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
{
    type Item = E::Outcome<E::Item>;
    // Its input may have to be pulled here, and where it got no thread its items run here: user code, which may block.
    const BLOCKS: bool = true;

    fn pull(&mut self, intake: &mut Intake<'_, Self::Item>) -> Supply {
        while intake.has_room() {
            let Some(outlet) = &mut self.outlet else {
                return self.no_more();
            };
            match outlet.next(Patience::Never) {
                Next::Result(out) => intake.push(E::complete(out)),
                Next::NotReady => return Supply::Dry,
                Next::Over => {
                    let failure = self.end();
                    if let Some(failure) = failure {
                        intake.push(failure);
                    }
                    return self.no_more();
                }
            }
        }
        Supply::More
    }

    fn wait(&mut self, stop: &Stop, until: Option<Instant>) {
        if let Some(outlet) = &mut self.outlet {
            outlet.wait(stop.deadline_or(until));
        }
    }
}

impl<S, W, E, H> StagePull<S, W, E, H>
where
    S: Source,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
{
    /// What there is after the stage has ended: the end, or a stop that is not to be taken for it.
    fn no_more(&self) -> Supply {
        if self.stopped {
            Supply::Dry
        } else {
            Supply::End
        }
    }

    /// Joins the stage. A failure is an item for the next stage; a panic goes on from here.
    fn end(&mut self) -> Option<E::Outcome<E::Item>> {
        let End {
            fate, report_panic, ..
        } = self.outlet.take()?.end(Reason::Over);
        self.stopped = matches!(fate, Fate::Stopped);
        match (fate, report_panic) {
            (Fate::Panicked(payload), other) => {
                core::mem::forget(other);
                std::panic::resume_unwind(payload)
            }
            (_, Some(payload)) => std::panic::resume_unwind(payload),
            (Fate::Failed(error), None) => Some(E::conclude(Err(error))),
            (Fate::Completed | Fate::Stopped, None) => None,
        }
    }
}
