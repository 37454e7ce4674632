//! Items alive (taken in, running, or with a result that was not handed over) are at most the window, batches included,
//! plus one in the consumer's hands; endless inputs included.

mod common;

use common::{Census, Counted, Counter, Gate, watch};
use fanout::over;
use std::sync::Arc;

/// Each item is counted from `next` until the consumer drops the result that holds it.
fn most_alive(workers: usize, window: usize, batch: Option<usize>, ordered: bool) -> usize {
    let census = Census::new();
    let run = over((0..600_u64).map(|n| census.make(n)))
        .workers(workers)
        .window(window);
    let run = match batch {
        Some(batch) => run.batch(batch),
        None => run,
    };
    let run = run.map(|item: Counted, _| {
        if item.value % 97 == 0 {
            common::spin(20_000);
        }
        item
    });
    // A consumer that is slower than the workers from time to time.
    let consume = |item: Counted| {
        if item.value % 50 == 0 {
            common::spin(50_000);
        }
    };
    let high_water = std::sync::Mutex::new(0);
    let run = run.on_report(|report| *high_water.lock().unwrap() = report.window_high_water());
    if ordered {
        run.ordered().for_each(consume);
    } else {
        run.for_each(consume);
    }
    census.assert_all_gone();
    let high_water = high_water.into_inner().unwrap();
    assert!(high_water <= window, "the report says {high_water}");
    census.most()
}

#[test]
fn over_a_grid_of_workers_windows_and_batches() {
    for workers in [1, 2, 3, 8, 20] {
        let _dog = watch(format!("a grid of windows, {workers} workers"));
        for window in [1, 2, 7, 32, 200] {
            for batch in [None, Some(1), Some(5), Some(32), Some(200)] {
                if batch.is_some_and(|batch| batch > window) {
                    continue;
                }
                for ordered in [false, true] {
                    let most = most_alive(workers, window, batch, ordered);
                    assert!(
                        most <= window + 1,
                        "{most} alive: {workers} workers, window {window}, batch {batch:?}, ordered: {ordered}"
                    );
                }
            }
        }
    }
}

/// Workers take a few batches at once out of a channel; those count as well.
#[test]
fn over_a_channel_in_which_everything_lies() {
    for workers in [2, 3, 8] {
        let _dog = watch(format!("a channel, {workers} workers"));
        for window in [1, 2, 3, 7, 32, 200] {
            for batch in [None, Some(1), Some(window)] {
                let (sender, receiver) = fanout::channel::unbounded();
                (0..2_000_u64).for_each(|n| sender.send(n).expect("the receiver is here"));
                drop(sender);
                let high_water = std::sync::Mutex::new(0);
                let run = over(receiver).workers(workers).window(window);
                let run = match batch {
                    Some(batch) => run.batch(batch),
                    None => run,
                };
                let mut results = Vec::new();
                run.map(|item, _| item)
                    .on_report(|report| *high_water.lock().unwrap() = report.window_high_water())
                    .ordered()
                    .for_each(|item| results.push(item));
                assert!(results.into_iter().eq(0..2_000));
                let high_water = high_water.into_inner().unwrap();
                assert!(
                    high_water <= window,
                    "{high_water} of {window}, {workers} workers, batch {batch:?}"
                );
            }
        }
    }
}

#[test]
fn what_was_taken_out_of_a_channel_is_gone_after_a_stop() {
    let _dog = watch("a channel and an error");
    for fails_at in [0, 500, 5_000] {
        let census = Census::new();
        let (sender, receiver) = fanout::channel::unbounded();
        (0..6_000).for_each(|n| sender.send(census.make(n)).expect("the receiver is here"));
        let result: Result<Vec<Counted>, u64> = over(receiver)
            .workers(3)
            .map(move |item: Counted, _| {
                if item.value == fails_at {
                    Err(item.value)
                } else {
                    Ok(item)
                }
            })
            .cancel_on_error()
            .ordered()
            .collect();
        assert_eq!(result.err(), Some(fails_at));
        // The sender is still there, the receiver and what lay in it is not.
        assert!(sender.send(census.make(0)).is_err());
        census.assert_all_gone();
    }
}

#[test]
fn the_window_without_a_number_is_a_bound() {
    let _dog = watch("default windows");
    for workers in [1, 2, 8, 400] {
        for ordered in [false, true] {
            let census = Census::new();
            let inner = census.clone();
            let run = over((0..).map(move |n| inner.make(n)))
                .workers(workers)
                .map(|item, _| item);
            let mut results = if ordered {
                run.ordered().stream()
            } else {
                run.stream()
            };
            // Long enough for the window to grow as far as it does where the consumer keeps up.
            assert_eq!(results.by_ref().take(200_000).count(), 200_000);
            drop(results);
            let bound = 8 * 1_024.max(4 * workers) + 1;
            assert!(
                census.most() <= bound,
                "{} alive, {workers} workers",
                census.most()
            );
        }
    }
}

#[test]
fn a_slow_head_and_a_consumer_that_stops_find_no_wider_window_before_there_is_a_flow() {
    let _dog = watch("default windows without a flow");
    for workers in [1, 2, 8] {
        for ordered in [false, true] {
            let census = Census::new();
            let pulled = Arc::new(Counter::new());
            let (inner, count, seen) = (census.clone(), pulled.clone(), pulled.clone());
            let items = (0..).map(move |n| inner.make(n));
            let run = over(items.inspect(move |_| count.tick()))
                .workers(workers)
                .map(move |item: Counted, _| {
                    // The head is slow until the others have filled the window. (A lone worker pulls nothing meanwhile.)
                    if item.value == 0 && workers > 1 {
                        seen.wait_for(1_024);
                    }
                    item
                });
            let mut results = if ordered {
                run.ordered().stream()
            } else {
                run.stream()
            };
            assert_eq!(results.by_ref().take(3_000).count(), 3_000);
            // Nothing is taken any more, and the workers go on until the window is full, but for what they were not told of:
            // less than a quarter.
            pulled.wait_for(3_000 + 1_024 - 256);
            drop(results);
            assert!(
                census.most() <= 1_024 + 1,
                "{} alive, {workers} workers",
                census.most()
            );
        }
    }
}

#[test]
fn a_consumer_that_does_not_come_stops_the_input() {
    let _dog = watch("a consumer that does not come");
    for ordered in [false, true] {
        for workers in [1, 3, 8] {
            let census = Census::new();
            let pulled = Arc::new(Counter::new());
            let (inner, count) = (census.clone(), pulled.clone());
            let run = over(
                (0..)
                    .map(move |n| inner.make(n))
                    .inspect(move |_| count.tick()),
            )
            .workers(workers)
            .window(25)
            .map(|item, _| item);
            let mut results = if ordered {
                run.ordered().stream()
            } else {
                run.stream()
            };
            pulled.wait_for(25);
            // Each result that is taken makes room for one more.
            for taken in 1..=40 {
                drop(results.next());
                assert!(census.made() <= 25 + taken);
            }
            drop(results);
            census.assert_all_gone();
        }
    }
}

/// Taken results make room, also while others of the batch that they came in are still there.
#[test]
fn the_room_of_taken_results_is_given_back() {
    let _dog = watch("a consumer in the middle of a batch");
    let pulled = Arc::new(Counter::new());
    let count = pulled.clone();
    let input = (0..).inspect(move |_: &u64| {
        count.tick();
    });
    let mut results = over(input)
        .workers(2)
        .window(8)
        .batch(8)
        .ordered()
        .map(|n, _| n)
        .stream();
    pulled.wait_for(8);
    for _ in 0..3 {
        assert!(results.next().is_some());
    }
    pulled.wait_for(9);
}

#[test]
fn a_slow_head_stops_the_input_at_the_window() {
    let _dog = watch("a head that stops everything");
    for workers in [2, 5] {
        let census = Census::new();
        let pulled = Counter::new();
        let head = Gate::new();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                pulled.wait_for(30);
                head.open();
            });
            over((0..500).map(|n| census.make(n)).inspect(|_| pulled.tick()))
                .workers(workers)
                .window(30)
                .ordered()
                .map(|item, _| {
                    if item.value == 0 {
                        head.wait();
                        assert_eq!(census.alive(), 30);
                    }
                    item
                })
                .for_each(drop);
        });
        assert!(census.most() <= 31);
    }
}

#[test]
fn items_that_are_pulled_here_count_too() {
    let _dog = watch("windows of items that are pulled here");
    for workers in [1, 2, 5] {
        for window in [1, 4, 30] {
            let census = Census::new();
            fanout::over_local((0..1_000).map(|n| census.make(n)))
                .workers(workers)
                .window(window)
                .ordered()
                .map(|item, _| item)
                .for_each(drop);
            assert!(census.most() <= window + 1, "{} alive", census.most());
        }
    }
}

#[test]
fn a_chain_of_stages_has_the_sum_of_its_windows() {
    let _dog = watch("windows of stages");
    for workers in [1, 2, 4] {
        let census = Census::new();
        let first = over((0..2_000).map(|n| census.make(n)))
            .workers(workers)
            .window(6)
            .ordered()
            .map(|item, _| item);
        let second = over(first)
            .workers(workers)
            .window(10)
            .ordered()
            .map(|item, _| item);
        let mut next = 0;
        over(second)
            .workers(workers)
            .window(3)
            .ordered()
            .map(|item, _| item)
            .for_each(|item| {
                assert_eq!(item.value, next);
                next += 1;
            });
        assert_eq!(next, 2_000);
        // One more in the hands of each consumer.
        assert!(census.most() <= 6 + 10 + 3 + 3, "{} alive", census.most());
    }
}

#[test]
fn an_iterator_that_promises_a_lot_gets_no_memory_for_it() {
    // With the memory that these hints ask for the process would be ended.
    struct Promises(u64);
    impl Iterator for Promises {
        type Item = [u64; 64];
        fn next(&mut self) -> Option<Self::Item> {
            self.0 = self.0.checked_sub(1)?;
            Some([self.0; 64])
        }
        fn size_hint(&self) -> (usize, Option<usize>) {
            (usize::MAX / 1_024, Some(usize::MAX / 1_024))
        }
    }
    let _dog = watch("an iterator that promises a lot");
    for workers in [1, 3] {
        let all: Vec<_> = over(Promises(100))
            .workers(workers)
            .ordered()
            .map(|item, _| item[0])
            .collect();
        assert!(all.into_iter().eq((0..100).rev()));
        assert_eq!(
            over(Promises(100))
                .workers(workers)
                .map(|item, _| item)
                .collect_unordered()
                .len(),
            100
        );
    }
}
