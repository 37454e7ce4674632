//! The only worker over a source that may block: it pulls an item and runs it before it asks for the next.

use core::time::Duration;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::builder::hooks::Hooks;
use crate::deliver::segment::Walker;
use crate::outcome::ending::Ending;
use crate::pull::{Patience, Pull, Supply};
use crate::run::{Cause, Hand, Keep, Ready, Run};
use crate::sync::time::{self, Instant};
use crate::window::{Finished, Supplier};
use crate::worker::work::Work;

/// How far a walk has come, for whoever catches a panic out of it.
struct Walk<I, O> {
    walker: Walker<I, O>,
    room: u32,
    /// Whether the source is being asked.
    asking: bool,
    /// The last item has no result, and will have none.
    given_up: bool,
    /// How long the first item was waited for, and how long it ran: the clock is not read for each.
    first: Option<(Duration, Duration)>,
}

impl<P, W, E, H, K> Run<P, W, E, H, K>
where
    P: Pull,
    W: Work<P::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local>,
{
    /// Pulls and runs item by item until there is no more room or no item for now, the run stops, or an item fails.
    pub(super) fn walk(
        &self,
        hand: &mut Hand<W::Local, H::Guard, W::Lane>,
        mut source: P,
        walker: Walker<P::Item, E::Item>,
        room: u32,
    ) -> Finished {
        let mut walk = Walk {
            walker,
            room,
            asking: false,
            given_up: false,
            first: None,
        };
        let before = hand.items;
        let began = time::now();
        let end = catch_unwind(AssertUnwindSafe(|| {
            self.walk_on(hand, &mut source, &mut walk)
        }));
        let ended = match end {
            Ok(supply) => supply == Supply::End,
            Err(payload) => {
                crate::threads::do_not_reuse();
                let index = if walk.asking {
                    // At the index that the item would have had: what came before it still counts.
                    walk.walker.next_index()
                } else {
                    hand.retired = true;
                    walk.given_up = true;
                    hand.cx.index()
                };
                self.common.fail(index, Cause::Panic(payload));
                walk.asking
            }
        };
        let took = time::now().saturating_duration_since(began);
        let items = (hand.items - before) as u32;
        hand.busy += walk.busy(took);
        hand.sizer.learn(items, took);
        let source = if ended {
            self.common.caught(|| drop(source));
            Supplier::Gone
        } else {
            Supplier::Here(source)
        };
        let stop = &*self.common.stop;
        self.window
            .walked(walk.walker, room, source, walk.given_up, stop);
        Finished { items, took }
    }

    fn walk_on(
        &self,
        hand: &mut Hand<W::Local, H::Guard, W::Lane>,
        source: &mut P,
        walk: &mut Walk<P::Item, E::Item>,
    ) -> Supply {
        let stop = &*self.common.stop;
        let mut hand = Some(hand);
        let mut began = Some(time::now());
        // A state begins with the first item.
        let mut ready = None;
        while walk.walker.results() < walk.room && !stop.ends_pulling() {
            walk.asking = true;
            let came = source.one();
            walk.asking = false;
            let item = match came {
                Ok(item) => item,
                Err(Supply::End) => return Supply::End,
                Err(Supply::More) => continue,
                Err(Supply::Dry) if walk.walker.results() != 0 => return Supply::Dry,
                Err(Supply::Dry) => {
                    walk.asking = true;
                    // Blocks until there is something, a stop or the deadline.
                    self.wait_in(source, Patience::Wait);
                    walk.asking = false;
                    if stop.check_deadline() {
                        return Supply::Dry;
                    }
                    continue;
                }
            };
            let index = walk.walker.next_index();
            let came = began.map(|began| (began, time::now()));
            if let Some(hand) = hand.take() {
                ready = self.common.begin_local::<P::Item, E>(hand, index);
            }
            let ran = ready
                .as_mut()
                .is_some_and(|ready| self.run_one(ready, index, item, walk));
            if !ran {
                // The run is stopped, so the source is not asked again.
                walk.given_up = true;
                return Supply::More;
            }
            if let Some((began, came)) = came {
                walk.first = Some((came - began, since(came)));
            }
            began = None;
        }
        Supply::More
    }

    /// Runs one item, and publishes its result. Returns whether there is one.
    #[inline]
    fn run_one(
        &self,
        ready: &mut Ready<'_, W::Local, W::Lane>,
        index: u64,
        item: P::Item,
        walk: &mut Walk<P::Item, E::Item>,
    ) -> bool {
        let stop = &*self.common.stop;
        if !ready.may_start(index) {
            self.common.give_up(item);
            return false;
        }
        match self.common.call::<P::Item, E>(ready, index, item) {
            Ok(out) => {
                walk.walker.put(out);
                self.window
                    .waiting
                    .published(index, self.common.ordered, stop);
                self.common.tell_progress(1);
                true
            }
            Err(error) => {
                self.common.fail(index, Cause::Fault(error));
                false
            }
        }
    }
}

impl<I, O> Walk<I, O> {
    /// How much of `took` was spent inside items, if they were all like the first.
    fn busy(&self, took: Duration) -> Duration {
        match self.first {
            Some((came, ran)) if !(came + ran).is_zero() => {
                took.mul_f64(ran.as_secs_f64() / (came + ran).as_secs_f64())
            }
            _ => Duration::ZERO,
        }
    }
}

fn since(instant: Instant) -> Duration {
    time::now().saturating_duration_since(instant)
}
