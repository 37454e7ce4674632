//! The token tree on real threads.

use super::*;
use crate::sync::checking::watched;
use crossbeam_channel::TryRecvError;
use std::panic::{AssertUnwindSafe, RefUnwindSafe, UnwindSafe, catch_unwind};
use std::sync::Mutex as StdMutex;
use std::sync::atomic::AtomicUsize;
use std::thread;

fn counting(token: &CancelToken) -> (Arc<AtomicUsize>, Registration) {
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let registration = token.on_cancel(move || {
        counted.fetch_add(1, Ordering::Relaxed);
    });
    (calls, registration)
}

fn places(token: &CancelToken) -> usize {
    token.node.state.lock().watchers.places()
}

#[test]
fn is_what_a_handle_should_be() {
    fn check<
        T: Clone + Default + fmt::Debug + Send + Sync + UnwindSafe + RefUnwindSafe + 'static,
    >() {
    }
    check::<CancelToken>();
    let token = CancelToken::default();
    assert_eq!(format!("{token:?}"), "CancelToken { cancelled: false, .. }");
    let clone = token.clone();
    clone.cancel();
    assert_eq!(format!("{token:?}"), "CancelToken { cancelled: true, .. }");
}

#[test]
fn cancels_down_the_tree_only() {
    let top = CancelToken::new();
    let (left, right) = (top.child(), top.child());
    let below = left.child();
    left.cancel();
    assert!(!top.is_cancelled() && left.is_cancelled() && !right.is_cancelled());
    assert!(below.is_cancelled() && below.recheck_cancelled());
    assert!(!top.recheck_cancelled());
    top.cancel();
    assert!(right.is_cancelled());
}

#[test]
fn the_child_of_a_cancelled_token_is_born_cancelled() {
    let top = CancelToken::new();
    top.cancel();
    let child = top.child();
    assert!(child.is_cancelled() && child.child().is_cancelled());
    assert_eq!(child.done().try_recv(), Err(TryRecvError::Disconnected));
}

#[test]
fn a_token_in_the_middle_may_be_dropped() {
    let top = CancelToken::new();
    let below = top.child().child();
    let (calls, _registration) = counting(&below);
    top.cancel();
    assert!(below.is_cancelled());
    assert_eq!(calls.load(Ordering::Relaxed), 1);
}

#[test]
fn callbacks_come_once_unless_taken_back() {
    let token = CancelToken::new();
    let (kept, _registration) = counting(&token);
    let (taken_back, registration) = counting(&token);
    drop(registration);
    token.cancel();
    token.cancel();
    assert_eq!(kept.load(Ordering::Relaxed), 1);
    assert_eq!(taken_back.load(Ordering::Relaxed), 0);
    assert_eq!(Arc::strong_count(&taken_back), 1);
    let (late, registration) = counting(&token);
    assert_eq!(late.load(Ordering::Relaxed), 1);
    drop(registration);
}

#[test]
fn callbacks_find_everything_cancelled_and_nothing_locked() {
    watched(|| {
        let top = CancelToken::new();
        let (child, grandchild) = (top.child(), top.child().child());
        let registrations = Arc::new(StdMutex::new(Vec::new()));
        let seen = Arc::new(AtomicUsize::new(0));
        for token in [&top, &child, &grandchild] {
            let (top, child, grandchild) = (top.clone(), child.clone(), grandchild.clone());
            let (held, seen) = (Arc::clone(&registrations), Arc::clone(&seen));
            let registration = token.on_cancel(move || {
                assert!(child.is_cancelled() && grandchild.is_cancelled());
                top.cancel();
                assert!(top.child().is_cancelled());
                assert!(grandchild.done().try_recv().is_err());
                drop(child.on_cancel(|| {}));
                // The first one drops all registrations, its own among them.
                held.lock().unwrap().clear();
                seen.fetch_add(1, Ordering::Relaxed);
            });
            registrations.lock().unwrap().push(registration);
        }
        top.cancel();
        assert_eq!(seen.load(Ordering::Relaxed), 3);
    });
}

#[test]
fn a_callback_that_panics_loses_no_other() {
    let token = CancelToken::new();
    let calls: Vec<_> = (0..4)
        .map(|index| {
            if index == 2 {
                let registration = token.on_cancel(|| panic!("in a callback"));
                (Arc::new(AtomicUsize::new(1)), registration)
            } else {
                counting(&token)
            }
        })
        .collect();
    assert!(catch_unwind(AssertUnwindSafe(|| token.cancel())).is_err());
    for (count, _registration) in calls {
        assert_eq!(count.load(Ordering::Relaxed), 1);
    }
    assert!(token.child().is_cancelled());
    token.cancel();
}

/// Whatever a callback owns may be dropped by it, by its registration, or by the token: never under a
/// lock of ours.
#[test]
fn what_callbacks_own_is_dropped_outside_locks() {
    struct UsesToken(CancelToken);
    impl Drop for UsesToken {
        fn drop(&mut self) {
            drop(self.0.child());
            drop(self.0.on_cancel(|| {}));
        }
    }
    watched(|| {
        for how in 0..3 {
            let token = CancelToken::new();
            let below = token.child();
            let owned = UsesToken(if how == 2 {
                token.clone()
            } else {
                below.clone()
            });
            let registration = below.on_cancel(move || {
                let _owned = &owned;
            });
            match how {
                0 => drop(registration),
                1 => token.cancel(),
                _ => {
                    below.cancel();
                    drop(registration);
                }
            }
        }
    });
}

#[test]
fn done_disconnects_on_cancel_only() {
    watched(|| {
        let top = CancelToken::new();
        let child = top.child();
        assert_eq!(child.done().try_recv(), Err(TryRecvError::Empty));
        assert!(std::ptr::eq(child.done(), child.clone().done()));
        let waiting = {
            let child = child.clone();
            thread::spawn(move || child.done().recv().is_err())
        };
        top.cancel();
        assert!(waiting.join().unwrap());
        assert_eq!(child.done().try_recv(), Err(TryRecvError::Disconnected));
        assert_eq!(top.done().try_recv(), Err(TryRecvError::Disconnected));
    });
}

#[test]
fn dropped_children_leave_nothing() {
    let top = CancelToken::new();
    for _ in 0..1_000_000 {
        drop(top.child());
    }
    assert_eq!(places(&top), 1);
    let many: Vec<_> = (0..1_000).map(|_| (top.child(), counting(&top))).collect();
    assert_eq!(places(&top), 2_000);
    drop(many);
    assert_eq!(places(&top), 0);
    assert_eq!(Arc::strong_count(&top.node), 1);
}

#[test]
fn deep_chains_neither_overflow_nor_stay() {
    const DEPTH: usize = 100_000;

    watched(|| {
        for cancelled in [false, true] {
            let top = CancelToken::new();
            let mut bottom = top.child();
            for _ in 0..DEPTH {
                bottom = bottom.child();
            }
            let (calls, registration) = counting(&bottom);
            if cancelled {
                top.cancel();
                assert!(bottom.is_cancelled());
            }
            assert_eq!(calls.load(Ordering::Relaxed), usize::from(cancelled));
            drop(registration);
            drop(bottom);
            assert_eq!(Arc::strong_count(&top.node), 1);
        }
    });
}

/// As above, with all handles alive: the list of the nodes to visit is long, and dropped last.
#[test]
fn wide_and_deep_trees_are_cancelled_whole() {
    let mut tokens = vec![CancelToken::new()];
    for index in 0..50_000 {
        let child = tokens[index / 3].child();
        tokens.push(child);
    }
    tokens[1].cancel();
    let cancelled = tokens.iter().filter(|token| token.is_cancelled()).count();
    // Below the first of three branches.
    assert!((10_000..30_000).contains(&cancelled), "{cancelled}");
    tokens[0].cancel();
    assert!(tokens.iter().all(CancelToken::is_cancelled));
}

#[test]
fn stress_cancel_against_everything() {
    watched(|| {
        for _ in 0..200 {
            let top = CancelToken::new();
            thread::scope(|scope| {
                for _ in 0..2 {
                    scope.spawn(|| {
                        let mut kept = Vec::new();
                        let mut watched = Vec::new();
                        let mut token = top.clone();
                        for step in 0..100 {
                            token = if step % 10 == 9 {
                                top.child()
                            } else {
                                token.child()
                            };
                            let (calls, registration) = counting(&token);
                            match step % 3 {
                                0 => drop(registration),
                                1 => watched.push((calls, registration)),
                                _ => kept.push((token.clone(), registration)),
                            }
                        }
                        top.cancel();
                        assert!(kept.iter().all(|(token, _)| token.is_cancelled()));
                        (watched, kept)
                    });
                }
                scope.spawn(|| {
                    top.cancel();
                    assert!(top.child().is_cancelled());
                });
            });
        }
    });
}
