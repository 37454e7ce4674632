//! The token tree in every interleaving up to three preemptions.

use super::*;
use crate::sync::atomic::AtomicUsize;
use crate::sync::checking::every_interleaving as model;
use crate::sync::event::Event;
use loom::thread;

fn spawn_with<R: 'static>(
    token: &CancelToken,
    body: impl FnOnce(CancelToken) -> R + 'static,
) -> thread::JoinHandle<R> {
    let token = token.clone();
    thread::spawn(move || body(token))
}

/// A child made while its parent is being cancelled is cancelled, whichever comes first.
#[test]
fn loom_token_cancel_against_child() {
    model(|| {
        let token = CancelToken::new();
        let canceller = spawn_with(&token, |token| token.cancel());
        let child = token.child();
        let grandchild = child.child();
        canceller.join().unwrap();
        assert!(child.is_cancelled());
        assert!(grandchild.is_cancelled());
    });
}

/// Whoever has called `cancel` finds the whole tree cancelled, also if another thread came first and
/// is still at it.
#[test]
fn loom_token_two_cancel_the_same_tree() {
    model(|| {
        let token = CancelToken::new();
        let child = token.child();
        let grandchild = child.child();
        let other = {
            let grandchild = grandchild.clone();
            spawn_with(&token, move |token| {
                token.cancel();
                assert!(grandchild.is_cancelled());
            })
        };
        child.cancel();
        assert!(grandchild.is_cancelled());
        other.join().unwrap();
    });
}

/// A callback is called at most once, and exactly once if its registration stays.
#[test]
fn loom_token_cancel_against_registration() {
    model(|| {
        let token = CancelToken::new();
        let calls = Arc::new((AtomicUsize::new(0), AtomicUsize::new(0)));
        let register = |first: bool| {
            let calls = Arc::clone(&calls);
            token.on_cancel(move || {
                let count = if first { &calls.0 } else { &calls.1 };
                count.fetch_add(1, Ordering::Relaxed);
            })
        };
        let before = register(true);
        let canceller = spawn_with(&token, |token| token.cancel());
        drop(before);
        let after = register(false);
        canceller.join().unwrap();
        assert!(calls.0.load(Ordering::Relaxed) <= 1);
        assert_eq!(calls.1.load(Ordering::Relaxed), 1);
        drop(after);
    });
}

/// The last owner of a child takes it, and the parent it kept alive, out of the tree while that is
/// being cancelled and grows elsewhere.
#[test]
fn loom_token_cancel_against_drop() {
    model(|| {
        let token = CancelToken::new();
        let child = token.child();
        let grandchild = child.child();
        drop(child);
        let dropper = thread::spawn(move || drop(grandchild));
        let canceller = spawn_with(&token, |token| token.cancel());
        let other = token.child();
        drop(token.child());
        canceller.join().unwrap();
        dropper.join().unwrap();
        assert!(other.is_cancelled());
    });
}

/// `done` made while the token is being cancelled is disconnected afterwards.
#[test]
fn loom_token_cancel_against_done() {
    model(|| {
        let token = CancelToken::new();
        let canceller = spawn_with(&token, |token| token.cancel());
        let early = token.done().try_recv();
        canceller.join().unwrap();
        assert_eq!(
            token.done().try_recv(),
            Err(crossbeam_channel::TryRecvError::Disconnected)
        );
        assert!(early.is_err());
    });
}

/// What was written before `cancel` is visible to whoever sees the cancellation.
#[test]
fn loom_token_cancel_publishes() {
    model(|| {
        let token = CancelToken::new();
        let child = token.child();
        let data = Arc::new(AtomicUsize::new(0));
        let canceller = {
            let data = Arc::clone(&data);
            spawn_with(&token, move |token| {
                data.store(1, Ordering::Relaxed);
                token.cancel();
            })
        };
        if child.is_cancelled() {
            assert_eq!(data.load(Ordering::Relaxed), 1);
        }
        canceller.join().unwrap();
    });
}

/// `recheck_cancelled` and an event that the callback notifies: no lost wake-up.
#[test]
fn loom_token_wakes_a_sleeper() {
    model(|| {
        let token = CancelToken::new();
        let event = Arc::new(Event::new());
        let registration = {
            let event = Arc::clone(&event);
            token.on_cancel(move || event.notify_all())
        };
        let canceller = spawn_with(&token, |token| token.cancel());
        while !token.is_cancelled() {
            let listener = event.listen();
            if token.recheck_cancelled() {
                break;
            }
            listener.wait();
        }
        canceller.join().unwrap();
        drop(registration);
    });
}
