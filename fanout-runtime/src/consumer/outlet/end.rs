//! The end of a run, on whichever way out.

use super::{Fault, Outlet};
use crate::builder::hooks::Hooks;
use crate::deliver::caught::FirstPanic;
use crate::input::Open;
use crate::outcome::ending::Ending;
use crate::outcome::report::Ended;
use crate::run::{End, Fate, Keep};
use crate::stop::Reason;
use crate::worker::work::Work;

impl<S, W, E, H, K> Outlet<S, W, E, H, K>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local>,
{
    /// Stops the run for `reason` unless it has stopped or is complete, waits for its workers, drops what is left of it,
    /// and gives the report. To be called once.
    pub(crate) fn end(&mut self, reason: Reason) -> End<Fault<S, W, E>, K, W> {
        self.over = true;
        let Some(launched) = self.launched.take() else {
            unreachable!("fanout: a run was ended twice; this is a bug in fanout");
        };
        launched.stop().stop(reason);
        launched.dismiss();
        let run = &*launched.run;
        let workers = run.window.limits().workers;
        let spent = run.common.hand::<S::Item>(workers, 0, None);
        let hand = core::mem::replace(&mut self.hand, spent);
        if self.helped {
            run.common.lay_down(hand);
        }
        run.common.caught(|| drop(self.here.take()));
        // What is listed and was not taken: the window does not have it any more.
        let mut panic = FirstPanic::none();
        self.quiet = 0;
        for mut batch in self.front.take().into_iter().chain(self.ready.drain(..)) {
            batch.drain(&mut panic);
        }
        run.common.lose(panic);
        self.handed.segments.clear();
        let fate = run.conclude(self.everything, self.next);
        let ended = match (&fate, reason) {
            (Fate::Stopped, Reason::Panicked) => Ended::Panicked,
            (fate, _) => fate.ended(),
        };
        let high_water = run.window.high_water();
        let report_panic = run
            .common
            .give_report::<S::Item>(self.label, workers, high_water, ended);
        let common = launched.into_run().common;
        End {
            fate,
            report_panic,
            keep: common.keep,
            work: common.work,
        }
    }
}

impl<S, W, E, H, K> Outlet<S, W, E, H, K>
where
    S: Open + 'static,
    W: Work<S::Item> + 'static,
    E: Ending<W::Out>,
    H: Hooks + 'static,
    K: Keep<W::Local> + Send + Sync + 'static,
    S::Item: Send + 'static,
    E::Item: Send + 'static,
    E::Error: Send + 'static,
{
    /// Stops the run without waiting for it: the last worker out ends it.
    pub(crate) fn abandon(mut self) {
        let Some(launched) = self.launched.take() else {
            return;
        };
        launched.stop().stop(Reason::Consumer);
        let (label, reached) = (self.label, self.next);
        let spent = launched.run.common.hand::<S::Item>(0, 0, None);
        let hand = core::mem::replace(&mut self.hand, spent);
        if self.helped {
            launched.run.common.lay_down(hand);
        }
        launched.abandon(move |run| {
            let fate = run.conclude(false, reached);
            let (workers, high_water) = (run.window.limits().workers, run.window.high_water());
            let report_panic =
                run.common
                    .give_report::<S::Item>(label, workers, high_water, fate.ended());
            core::mem::forget(report_panic);
            fate.forget();
        });
    }
}

impl<S, W, E, H, K> Drop for Outlet<S, W, E, H, K>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local>,
{
    /// For the ways out that are not a terminal's own: a panic of the consumer, a stream that is dropped.
    fn drop(&mut self) {
        if self.launched.is_none() {
            return;
        }
        let reason = if std::thread::panicking() {
            Reason::Panicked
        } else {
            Reason::Consumer
        };
        // A destructor must not panic because of somebody else's panic: it is told in the report.
        self.end(reason).forget();
    }
}
