//! The event count on real threads.

use super::*;
use crate::sync::checking::{eventually, watched};
use std::sync::Mutex as StdMutex;
use std::thread;
use std::time::Duration;

fn past() -> Option<Instant> {
    Some(Instant::now())
}

#[test]
fn notifying_nobody_is_nothing() {
    let event = Event::new();
    event.notify_one();
    event.notify_all();
    assert_eq!(event.sleepers(), 0);
    assert_eq!(event.listen().wait_deadline(past()), Woken::TimedOut);
}

#[test]
fn a_call_between_listen_and_wait_is_kept() {
    watched(|| {
        let event = Event::new();
        let listener = event.listen();
        assert_eq!(event.sleepers(), 1);
        event.notify_one();
        assert_eq!(event.sleepers(), 0);
        listener.wait();
    });
}

#[test]
fn a_deadline_ends_a_wait() {
    let event = Event::new();
    let soon = Instant::now() + Duration::from_millis(5);
    assert_eq!(event.listen().wait_deadline(Some(soon)), Woken::TimedOut);
    assert!(Instant::now() >= soon);
    assert_eq!(event.sleepers(), 0);
}

#[test]
fn a_call_beats_a_deadline() {
    let event = Event::new();
    let listener = event.listen();
    event.notify_one();
    assert_eq!(listener.wait_deadline(past()), Woken::Notified);
}

#[test]
fn calls_come_in_the_order_of_arrival() {
    let event = Event::new();
    let [first, second, third, fourth] = [(); 4].map(|()| event.listen());
    // Out of the middle of the line.
    drop(second);
    event.notify_one();
    event.notify_one();
    assert_eq!(event.sleepers(), 1);
    assert_eq!(fourth.wait_deadline(past()), Woken::TimedOut);
    assert_eq!(third.wait_deadline(past()), Woken::Notified);
    assert_eq!(first.wait_deadline(past()), Woken::Notified);
}

#[test]
fn who_naps_is_not_counted_among_the_sound() {
    let event = Event::new();
    let (naps, sleeps) = (event.listen(), event.listen());
    naps.naps();
    naps.naps();
    assert_eq!(event.sleepers(), 2);
    // Somebody is called, and be it the napper.
    event.notify_one_of_the_sound();
    assert_eq!(event.sleepers(), 1);
    assert_eq!(naps.wait_deadline(past()), Woken::Notified);
    event.notify_one_of_the_sound();
    assert_eq!(sleeps.wait_deadline(past()), Woken::Notified);

    let naps = event.listen();
    naps.naps();
    event.notify_one_of_the_sound();
    assert_eq!(naps.wait_deadline(past()), Woken::TimedOut);
    // Its seat is somebody else's then, who does not nap.
    let sleeps = event.listen();
    event.notify_one_of_the_sound();
    assert_eq!(sleeps.wait_deadline(past()), Woken::Notified);
    // Too late.
    let called = event.listen();
    event.notify_one();
    called.naps();
    assert_eq!((event.sleepers(), event.listen().event.sleepers()), (0, 1));
    assert_eq!(called.wait_deadline(past()), Woken::Notified);
}

/// A caller goes on, and is not to share its core with whom it wakes.
#[test]
fn who_sleeps_on_the_callers_core_comes_last() {
    /// Which of those who sleep on `cores` is called first from core 1.
    fn called(cores: &[Option<usize>], elsewhere: bool) -> Option<usize> {
        let here = || Some(1);
        let mut queue = Queue::new();
        for &core in cores {
            let seat = queue.take_seat();
            queue.falls_asleep(seat, core);
        }
        let bell = if elsewhere {
            queue.call_elsewhere(here)
        } else {
            queue.call_one(here)
        };
        let called = (0..cores.len()).find(|&seat| matches!(queue.call_of(seat), Call::Made));
        assert_eq!(bell.is_some(), called.is_some());
        called
    }
    let [here, elsewhere, unknown] = [Some(1), Some(0), None];
    for other in [elsewhere, unknown] {
        assert_eq!(called(&[here, here, other, other], false), Some(2));
        assert_eq!(called(&[here, here, other, other], true), Some(2));
    }
    assert_eq!(called(&[here, here], false), Some(0));
    assert_eq!(called(&[here], false), Some(0));
    assert_eq!(called(&[here, here], true), None);
    assert_eq!(called(&[], true), None);
    // Not all are asked, or a call would take as long as there are sleepers.
    let far = [[here; 8].as_slice(), &[elsewhere]].concat();
    assert_eq!((called(&far, false), called(&far, true)), (Some(0), None));
}

#[test]
fn a_dropped_listener_hands_its_call_on() {
    let event = Event::new();
    let [first, second, third] = [(); 3].map(|()| event.listen());
    event.notify_one();
    drop(first);
    // Handed on twice.
    drop(second);
    assert_eq!(third.wait_deadline(past()), Woken::Notified);
}

#[test]
fn a_dropped_listener_keeps_a_call_that_was_for_all() {
    let event = Event::new();
    let [first, second] = [(); 2].map(|()| event.listen());
    event.notify_all();
    let later = event.listen();
    drop(first);
    assert_eq!(second.wait_deadline(past()), Woken::Notified);
    assert_eq!(later.wait_deadline(past()), Woken::TimedOut);
}

#[test]
fn seats_are_used_again() {
    let event = Event::new();
    for _ in 0..1_000 {
        let listeners = [(); 3].map(|()| event.listen());
        event.notify_one();
        drop(listeners);
    }
    assert_eq!(event.shared.queue.lock().seats(), 3);
}

#[test]
fn a_sleeper_is_woken() {
    watched(|| {
        let event = Arc::new(Event::new());
        for wake in [Event::notify_one, Event::notify_all] {
            let sleeper = {
                let event = Arc::clone(&event);
                thread::spawn(move || event.listen().wait())
            };
            eventually(|| event.shared.queue.lock().asleep() == 1);
            wake(&event);
            sleeper.join().unwrap();
        }
    });
}

/// A queue with little room, which makes everybody sleep often, some with deadlines that are over.
#[test]
fn stress_no_wake_up_is_lost() {
    const EACH: usize = 2_000;

    struct Pipe {
        items: StdMutex<Vec<usize>>,
        filled: Event,
        emptied: Event,
    }

    impl Pipe {
        fn wait_for<R>(
            &self,
            event: &Event,
            mut attempt: impl FnMut(&mut Vec<usize>) -> Option<R>,
        ) -> R {
            for round in 0_usize.. {
                if let Some(result) = attempt(&mut self.items.lock().unwrap()) {
                    return result;
                }
                let listener = event.listen();
                if let Some(result) = attempt(&mut self.items.lock().unwrap()) {
                    return result;
                }
                if round % 8 == 7 {
                    let soon = Instant::now() + Duration::from_micros(20);
                    let _ = listener.wait_deadline(Some(soon));
                } else {
                    listener.wait();
                }
            }
            unreachable!()
        }
    }

    watched(|| {
        let pipe = Pipe {
            items: StdMutex::new(Vec::new()),
            filled: Event::new(),
            emptied: Event::new(),
        };
        let sum = StdMutex::new(0);
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    for item in 0..EACH {
                        pipe.wait_for(&pipe.emptied, |items| {
                            (items.len() < 2).then(|| items.push(item))
                        });
                        pipe.filled.notify_one();
                    }
                });
                scope.spawn(|| {
                    for _ in 0..EACH {
                        let item = pipe.wait_for(&pipe.filled, Vec::pop);
                        pipe.emptied.notify_one();
                        *sum.lock().unwrap() += item;
                    }
                });
            }
        });
        assert_eq!(sum.into_inner().unwrap(), 3 * (0..EACH).sum::<usize>());
        assert_eq!(pipe.filled.sleepers() + pipe.emptied.sleepers(), 0);
    });
}
