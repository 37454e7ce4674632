//! The protocol of the module's documentation, in every interleaving up to three preemptions.

use super::*;
use crate::sync::atomic::{AtomicUsize, Ordering};
use crate::sync::checking::every_interleaving as model;
use crate::sync::{Arc, Mutex};
use loom::thread;

/// A count of permits: the simplest condition that several can wait for.
struct Permits {
    free: AtomicUsize,
    event: Event,
}

impl Permits {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            free: AtomicUsize::new(0),
            event: Event::new(),
        })
    }

    fn try_take(&self) -> bool {
        // A read-modify-write also when there is nothing to take (invariant 2): a failed
        // compare-exchange alone would be a load.
        if self.free.fetch_add(0, Ordering::AcqRel) == 0 {
            return false;
        }
        self.free
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |free| {
                free.checked_sub(1)
            })
            .is_ok()
    }

    fn take(&self) {
        loop {
            if self.try_take() {
                return;
            }
            let listener = self.event.listen();
            if self.try_take() {
                return;
            }
            listener.wait();
        }
    }

    fn give(&self) {
        self.free.fetch_add(1, Ordering::AcqRel);
        self.event.notify_one();
    }
}

/// Every lost wake-up is a deadlock, which loom reports.
#[test]
fn loom_event_two_waiters_one_notifier() {
    model(|| {
        let permits = Permits::new();
        let waiters = [(); 2].map(|()| {
            let permits = Arc::clone(&permits);
            thread::spawn(move || permits.take())
        });
        permits.give();
        permits.give();
        for waiter in waiters {
            waiter.join().unwrap();
        }
        assert_eq!(permits.event.sleepers(), 0);
    });
}

#[test]
fn loom_event_one_waiter_two_notifiers() {
    model(|| {
        let permits = Permits::new();
        let givers = [(); 2].map(|()| {
            let permits = Arc::clone(&permits);
            thread::spawn(move || permits.give())
        });
        permits.take();
        permits.take();
        for giver in givers {
            giver.join().unwrap();
        }
    });
}

/// One of the two that listen goes away without waiting. Its call must reach the other.
#[test]
fn loom_event_a_dropped_listener_hands_its_call_on() {
    model(|| {
        let permits = Permits::new();
        let waiter = {
            let permits = Arc::clone(&permits);
            thread::spawn(move || permits.take())
        };
        let quitter = {
            let permits = Arc::clone(&permits);
            thread::spawn(move || drop(permits.event.listen()))
        };
        permits.give();
        waiter.join().unwrap();
        quitter.join().unwrap();
    });
}

/// Who naps is not called, looks once more when its nap is over, and passes on what it finds: so the one who sleeps soundly gets it.
#[test]
fn loom_event_a_napper_hides_nobody_who_sleeps() {
    model(|| {
        let permits = Permits::new();
        let give = |permits: &Permits| {
            permits.free.fetch_add(1, Ordering::AcqRel);
            permits.event.notify_one_of_the_sound();
        };
        let waiter = {
            let permits = Arc::clone(&permits);
            thread::spawn(move || permits.take())
        };
        let napper = {
            let permits = Arc::clone(&permits);
            thread::spawn(move || {
                let listener = permits.event.listen();
                listener.naps();
                let _ = listener.wait_deadline(Some(Instant::now()));
                if permits.try_take() {
                    give(&permits);
                }
            })
        };
        give(&permits);
        waiter.join().unwrap();
        napper.join().unwrap();
        assert_eq!(permits.event.sleepers(), 0);
    });
}

/// One of the two that listen has no time left. It either had no call or heeds it.
#[test]
fn loom_event_a_late_listener_keeps_no_call_from_others() {
    model(|| {
        let permits = Permits::new();
        let waiter = {
            let permits = Arc::clone(&permits);
            thread::spawn(move || permits.take())
        };
        let hasty = {
            let permits = Arc::clone(&permits);
            thread::spawn(move || {
                let listener = permits.event.listen();
                match listener.wait_deadline(Some(Instant::now())) {
                    Woken::TimedOut => false,
                    Woken::Notified => permits.try_take(),
                }
            })
        };
        permits.give();
        if hasty.join().unwrap() {
            permits.give();
        }
        waiter.join().unwrap();
    });
}

#[test]
fn loom_event_notify_all_reaches_everybody() {
    model(|| {
        let gate = Arc::new((AtomicUsize::new(0), Event::new()));
        let waiters = [(); 2].map(|()| {
            let gate = Arc::clone(&gate);
            thread::spawn(move || {
                let (open, event) = &*gate;
                while open.fetch_add(0, Ordering::AcqRel) == 0 {
                    let listener = event.listen();
                    if open.fetch_add(0, Ordering::AcqRel) == 0 {
                        listener.wait();
                    }
                }
            })
        });
        gate.0.swap(1, Ordering::AcqRel);
        gate.1.notify_all();
        for waiter in waiters {
            waiter.join().unwrap();
        }
    });
}

/// The other kind of condition: under a mutex on both sides.
#[test]
fn loom_event_condition_under_a_mutex() {
    model(|| {
        let shared = Arc::new((Mutex::new(0), Event::new()));
        let waiters = [(); 2].map(|()| {
            let shared = Arc::clone(&shared);
            thread::spawn(move || {
                let (free, event) = &*shared;
                let try_take = || {
                    let mut free = free.lock();
                    let any = *free > 0;
                    *free -= usize::from(any);
                    any
                };
                while !try_take() {
                    let listener = event.listen();
                    if try_take() {
                        return;
                    }
                    listener.wait();
                }
            })
        });
        for _ in 0..2 {
            *shared.0.lock() += 1;
            shared.1.notify_one();
        }
        for waiter in waiters {
            waiter.join().unwrap();
        }
    });
}

/// That the rule about the re-check is needed, and that these models would notice: with a plain load
/// both sides can read the past.
#[test]
#[should_panic(expected = "deadlock")]
fn loom_event_a_plain_load_is_no_recheck() {
    model(|| {
        let gate = Arc::new((AtomicUsize::new(0), Event::new()));
        let waiter = {
            let gate = Arc::clone(&gate);
            thread::spawn(move || {
                let (open, event) = &*gate;
                while open.load(Ordering::Acquire) == 0 {
                    let listener = event.listen();
                    if open.load(Ordering::Acquire) == 0 {
                        listener.wait();
                    }
                }
            })
        };
        gate.0.store(1, Ordering::Release);
        gate.1.notify_one();
        waiter.join().unwrap();
    });
}
