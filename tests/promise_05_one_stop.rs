//! One stop state: first error, panic, token, deadline and a dropped stream are seen before each item, and wake everybody
//! who waits for input, for room or for results. A test here ends only because a stop wakes somebody.

mod common;

use common::{Counter, Gate, caught, watch};
use fanout::channel::{Receiver, Sender, unbounded};
use fanout::{CancelToken, Error, over};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, Instant};

/// A channel that is open and that nobody sends to.
fn silent() -> (Sender<u64>, Receiver<u64>) {
    unbounded()
}

/// Calls `stop` from another thread once `inside` items have begun.
fn when_inside(began: &Counter, inside: usize, stop: impl FnOnce() + Send, run: impl FnOnce()) {
    std::thread::scope(|scope| {
        scope.spawn(|| {
            began.wait_for(inside);
            stop();
        });
        run();
    });
}

#[test]
fn a_token_wakes_workers_that_wait_on_a_silent_channel() {
    let _dog = watch("a silent channel");
    for workers in [1, 2, 8] {
        let (sender, receiver) = silent();
        let token = CancelToken::new();
        sender.send(1).expect("the receiver is here");
        let began = Counter::new();
        when_inside(
            &began,
            1,
            || token.cancel(),
            || {
                let end = over(receiver)
                    .workers(workers)
                    .cancel_with(&token)
                    .map(|_, _| began.tick())
                    .run();
                assert_eq!(end, Err(Error::Cancelled));
            },
        );
        drop(sender);
    }
}

#[test]
fn an_error_wakes_workers_that_wait_on_a_silent_channel() {
    let _dog = watch("an error beside a silent channel");
    for workers in [1, 2, 8] {
        let (sender, receiver) = silent();
        sender.send(1).expect("the receiver is here");
        let end = over(receiver.clone())
            .workers(workers)
            .cancel_on_error()
            .map(|n, _| Err::<(), u64>(n))
            .run();
        assert_eq!(end, Err(1));
        sender.send(2).expect("the receiver is here");
        let end: Result<Vec<()>, u64> = over(receiver)
            .workers(workers)
            .ordered()
            .cancel_on_error()
            .map(|n, _| Err(n))
            .collect();
        assert_eq!(end, Err(2));
        drop(sender);
    }
}

#[test]
fn a_panic_wakes_workers_that_wait_on_a_silent_channel() {
    let _dog = watch("a panic beside a silent channel");
    for workers in [1, 2, 8] {
        let (sender, receiver) = silent();
        sender.send(1).expect("the receiver is here");
        let payload = caught(|| {
            over(receiver)
                .workers(workers)
                .ordered()
                .map(|n, _| assert_ne!(n, 1, "on purpose"))
                .for_each(|()| {});
        });
        assert!(common::payload_text(&*payload).contains("on purpose"));
        drop(sender);
    }
}

#[test]
fn a_deadline_wakes_workers_that_wait_on_a_silent_channel() {
    let _dog = watch("a deadline beside a silent channel");
    for workers in [1, 2, 8] {
        let (sender, receiver) = silent();
        let end = over(receiver)
            .workers(workers)
            .timeout(Duration::from_millis(30))
            .map(|_, _| ())
            .run();
        assert_eq!(end, Err(Error::DeadlineExceeded));
        drop(sender);
    }
}

#[test]
fn dropping_a_stream_wakes_workers_that_wait_on_a_silent_channel() {
    let _dog = watch("a dropped stream over a silent channel");
    for workers in [1, 2, 8] {
        let (sender, receiver) = silent();
        sender.send(1).expect("the receiver is here");
        let mut results = over(receiver).workers(workers).map(|n, _| n).stream();
        assert_eq!(results.next(), Some(1));
        drop(results);
        // The run has dropped its end of the channel.
        assert!(sender.send(2).is_err());
    }
}

#[test]
fn stopping_a_stream_ends_a_consumer_that_waits() {
    let _dog = watch("a stream stopped by its token");
    for workers in [1, 2, 8] {
        let (sender, receiver) = silent();
        sender.send(1).expect("the receiver is here");
        let mut results = over(receiver).workers(workers).map(|n, _| n).stream();
        let token = results.token();
        assert_eq!(results.next(), Some(1));
        std::thread::scope(|scope| {
            scope.spawn(|| token.cancel());
            // Blocks until the token is cancelled, whichever comes first.
            assert_eq!(results.next(), None);
        });
        assert_eq!(results.next(), None);
        drop(sender);
    }
}

#[test]
fn a_stop_wakes_workers_that_wait_for_room() {
    let _dog = watch("a full window");
    for ordered in [false, true] {
        for workers in [1, 2, 8] {
            let began = Arc::new(Counter::new());
            let count = began.clone();
            let run = over(0_u64..)
                .workers(workers)
                .window(8)
                .batch(1)
                .map(move |n, _| {
                    count.add(1);
                    n
                });
            let results = if ordered {
                run.ordered().stream()
            } else {
                run.stream()
            };
            // All that fits has run; from here on the workers can only wait for room, or look for it.
            began.wait_for(8);
            drop(results);
            assert_eq!(began.get(), 8, "{workers} workers, ordered: {ordered}");
        }
    }
}

#[test]
fn a_token_wakes_items_that_sleep() {
    let _dog = watch("sleeping items");
    for workers in [1, 2, 5] {
        let token = CancelToken::new();
        let began = Counter::new();
        let woken = AtomicUsize::new(0);
        when_inside(
            &began,
            workers,
            || token.cancel(),
            || {
                let end = over(vec![Duration::MAX; 100])
                    .workers(workers)
                    .cancel_with(&token)
                    .map(|long, cx| {
                        began.add(1);
                        let cancelled = cx.sleep(long).expect_err("cancelled long before");
                        assert_eq!(cancelled.reason(), fanout::CancelReason::Stopped);
                        woken.fetch_add(1, SeqCst);
                    })
                    .run();
                assert_eq!(end, Err(Error::Cancelled));
            },
        );
        assert_eq!(woken.into_inner(), workers);
        assert_eq!(began.get(), workers, "nothing starts after the stop");
    }
}

#[test]
fn an_error_wakes_items_that_sleep_or_select() {
    let _dog = watch("items that sleep or select");
    let began = Counter::new();
    let never: Receiver<()> = fanout::channel::never();
    let end = over(0..6)
        .workers(6)
        .cancel_on_error()
        .map(|n, cx| {
            began.add(1);
            match n {
                0 => {
                    began.wait_for(6);
                    return Err("first");
                }
                1 | 2 => common::until_stopped(cx),
                3 => fanout::channel::select! {
                    recv(cx.done()) -> _ => {},
                    recv(never) -> _ => unreachable!("nobody sends"),
                },
                4 => {
                    while cx.checkpoint().is_ok() {
                        std::thread::yield_now();
                    }
                }
                _ => {
                    while !cx.token().is_cancelled() {
                        std::thread::yield_now();
                    }
                }
            }
            Err::<(), _>("caused by the stop")
        })
        .run();
    assert_eq!(end, Err("first"));
}

#[test]
fn a_panic_wakes_items_that_sleep() {
    let _dog = watch("items that sleep beside a panic");
    let began = Counter::new();
    let payload = caught(|| {
        over(0..4)
            .workers(4)
            .map(|n, cx| {
                began.add(1);
                began.wait_for(4);
                assert_ne!(n, 2, "on purpose");
                common::until_stopped(cx);
            })
            .run();
    });
    assert!(common::payload_text(&*payload).contains("on purpose"));
}

#[test]
fn the_closure_of_try_for_each_wakes_everybody() {
    let _dog = watch("a consumer that gives up");
    let (sender, receiver) = silent();
    (0..4).for_each(|n| sender.send(n).expect("the receiver is here"));
    let began = Counter::new();
    let end = over(receiver)
        .workers(4)
        .map(|n, cx| {
            began.add(1);
            if n > 0 {
                common::until_stopped(cx);
            }
            n
        })
        .try_for_each(|n| {
            began.wait_for(3);
            Err(n)
        });
    assert_eq!(end, Err(0));
    drop(sender);
}

#[test]
fn a_consumer_that_panics_wakes_everybody() {
    let _dog = watch("a consumer that panics");
    let (sender, receiver) = silent();
    (0..4).for_each(|n| sender.send(n).expect("the receiver is here"));
    let payload = caught(|| {
        over(receiver)
            .workers(4)
            .map(|n, cx| {
                if n > 0 {
                    common::until_stopped(cx);
                }
            })
            .for_each(|()| panic!("of the consumer"));
    });
    assert_eq!(common::payload_text(&*payload), "of the consumer");
    drop(sender);
}

/// How many items began after the stop was visible, when `stop` is called by an item in the middle of a run.
fn begun_after(
    workers: usize,
    stop: impl Fn() + Sync,
    run: impl FnOnce(&(dyn Fn(u64) + Sync)),
) -> usize {
    let visible = AtomicBool::new(false);
    let after = AtomicUsize::new(0);
    run(&|n| {
        if visible.load(SeqCst) {
            after.fetch_add(1, SeqCst);
        }
        common::spin(1_000);
        if n == 300 {
            stop();
            visible.store(true, SeqCst);
        }
    });
    let after = after.into_inner();
    assert!(visible.into_inner(), "the run got that far");
    assert!(
        after <= workers,
        "{after} items began after the stop, by {workers} workers"
    );
    after
}

#[test]
fn after_a_token_at_most_one_item_for_each_worker_begins() {
    let _dog = watch("items after a token");
    for workers in [1, 2, 3, 8] {
        for _ in 0..30 {
            let token = CancelToken::new();
            begun_after(
                workers,
                || token.cancel(),
                |item| {
                    let end = over(0..100_000)
                        .workers(workers)
                        .cancel_with(&token)
                        .map(|n, _| item(n))
                        .run();
                    assert_eq!(end, Err(Error::Cancelled));
                },
            );
            let token = CancelToken::new();
            begun_after(
                workers,
                || token.cancel(),
                |item| {
                    let end = over((0..100_000).collect::<Vec<_>>())
                        .workers(workers)
                        .cancel_with(&token)
                        .map(|n, _| item(n))
                        .run();
                    assert_eq!(end, Err(Error::Cancelled));
                },
            );
        }
    }
}

#[test]
fn a_run_that_stops_itself_leaves_most_items_alone() {
    let _dog = watch("items after an error or a panic");
    // The error becomes visible a moment after the item function has returned, so these count from what is left.
    for workers in [1, 2, 8] {
        let calls = AtomicUsize::new(0);
        let end = over((0..1_000_000).collect::<Vec<u32>>())
            .workers(workers)
            .cancel_on_error()
            .map(|n, _| {
                calls.fetch_add(1, SeqCst);
                if n == 0 { Err(n) } else { Ok(()) }
            })
            .run();
        assert_eq!(end, Err(0));
        let payload = caught(|| {
            over(0..1_000_000)
                .workers(workers)
                .map(|n, _| {
                    calls.fetch_add(1, SeqCst);
                    assert!(n > 0, "on purpose");
                })
                .run();
        });
        drop(payload);
        let calls = calls.into_inner();
        assert!(
            calls < 1_000_000,
            "{calls} of two million were run by {workers} workers"
        );
    }
}

#[test]
fn a_token_that_was_cancelled_before_lets_nothing_start() {
    let _dog = watch("a token that was cancelled before");
    let token = CancelToken::new();
    token.cancel();
    for workers in [1, 2, 8] {
        let pulled = AtomicUsize::new(0);
        let input = || {
            (0..100).inspect(|_| {
                pulled.fetch_add(1, SeqCst);
            })
        };
        let run = || over(input()).workers(workers).cancel_with(&token);
        let never = |_: i32, _: &fanout::Context| unreachable!("nothing starts");
        assert_eq!(run().map(never).run(), Err(Error::Cancelled));
        let all: Result<Vec<()>, Error> = run().ordered().map(never).collect();
        assert_eq!(all, Err(Error::Cancelled));
        assert_eq!(run().map(never).collect_unordered(), Err(Error::Cancelled));
        run().map(never).scope(|mut results| {
            assert_eq!(results.next(), Some(Err(Error::Cancelled)));
            assert_eq!(results.next(), None);
        });
        let by_index = over(vec![1; 100])
            .workers(workers)
            .cancel_with(&token)
            .map(never)
            .run();
        assert_eq!(by_index, Err(Error::Cancelled));
        assert_eq!(pulled.into_inner(), 0, "the input was asked");
    }
}

#[test]
fn cancelling_from_everywhere_and_twice() {
    let _dog = watch("a token cancelled from everywhere");
    struct CancelOnDrop<'a>(&'a CancelToken);
    impl Drop for CancelOnDrop<'_> {
        fn drop(&mut self) {
            self.0.cancel();
        }
    }
    for workers in [1, 2, 8] {
        // From next().
        let token = CancelToken::new();
        let input = (0..1_000).inspect(|n| {
            if *n == 30 {
                token.cancel();
            }
        });
        let end = over(input)
            .workers(workers)
            .cancel_with(&token)
            .map(|_, _| ())
            .run();
        assert_eq!(end, Err(Error::Cancelled));
        // From an item, more than once.
        let token = CancelToken::new();
        let end = over(vec![0; 1_000])
            .workers(workers)
            .cancel_with(&token)
            .map(|_, _| token.cancel())
            .run();
        assert_eq!(end, Err(Error::Cancelled));
        // From the drop of an item.
        let token = CancelToken::new();
        let end = over((0..1_000).map(|_| CancelOnDrop(&token)))
            .workers(workers)
            .cancel_with(&token)
            .map(|item, _| drop(item))
            .run();
        assert_eq!(end, Err(Error::Cancelled));
        // From the consumer.
        let token = CancelToken::new();
        let mut delivered = 0;
        let end = over(0..1_000_000)
            .workers(workers)
            .cancel_with(&token)
            .map(|_, _| ())
            .for_each(|()| {
                delivered += 1;
                token.cancel();
            });
        assert_eq!(end, Err(Error::Cancelled));
        assert!(delivered < 1_000_000);
        // After the end.
        let token = CancelToken::new();
        let end = over(0..10)
            .workers(workers)
            .cancel_with(&token)
            .map(|_, _| ())
            .run();
        token.cancel();
        assert_eq!(end, Ok(()));
    }
}

#[test]
fn a_run_is_complete_or_cancelled_and_never_short() {
    let _dog = watch("cancellation racing with the end");
    let (mut complete, mut cancelled) = (0, 0);
    let mut dice = common::Dice::new(11);
    // Until both have been seen: a race that always ends the same way shows nothing.
    while complete < 20 || cancelled < 20 {
        let token = CancelToken::new();
        let go = Gate::new();
        let delay = dice.below(60_000);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                go.wait();
                common::spin(delay);
                token.cancel();
            });
            let all: Result<Vec<u64>, Error> = over(0..200)
                .workers(2)
                .ordered()
                .cancel_with(&token)
                .map(|n, _| {
                    go.open();
                    n
                })
                .collect();
            match all {
                Ok(all) => {
                    assert!(all.into_iter().eq(0..200));
                    complete += 1;
                }
                Err(error) => {
                    assert_eq!(error, Error::Cancelled);
                    cancelled += 1;
                }
            }
        });
    }
}

#[test]
fn the_first_error_in_time_wins_and_never_one_that_it_caused() {
    let _dog = watch("the first error in time");
    for _ in 0..100 {
        let began = Counter::new();
        let end = over(0..8)
            .workers(8)
            .cancel_on_error()
            .map(|n, cx| {
                began.add(1);
                if n == 5 {
                    began.wait_for(8);
                    return Err(None);
                }
                cx.sleep(Duration::MAX).map_err(Some)
            })
            .run();
        assert_eq!(end, Err(None));
    }
}

#[test]
fn a_nested_run_is_stopped_through_the_context() {
    let _dog = watch("a nested run over a silent channel");
    let (sender, receiver) = silent();
    let token = CancelToken::new();
    let began = Counter::new();
    when_inside(
        &began,
        2,
        || token.cancel(),
        || {
            // The third is never begun, so the outer run is not complete either.
            let end = over(vec![receiver.clone(), receiver.clone(), receiver])
                .workers(2)
                .cancel_with(&token)
                .map(|input, cx| {
                    began.add(1);
                    let inner = over(input)
                        .workers(2)
                        .cancel_with(cx.token())
                        .map(|_, _| ())
                        .run();
                    assert_eq!(inner, Err(Error::Cancelled));
                })
                .run();
            assert_eq!(end, Err(Error::Cancelled));
        },
    );
    drop(sender);
}

#[test]
fn a_deadline_ends_a_run_of_many_short_items() {
    let _dog = watch("an endless run with a deadline");
    for workers in [1, 2, 4] {
        let began = Instant::now();
        let limit = Duration::from_millis(20);
        let end = over(0_u64..)
            .workers(workers)
            .timeout(limit)
            .map(|_, _| ())
            .run();
        assert_eq!(end, Err(Error::DeadlineExceeded));
        assert!(began.elapsed() >= limit, "it was over too early");
        let end = over(0_u64..)
            .workers(workers)
            .timeout(limit)
            .map(|n, _| n)
            .for_each(|_| {});
        assert_eq!(end, Err(Error::DeadlineExceeded));
    }
}

#[test]
fn a_deadline_reaches_items_in_every_way() {
    let _dog = watch("items that wait for the deadline");
    let end = over(0..4)
        .workers(4)
        .timeout(Duration::from_millis(30))
        .map(|n, cx| match n {
            0 => assert_eq!(
                cx.sleep(Duration::MAX)
                    .map_err(|cancelled| cancelled.reason()),
                Err(fanout::CancelReason::Deadline)
            ),
            1 => drop(cx.done().recv()),
            2 => {
                while !cx.is_cancelled() {
                    std::thread::yield_now();
                }
            }
            _ => {
                while cx.remaining() != Some(Duration::ZERO) {
                    std::thread::yield_now();
                }
            }
        })
        .run();
    assert_eq!(end, Err(Error::DeadlineExceeded));
}

#[test]
fn an_ordered_failure_reaches_sleeping_items_above_it_alone() {
    let _dog = watch("items below and above a failure");
    let began = Counter::new();
    let above = Gate::new();
    let end: Result<Vec<u64>, &str> = over(0..3_u64)
        .workers(3)
        .ordered()
        .cancel_on_error()
        .map(|n, cx| {
            began.add(1);
            began.wait_for(3);
            match n {
                0 => {
                    // Item 2 was woken by the failure of item 1, so this one would have been, too.
                    above.wait();
                    assert!(!cx.is_cancelled());
                    assert!(!cx.token().is_cancelled());
                    Ok(n)
                }
                1 => Err("of item 1"),
                _ => {
                    common::until_stopped(cx);
                    above.open();
                    Err("caused by the stop")
                }
            }
        })
        .collect();
    assert_eq!(end, Err("of item 1"));
}
