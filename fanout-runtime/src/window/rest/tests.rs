//! Who is woken by a worker that finds nothing, or is held back.

use super::super::pace::Nap;
use super::super::state::Supplier;
use super::super::tests::{Items, window};
use super::*;
use crate::sync::Arc;
use crate::sync::event::Event;

/// What one worker of several has between its looks, and what others see of them.
struct HeldBack {
    window: Window<Items, u32>,
    stop: Arc<Stop>,
    resting: Resting,
}

impl HeldBack {
    const WORKER: usize = 2;

    /// On two cores, of four workers with cheap items: no more are busy than there are cores.
    fn new() -> Self {
        let window = window(4, None);
        window.lock().cost.learn(1, Duration::from_nanos(70));
        Self {
            window,
            stop: Stop::new(None),
            resting: Resting::default(),
        }
    }

    /// Looks for work beside so many who are busy.
    fn looks(&mut self, busy: usize) -> Result<Job<Items, u32>, Rest> {
        self.window.lock().busy = busy;
        let (look, sizer) = (Look::First(None), Sizer::new(None));
        let Self {
            window,
            stop,
            resting,
        } = self;
        window.step(Self::WORKER, look, &sizer, resting, stop, None)
    }

    /// Watches until its nap is over, in which others got on.
    fn watches(&mut self) {
        let wake = self
            .window
            .before_rest(Rest::Surplus, &mut self.resting, &self.stop);
        assert!(wake.watcher);
        self.window.lock().progress += 1;
        let Self {
            window,
            stop,
            resting,
        } = self;
        window.after_rest(Self::WORKER, &wake, Woken::TimedOut, resting, stop);
    }
}

/// Whether `act` wakes one who sleeps on `event`.
fn wakes<T>(event: &Event, act: impl FnOnce() -> T) -> (bool, T) {
    let sleeper = event.listen();
    let result = act();
    let woken = sleeper.wait_deadline(Some(time::now()));
    (woken == Woken::Notified, result)
}

/// It would be woken once a millisecond, by the watcher of those who are held back, however little is there.
#[test]
fn the_consumer_is_not_woken_by_who_is_held_back() {
    let mut held_back = HeldBack::new();
    let stop = held_back.stop.clone();
    // Somebody pulls.
    held_back.window.lock().source = Supplier::Out;
    let mut looks = |busy| {
        held_back.window.waiting.begin(0, Some(Nap::default()));
        let (woken, job) = wakes(&stop.ready, || held_back.looks(busy));
        (job.err(), woken)
    };
    assert_eq!(looks(1), (Some(Rest::Idle), true));
    assert_eq!(looks(2), (Some(Rest::Surplus), false));
}

#[test]
fn who_watches_on_wakes_nobody_and_who_goes_to_work_calls_the_next() {
    let mut held_back = HeldBack::new();
    let stop = held_back.stop.clone();
    assert!(matches!(held_back.looks(2), Err(Rest::Surplus)));
    let (next, ()) = wakes(&stop.surplus, || held_back.watches());
    assert!(!next);
    let (next, job) = wakes(&stop.surplus, || held_back.looks(2));
    assert!(matches!(job, Err(Rest::Surplus)) && !next);
    let (next, job) = wakes(&stop.surplus, || held_back.looks(1));
    assert!(matches!(job, Ok(Job::Pull { .. })) && next);
}

/// That worker stays held back for as long as the consumer has its place, whatever else is free.
#[test]
fn who_has_lost_its_place_to_the_consumer_calls_the_next_to_a_free_one() {
    // The consumer is one of two who may be busy.
    for (busy, calls) in [(0, true), (1, false)] {
        let mut held_back = HeldBack::new();
        let stop = held_back.stop.clone();
        held_back.window.lock().seat = Some(HeldBack::WORKER);
        assert!(matches!(held_back.looks(busy), Err(Rest::Surplus)));
        // It is used.
        held_back.window.lock().consumer_runs = true;
        let (next, ()) = wakes(&stop.surplus, || held_back.watches());
        assert_eq!(next, calls, "{busy}");
    }
}
