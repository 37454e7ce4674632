//! Nesting is safe: a fan-out inside a worker, the same function inside itself, inside rayon, under tokio.

mod common;

use common::watch;
use fanout::{CancelToken, Error, over};
use std::sync::Barrier;

/// A tree of runs: each of `width` items starts the same one level below.
fn leaves(depth: u32, width: u64, workers: usize) -> u64 {
    if depth == 0 {
        return 1;
    }
    over(0..width)
        .workers(workers)
        .map(|_, _| leaves(depth - 1, width, workers))
        .collect_unordered()
        .into_iter()
        .sum()
}

#[test]
fn the_same_function_inside_itself() {
    let _dog = watch("a recursive fan-out");
    for workers in [1, 2, 4] {
        assert_eq!(leaves(3, 5, workers), 125);
    }
    assert_eq!(leaves(6, 2, 2), 64);
}

#[test]
fn three_deep_in_every_terminal() {
    let _dog = watch("nested terminals");
    for workers in [1, 2, 3] {
        let inner = |n: u64| -> u64 {
            let stream = over(0..n).workers(workers).ordered().map(|n, _| n).stream();
            let mut sum = 0;
            over(stream)
                .workers(workers)
                .map(|n, _| n)
                .for_each(|n| sum += n);
            sum
        };
        let middle = |n: u64| -> u64 {
            let items: Vec<u64> = (0..n).collect();
            let sums: Vec<u64> = over(items)
                .workers(workers)
                .ordered()
                .map(|n, _| inner(n))
                .collect();
            sums.into_iter().sum()
        };
        let outer: u64 = over(0..12)
            .workers(workers)
            .map(|n, _| middle(n))
            .scope(|sums| sums.sum());
        let expected: u64 = (0..12_u64).flat_map(|n| 0..n).flat_map(|n| 0..n).sum();
        assert_eq!(outer, expected);
    }
}

#[test]
fn nested_runs_have_their_own_n() {
    let _dog = watch("meetings inside meetings");
    let outer = Barrier::new(3);
    over(0..3)
        .workers(3)
        .map(|_, _| {
            outer.wait();
            let inner = Barrier::new(4);
            over(0..8).workers(4).map(|_, _| common::meet(&inner)).run();
            outer.wait();
        })
        .run();
}

#[test]
fn a_stream_started_by_an_item_and_drained_by_another_run() {
    let _dog = watch("streams that are handed from run to run");
    for workers in [1, 2, 4] {
        let streams = over(1..20_u64)
            .workers(workers)
            .ordered()
            .map(move |n, _| over(0..n).workers(2).ordered().map(|n, _| n).stream());
        let counts: Vec<usize> = over(streams)
            .workers(workers)
            .ordered()
            .map(|stream, _| stream.count())
            .collect();
        assert!(counts.into_iter().eq(1..20));
    }
}

#[test]
fn a_panic_comes_out_of_nested_runs() {
    let _dog = watch("a panic three levels down");
    for workers in [1, 2, 4] {
        let payload = common::caught(|| {
            over(0..4)
                .workers(workers)
                .map(|_, _| {
                    over(0..4)
                        .workers(workers)
                        .map(|_, _| {
                            over(0..4)
                                .workers(workers)
                                .map(|n, _| assert_ne!(n, 2, "deep"))
                                .run()
                        })
                        .run();
                })
                .run();
        });
        assert!(common::payload_text(&*payload).contains("deep"));
    }
}

#[test]
fn a_nested_run_does_not_inherit_the_stop() {
    let _dog = watch("a nested run after the stop");
    let token = CancelToken::new();
    let end = over(0..1_000)
        .workers(2)
        .cancel_with(&token)
        .map(|_, cx| {
            token.cancel();
            // Its own run is whole; one that takes the context's token is not.
            let all: Vec<u64> = over(0..10).workers(2).ordered().map(|n, _| n).collect();
            assert!(all.into_iter().eq(0..10));
            let none = over(0..10)
                .workers(2)
                .cancel_with(cx.token())
                .map(|_, _| ())
                .run();
            assert_eq!(none, Err(Error::Cancelled));
        })
        .run();
    assert_eq!(end, Err(Error::Cancelled));
}

#[test]
fn inside_rayon() {
    let _dog = watch("fan-outs inside rayon");
    use rayon::prelude::*;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(2)
        .build()
        .expect("a pool");
    let sums: Vec<u64> = pool.install(|| {
        (0..40_u64)
            .into_par_iter()
            .map(|n| {
                over(0..n)
                    .workers(3)
                    .map(|n, _| n)
                    .collect_unordered()
                    .into_iter()
                    .sum()
            })
            .collect()
    });
    assert!(sums.into_iter().eq((0..40_u64).map(|n| (0..n).sum())));
    // And the other way round.
    let sums: Vec<u64> = over(0..40_u64)
        .workers(3)
        .ordered()
        .map(|n, _| pool.install(|| (0..n).into_par_iter().sum()))
        .collect();
    assert!(sums.into_iter().eq((0..40_u64).map(|n| (0..n).sum())));
}

#[test]
fn under_tokio() {
    let _dog = watch("fan-outs under tokio");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(4)
        .build()
        .expect("a runtime");
    let sum = runtime.block_on(async {
        let runs: Vec<_> = (0..20_u64)
            .map(|n| {
                tokio::task::spawn_blocking(move || {
                    let all: Vec<u64> = over(0..n).workers(3).ordered().map(|n, _| n).collect();
                    all.into_iter().sum::<u64>()
                })
            })
            .collect();
        let mut sum = 0;
        for run in runs {
            sum += run.await.expect("no panic");
        }
        sum
    });
    assert_eq!(sum, (0..20_u64).flat_map(|n| 0..n).sum());
}

#[test]
fn many_runs_at_once() {
    let _dog = watch("runs of many threads");
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                for n in 0..60_u64 {
                    let all: Vec<u64> = over(0..n).workers(2).ordered().map(|n, _| n).collect();
                    assert!(all.into_iter().eq(0..n));
                }
            });
        }
    });
}

#[test]
fn from_a_destructor_and_a_thread_local_that_is_being_destroyed() {
    struct RunsWhenDropped(&'static std::sync::atomic::AtomicU64);
    impl Drop for RunsWhenDropped {
        fn drop(&mut self) {
            let sum: u64 = over(0..10)
                .workers(3)
                .map(|n, _| n)
                .collect_unordered()
                .into_iter()
                .sum();
            self.0.store(sum, std::sync::atomic::Ordering::SeqCst);
        }
    }
    static SUM: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    thread_local! {
        static AT_THE_END: RunsWhenDropped = const { RunsWhenDropped(&SUM) };
    }
    let _dog = watch("a run at the end of its thread");
    for warm in [false, true] {
        SUM.store(0, std::sync::atomic::Ordering::SeqCst);
        std::thread::spawn(move || {
            AT_THE_END.with(|_| {});
            if warm {
                over(0..10).workers(3).map(|_, _| ()).run();
            }
        })
        .join()
        .expect("no panic");
        assert_eq!(SUM.load(std::sync::atomic::Ordering::SeqCst), 45);
    }
}
