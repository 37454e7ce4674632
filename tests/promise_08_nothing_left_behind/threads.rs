//! The threads of the process, counted; each test has the process for itself.

use super::common::threads::{come_back_to, count, processor_time};
use super::common::{Counter, Dice, caught, own_process};
use fanout::{CancelToken, over, release_threads};
use std::sync::Arc;
use std::sync::Barrier;
use std::time::{Duration, Instant};

/// Runs something that has `n` workers at once.
fn busy_run(n: usize) {
    let everyone = Barrier::new(n);
    over(0..n)
        .workers(n)
        .map(|_, _| super::common::meet(&everyone))
        .run();
}

#[test]
fn kept_threads_are_gone_when_they_are_released() {
    own_process(|| {
        let base = count();
        for n in [2, 5, 16, 40] {
            busy_run(n);
            release_threads();
            come_back_to(base);
        }
    });
}

#[test]
fn kept_threads_leave_by_themselves() {
    own_process(|| {
        let base = count();
        busy_run(8);
        assert!(count() > base, "no thread was kept, so this shows nothing");
        come_back_to(base);
    });
}

#[test]
fn kept_threads_are_used_again() {
    own_process(|| {
        let base = count();
        for _ in 0..500 {
            busy_run(4);
            // Beside each helper there may be one that came late, was replaced, and is on its way out.
            assert!(count() <= base + 2 * 3, "threads pile up");
        }
        release_threads();
        come_back_to(base);
    });
}

#[test]
fn a_thread_that_ends_takes_its_kept_threads_along() {
    own_process(|| {
        let base = count();
        for _ in 0..20 {
            std::thread::spawn(|| busy_run(4)).join().expect("no panic");
        }
        come_back_to(base);
    });
}

#[test]
fn threads_with_a_name_or_a_stack_end_with_their_run() {
    own_process(|| {
        let base = count();
        for _ in 0..20 {
            let everyone = Barrier::new(4);
            over(0..4)
                .workers(4)
                .name("mine")
                .map(|_, _| super::common::meet(&everyone))
                .run();
            come_back_to(base);
            over(0..4)
                .workers(4)
                .stack_size(1 << 18)
                .map(|_, _| super::common::meet(&everyone))
                .run();
            come_back_to(base);
        }
    });
}

#[test]
fn after_every_kind_of_end() {
    own_process(|| {
        let base = count();
        for n in [1, 2, 5] {
            let run = || over(0_u64..).workers(n);
            assert_eq!(
                run().cancel_on_error().map(|_, _| Err::<(), _>(1)).run(),
                Err(1)
            );
            drop(caught(|| {
                run().map(|_, _| panic!("on purpose")).for_each(|()| {})
            }));
            drop(caught(|| {
                run().map(|_, _| ()).for_each(|()| panic!("on purpose"))
            }));
            let token = CancelToken::new();
            assert!(
                run()
                    .cancel_with(&token)
                    .map(|_, _| token.cancel())
                    .run()
                    .is_err()
            );
            let limit = Duration::from_millis(5);
            assert!(
                run()
                    .timeout(limit)
                    .map(|_, cx| super::common::until_stopped(cx))
                    .run()
                    .is_err()
            );
            let mut results = run().map(|n, _| n).stream();
            assert!(results.next().is_some());
            drop(results);
            assert_eq!(run().map(|n, _| n).stream().finish(), Ok(()));
        }
        release_threads();
        // With the one of the deadline's timer, which goes when it has had nothing to do for a moment.
        come_back_to(base);
    });
}

#[test]
fn after_random_early_drops() {
    own_process(|| {
        let base = count();
        let mut dice = Dice::new(88);
        for round in 0..2_000 {
            let workers = 1 + dice.below(6) as usize;
            let run = over(0_u64..).workers(workers).map(|n, _| n);
            let mut results = if dice.below(2) == 0 {
                run.ordered().stream()
            } else {
                run.stream()
            };
            let taken = dice.below(6) as usize;
            assert_eq!(results.by_ref().take(taken).count(), taken);
            drop(results);
            if round % 100 == 0 {
                release_threads();
                come_back_to(base);
            }
        }
        release_threads();
        come_back_to(base);
    });
}

#[test]
fn after_chains_of_stages() {
    own_process(|| {
        let base = count();
        for n in [1, 2, 4] {
            for taken in [0, 1, 30] {
                let first = over(0_u64..).workers(n).window(8).ordered().map(|n, _| n);
                let second = over(first).workers(n).window(8).map(|n, _| n);
                let mut results = over(second).workers(n).map(|n, _| n).stream();
                assert_eq!(results.by_ref().take(taken).count(), taken);
                drop(results);
            }
            let first = over(0_u64..)
                .workers(n)
                .map(|n, _| assert_ne!(n, 500, "on purpose"));
            drop(caught(|| over(first).workers(n).map(|(), _| ()).run()));
        }
        release_threads();
        come_back_to(base);
    });
}

#[test]
fn hundreds_of_streams_at_once() {
    own_process(|| {
        let base = count();
        let mut streams: Vec<_> = (0..300_u64)
            .map(|start| {
                over(start..)
                    .workers(2)
                    .window(4)
                    .ordered()
                    .map(|n, _| n)
                    .stream()
            })
            .collect();
        for (start, results) in (0..).zip(&mut streams) {
            assert_eq!(results.next(), Some(start));
        }
        drop(streams);
        release_threads();
        come_back_to(base);
    });
}

#[test]
fn a_consumer_that_never_reads_again_costs_no_processor_time() {
    own_process(|| {
        for ordered in [false, true] {
            let ran = Arc::new(Counter::new());
            let inner = ran.clone();
            let run = over(0_u64..).workers(4).window(50).map(move |n, _| {
                inner.add(1);
                n
            });
            let results = if ordered {
                run.ordered().stream()
            } else {
                run.stream()
            };
            ran.wait_for(50);
            // What is measured is time, so this is the one place that has to let some pass.
            let before = processor_time();
            let began = Instant::now();
            std::thread::sleep(Duration::from_millis(400));
            let spent = processor_time() - before;
            assert!(
                spent * 10 <= began.elapsed(),
                "{spent:?} of processor time in {:?} of waiting",
                began.elapsed()
            );
            assert_eq!(ran.get(), 50, "the window is a bound");
            drop(results);
        }
    });
}

#[test]
fn workers_without_input_cost_no_processor_time() {
    own_process(|| {
        let (sender, receiver) = fanout::channel::unbounded::<u64>();
        let mut results = over(receiver).workers(4).map(|n, _| n).stream();
        sender.send(1).expect("the receiver is here");
        assert_eq!(results.next(), Some(1));
        let before = processor_time();
        let began = Instant::now();
        assert_eq!(
            results.next_timeout(Duration::from_millis(400)),
            Err(fanout::NotReady)
        );
        let spent = processor_time() - before;
        assert!(spent * 10 <= began.elapsed(), "{spent:?} of processor time");
        drop(results);
    });
}

#[test]
fn a_process_may_end_while_workers_run() {
    own_process(|| {
        let began = Arc::new(Counter::new());
        let inner = began.clone();
        let results = over(0_u64..)
            .workers(4)
            .dedicated()
            .map(move |_, cx| {
                inner.add(1);
                super::common::until_stopped(cx);
            })
            .stream();
        began.wait_for(4);
        // Never dropped: the end of the process must not wait for it, and must not crash.
        std::mem::forget(results);
    });
}
