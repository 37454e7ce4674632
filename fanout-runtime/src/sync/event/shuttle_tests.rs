//! The protocol with more threads than loom can take, in random schedules.

use super::*;
use crate::sync::atomic::{AtomicUsize, Ordering};
use crate::sync::checking::many_schedules;
use crate::sync::{Arc, Mutex};
use shuttle::rand::{Rng, thread_rng};
use shuttle::thread;
use std::collections::VecDeque;

/// A queue with room for two, an event for each end: all threads sleep and wake all the time.
struct Pipe {
    items: Mutex<VecDeque<usize>>,
    filled: Event,
    emptied: Event,
}

impl Pipe {
    fn wait_for<R>(
        &self,
        event: &Event,
        mut attempt: impl FnMut(&mut VecDeque<usize>) -> Option<R>,
    ) -> R {
        loop {
            if let Some(result) = attempt(&mut self.items.lock()) {
                return result;
            }
            let listener = event.listen();
            if let Some(result) = attempt(&mut self.items.lock()) {
                return result;
            }
            // Some give up and come back.
            if thread_rng().gen_bool(0.2) {
                let _ = listener.wait_deadline(Some(Instant::now()));
            } else if thread_rng().gen_bool(0.1) {
                drop(listener);
            } else {
                listener.wait();
            }
        }
    }

    fn push(&self, item: usize) {
        self.wait_for(&self.emptied, |items| {
            (items.len() < 2).then(|| items.push_back(item))
        });
        self.filled.notify_one();
    }

    fn pop(&self) -> usize {
        let item = self.wait_for(&self.filled, VecDeque::pop_front);
        self.emptied.notify_one();
        item
    }
}

#[test]
fn shuttle_event_four_pushers_four_poppers() {
    many_schedules(|| {
        let pipe = Arc::new(Pipe {
            items: Mutex::new(VecDeque::new()),
            filled: Event::new(),
            emptied: Event::new(),
        });
        let pushers = [0, 1, 2, 3].map(|pusher| {
            let pipe = Arc::clone(&pipe);
            thread::spawn(move || (0..4).for_each(|item| pipe.push(4 * pusher + item)))
        });
        let poppers = [(); 4].map(|()| {
            let pipe = Arc::clone(&pipe);
            thread::spawn(move || [(); 4].map(|()| pipe.pop()))
        });
        for pusher in pushers {
            pusher.join().unwrap();
        }
        let mut seen: Vec<_> = poppers
            .map(|popper| popper.join().unwrap())
            .as_flattened()
            .to_vec();
        seen.sort_unstable();
        assert!(seen.into_iter().eq(0..16));
        assert_eq!(pipe.filled.sleepers() + pipe.emptied.sleepers(), 0);
    });
}

#[test]
fn shuttle_event_permits_one_at_a_time() {
    many_schedules(|| {
        let shared = Arc::new((AtomicUsize::new(0), Event::new()));
        let takers = [(); 6].map(|()| {
            let shared = Arc::clone(&shared);
            thread::spawn(move || {
                let (free, event) = &*shared;
                let try_take = || {
                    free.fetch_add(0, Ordering::AcqRel) > 0
                        && free
                            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |free| {
                                free.checked_sub(1)
                            })
                            .is_ok()
                };
                while !try_take() {
                    let listener = event.listen();
                    if try_take() {
                        break;
                    }
                    listener.wait();
                }
            })
        });
        for _ in 0..6 {
            shared.0.fetch_add(1, Ordering::AcqRel);
            shared.1.notify_one();
        }
        for taker in takers {
            taker.join().unwrap();
        }
    });
}
