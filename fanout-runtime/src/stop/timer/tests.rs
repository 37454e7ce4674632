//! The timer thread.

use super::thread::Timer;
use super::*;
use crate::sync::checking::{eventually, watched};
use crate::sync::process;
use crate::threads::spawner::refuse_threads;
use std::sync::{Arc, Mutex};
use std::time::Duration;

fn in_ms(ms: u64) -> Instant {
    Instant::now() + Duration::from_millis(ms)
}

const FAR: Duration = Duration::from_secs(3_600);

#[test]
fn cancels_in_time() {
    watched(|| {
        let token = CancelToken::new();
        let when = in_ms(5);
        let guard = cancel_at(&token, when);
        assert!(guard.is_armed());
        assert!(token.done().recv().is_err());
        assert!(token.is_cancelled() && Instant::now() >= when);
        assert!(guard.is_armed());
    });
}

#[test]
fn what_has_passed_is_cancelled_here_and_now() {
    let token = CancelToken::new();
    let guard = cancel_at(&token, Instant::now());
    assert!(token.is_cancelled() && guard.is_armed());
}

#[test]
fn deadlines_come_in_their_order() {
    watched(|| {
        let timer = Timer::for_test(process::id());
        // One origin for all, and no thread before all are registered.
        let start = Instant::now();
        let refusing = refuse_threads(|_| true);
        let order = Arc::new(Mutex::new(Vec::new()));
        let tokens = [30, 10, 20, 10].map(|ms| {
            let token = CancelToken::new();
            let order = Arc::clone(&order);
            let registration = token.on_cancel(move || order.lock().unwrap().push(ms));
            let entry = timer.register(token.clone(), start + Duration::from_millis(ms));
            (token, registration, entry)
        });
        drop(refusing);
        let _starts_the_thread = timer.register(CancelToken::new(), Instant::now());
        for (token, ..) in &tokens {
            assert!(token.done().recv().is_err());
        }
        // A token's channel is closed before its callbacks are called.
        eventually(|| order.lock().unwrap().len() == 4);
        assert_eq!(*order.lock().unwrap(), [10, 10, 20, 30]);
        assert_eq!(timer.entries(), 0);
    });
}

#[test]
fn a_dropped_guard_takes_the_deadline_back() {
    watched(|| {
        let timer = Timer::for_test(process::id());
        let kept = timer.register(CancelToken::new(), Instant::now() + FAR);
        let taken_back = timer.register(CancelToken::new(), Instant::now() + FAR / 2);
        assert_eq!(timer.entries(), 2);
        drop(taken_back);
        assert_eq!(timer.entries(), 1);
        let near = CancelToken::new();
        let passed = timer.register(near.clone(), in_ms(5));
        assert!(near.done().recv().is_err());
        drop(passed);
        assert_eq!(timer.entries(), 1);
        drop(kept);
        assert_eq!(timer.entries(), 0);
    });
}

/// The thread waits for nothing in particular, and there is something to wait for.
#[test]
fn an_idle_thread_is_woken() {
    watched(|| {
        let timer = Timer::for_test(process::id());
        drop(timer.register(CancelToken::new(), Instant::now() + FAR));
        eventually(|| timer.is_asleep());
        for ms in [5, 1_100] {
            let token = CancelToken::new();
            let entry = timer.register(token.clone(), in_ms(ms));
            assert!(token.done().recv().is_err());
            drop(entry);
        }
    });
}

/// The thread waits for a far deadline, and one that is near comes.
#[test]
fn a_nearer_deadline_is_heeded() {
    watched(|| {
        let timer = Timer::for_test(process::id());
        let far = timer.register(CancelToken::new(), Instant::now() + FAR);
        eventually(|| timer.is_asleep());
        let near = CancelToken::new();
        let entry = timer.register(near.clone(), in_ms(5));
        assert!(near.done().recv().is_err());
        assert!(entry.is_armed() && far.is_armed());
    });
}

#[test]
fn the_thread_ends_when_idle_and_comes_back() {
    watched(|| {
        let timer = Timer::for_test(process::id());
        for _ in 0..2 {
            let token = CancelToken::new();
            let entry = timer.register(token.clone(), in_ms(1));
            assert!(token.done().recv().is_err());
            drop(entry);
            eventually(|| !timer.is_running());
        }
    });
}

/// It does not sleep on until a deadline that was taken back.
#[test]
fn the_thread_ends_when_its_deadline_is_taken_back() {
    watched(|| {
        let timer = Timer::for_test(process::id());
        let entry = timer.register(CancelToken::new(), Instant::now() + FAR);
        eventually(|| timer.is_asleep());
        drop(entry);
        eventually(|| !timer.is_running());
    });
}

#[test]
fn a_refused_thread_is_told_and_tried_again() {
    watched(|| {
        let timer = Timer::for_test(process::id());
        let (first, second) = (CancelToken::new(), CancelToken::new());
        let refusing = refuse_threads(|_| true);
        let unarmed = timer.register(first.clone(), in_ms(20));
        assert!(!unarmed.is_armed() && !timer.is_running());
        drop(refusing);
        let armed = timer.register(second.clone(), in_ms(10));
        assert!(armed.is_armed() && unarmed.is_armed());
        assert!(second.done().recv().is_err());
        assert!(first.done().recv().is_err());
    });
}

#[test]
fn a_panic_while_cancelling_stops_no_other_deadline() {
    watched(|| {
        let timer = Timer::for_test(process::id());
        let (bad, good) = (CancelToken::new(), CancelToken::new());
        let _registration = bad.on_cancel(|| panic!("in a callback of a deadline"));
        let _bad = timer.register(bad.clone(), in_ms(5));
        let _good = timer.register(good.clone(), in_ms(10));
        assert!(good.done().recv().is_err());
        assert!(bad.is_cancelled());
    });
}

/// In a forked child the parent's timer is left alone: its lock may be held for ever.
#[test]
fn a_timer_of_another_process_is_left_alone() {
    watched(|| {
        let timer = Timer::for_test(process::id() + 1);
        let entry = timer.register(CancelToken::new(), Instant::now() + FAR);
        let locked = timer.lock_for_test();
        assert!(!entry.is_armed());
        drop(entry);
        drop(locked);
        assert_eq!(timer.entries(), 1);
    });
}
