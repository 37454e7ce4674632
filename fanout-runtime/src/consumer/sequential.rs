//! [`Sequential`]: one worker, and it is the calling thread. The plain loop, with the stop state looked at.

use core::time::Duration;

use super::outlet::{Fault, Out};
use crate::builder::FanOut;
use crate::builder::hooks::Hooks;
use crate::deliver::caught::FirstPanic;
use crate::feed::{Feed, HasFeed, no_order_with_a_feed};
use crate::input::{Open, Opened};
use crate::outcome::ending::Ending;
use crate::outcome::order::Order;
use crate::outcome::report::Ended;
use crate::pull::Pull;
use crate::run::{Cause, Common, End, Fate, Hand, Keep, Listening, Plan, Ready};
use crate::stop::{Reason, Stop};
use crate::sync::time;
use crate::worker::work::Work;

/// A run that is a loop on the calling thread. User panics unwind through it as they would through the loop.
pub(crate) struct Sequential<S, W, E, H, K>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local>,
{
    /// There until the run ends.
    running: Option<Running<S, W, E, H, K>>,
    label: &'static str,
}

struct Running<S, W, E, H, K>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
{
    source: Option<Opened<S::Shared, S::Here>>,
    common: Common<W, H, K, Fault<S, W, E>>,
    hand: Hand<W::Local, H::Guard, W::Lane>,
    listening: Listening,
    /// How many results there were.
    next: u64,
    /// How long items ran.
    busy: Duration,
    everything: bool,
}

impl<S, W, E, H, K> Sequential<S, W, E, H, K>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local>,
{
    #[track_caller]
    pub(crate) fn start<O: Order>(fan_out: FanOut<S, W, O, E, H>, keep: K) -> Self {
        let FanOut {
            source,
            work,
            hooks,
            settings,
            ..
        } = fan_out;
        const { no_order_with_a_feed(O::ORDERED, S::Shared::SHARDED, W::FEEDS) };
        let plan = Plan::new(&settings, true);
        let listening = Listening::new(&settings, None);
        let advice = source.advice();
        let opened = source.open(&listening.link());
        if let Some(fed) = work.fed() {
            fed.set_room(settings.feed_room());
        }
        let parts = (work, hooks, keep);
        let common = plan.common(&settings, O::ORDERED, advice, parts, listening.stop.clone());
        let hand = common.hand::<S::Item>(0, 0, None);
        Self {
            running: Some(Running {
                source: Some(opened),
                common,
                hand,
                listening,
                next: 0,
                busy: Duration::ZERO,
                everything: false,
            }),
            label: settings.label,
        }
    }

    /// The next result and its index: runs the next item.
    #[inline]
    pub(crate) fn next(&mut self) -> Option<(u64, Out<S, W, E>)> {
        self.running.as_mut()?.step()
    }

    /// What [`next`](Self::next) would give, one after the other. Where the compiler sees that it is a loop it runs one item
    /// beside the next.
    #[inline]
    pub(crate) fn fold<B>(&mut self, init: B, f: impl FnMut(B, (u64, Out<S, W, E>)) -> B) -> B {
        match &mut self.running {
            Some(running) => running.fold(init, f),
            None => init,
        }
    }

    /// Ends the run. To be called once.
    pub(crate) fn end(&mut self, reason: Reason) -> End<Fault<S, W, E>, K, W> {
        let Some(running) = self.running.take() else {
            unreachable!("fanout: a run was ended twice; this is a bug in fanout");
        };
        running.end(reason, self.label)
    }
}

impl<S, W, E, H, K> Running<S, W, E, H, K>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local>,
{
    /// Runs the next item: its index and its result.
    #[inline(always)]
    fn step(&mut self) -> Option<(u64, Out<S, W, E>)> {
        let stop = &*self.listening.stop;
        if !stop.admits(self.next) || stop.check_deadline() {
            return None;
        }
        let (index, item) = pull(
            &mut self.source,
            &self.hand.lane,
            stop,
            &mut self.everything,
            self.next,
        )?;
        let mut ready = self
            .common
            .begin_local::<S::Item, E>(&mut self.hand, index)?;
        let out = run_one::<S, W, E, H, K>(&self.common, &mut ready, &mut self.busy, index, item)?;
        self.next += 1;
        Some((index, out))
    }

    /// Runs the items that are left.
    #[inline]
    fn fold<B>(&mut self, init: B, mut f: impl FnMut(B, (u64, Out<S, W, E>)) -> B) -> B {
        let Self {
            source,
            common,
            hand,
            listening,
            next,
            busy,
            everything,
        } = self;
        let (stop, mut sum) = (&*listening.stop, init);
        let mut hand = Some(hand);
        let mut ready: Option<Ready<'_, W::Local, W::Lane>> = None;
        loop {
            let (may_start, lane) = match (&ready, &hand) {
                (Some(ready), _) => (ready.may_start(*next), ready.lane()),
                (None, Some(hand)) => (stop.admits(*next) && !stop.check_deadline(), &hand.lane),
                // The state failed to begin.
                (None, None) => return sum,
            };
            if !may_start {
                return sum;
            }
            let Some((index, item)) = pull(source, lane, stop, everything, *next) else {
                return sum;
            };
            // A state begins with the first item.
            if let Some(hand) = hand.take() {
                ready = common.begin_local::<S::Item, E>(hand, index);
            }
            let Some(ready) = &mut ready else {
                return sum;
            };
            let Some(out) = run_one::<S, W, E, H, K>(common, ready, busy, index, item) else {
                return sum;
            };
            *next += 1;
            sum = f(sum, (index, out));
        }
    }

    fn end(self, reason: Reason, label: &'static str) -> End<Fault<S, W, E>, K, W> {
        self.listening.stop.stop(reason);
        let Self {
            source,
            common,
            mut hand,
            listening,
            everything,
            next,
            busy,
        } = self;
        hand.busy = busy;
        hand.retired |= reason == Reason::Panicked;
        common.caught(|| drop(source));
        let mut panic = FirstPanic::none();
        if let Some(fed) = common.work.fed() {
            fed.drain(&mut panic);
        }
        common.lose(panic);
        common.lay_down(hand);
        let fate = common.fate(everything, next);
        let ended = match (&fate, reason) {
            (Fate::Stopped, Reason::Panicked) => Ended::Panicked,
            (fate, _) => fate.ended(),
        };
        drop(listening);
        let report_panic = common.give_report::<S::Item>(label, 1, 0, ended);
        End {
            fate,
            report_panic,
            keep: common.keep,
            work: common.work,
        }
    }
}

/// The next item and its index. `everything` is set at the end of the source.
#[inline(always)]
fn pull<P, R, N>(
    source: &mut Option<Opened<P, R>>,
    lane: &N,
    stop: &Stop,
    everything: &mut bool,
    next: u64,
) -> Option<(u64, P::Item)>
where
    P: Pull,
    R: Pull<Item = P::Item>,
    N: HasFeed<P::Item>,
{
    let feed = lane.feed();
    if let Some(pushed) = feed.and_then(Feed::pop) {
        return Some(pushed);
    }
    let pulled = match source.as_mut()? {
        Opened::Shared(source) => source.next(stop),
        Opened::Here(source) => source.next(stop),
    };
    let Some(item) = pulled else {
        // The end, unless it was a stop that woke the source.
        *everything = !stop.is_stopped() && !stop.check_deadline();
        *source = None;
        return None;
    };
    Some((feed.map_or(next, |feed| feed.fed().number()), item))
}

/// The result of an item; none if it fails, and the run with it.
#[inline(always)]
fn run_one<S, W, E, H, K>(
    common: &Common<W, H, K, Fault<S, W, E>>,
    ready: &mut Ready<'_, W::Local, W::Lane>,
    busy: &mut Duration,
    index: u64,
    item: S::Item,
) -> Option<Out<S, W, E>>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
{
    // The clock costs more than a short item, so it is looked at only for those who asked for a report.
    let began = H::REPORT.then(time::now);
    let result = common.call::<S::Item, E>(ready, index, item);
    if let Some(began) = began {
        *busy += time::now().saturating_duration_since(began);
    }
    match result {
        Ok(out) => {
            common.tell_progress(1);
            Some(out)
        }
        Err(error) => {
            common.fail(index, Cause::Fault(error));
            None
        }
    }
}

impl<S, W, E, H, K> Drop for Sequential<S, W, E, H, K>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local>,
{
    /// For a panic of user code, which unwinds through the loop.
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            let reason = if std::thread::panicking() {
                Reason::Panicked
            } else {
                Reason::Consumer
            };
            running.end(reason, self.label).forget();
        }
    }
}
