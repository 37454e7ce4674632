//! Streams that are dropped before their end.

use super::common::{Census, Counted, Counter, Dice, watch};
use fanout::{Stream, over};
use std::sync::Arc;

/// An input of every kind, of `items` counted values (or without an end, where that is possible).
fn streams(census: &Census, items: u64, workers: usize, ordered: bool) -> Vec<Stream<Counted>> {
    let endless = {
        let census = census.clone();
        (0..).map(move |n| census.make(n))
    };
    let in_memory: Vec<Counted> = (0..items).map(|n| census.make(n)).collect();
    let (sender, receiver) = fanout::channel::unbounded();
    (0..items).for_each(|n| sender.send(census.make(n)).expect("the receiver is here"));
    // Open for as long as the run is there: dropping the stream must not wait for the end of the channel.
    let keep_open = move |item: Counted, _: &fanout::Context| {
        let _open = &sender;
        item
    };
    macro_rules! started {
        ($run:expr) => {
            if ordered {
                $run.ordered().stream()
            } else {
                $run.stream()
            }
        };
    }
    vec![
        started!(
            over(endless)
                .workers(workers)
                .window(32)
                .map(|item, _| item)
        ),
        started!(over(in_memory).workers(workers).map(|item, _| item)),
        started!(over(receiver).workers(workers).map(keep_open)),
    ]
}

#[test]
fn at_every_point() {
    const ITEMS: u64 = 40;
    for workers in [1, 2, 5] {
        for ordered in [false, true] {
            let _dog = watch(format!("drops at every point, {workers} workers"));
            for taken in 0..=ITEMS as usize {
                let census = Census::new();
                for mut results in streams(&census, ITEMS, workers, ordered) {
                    assert_eq!(results.by_ref().take(taken).count(), taken);
                    drop(results);
                }
                census.assert_all_gone();
            }
        }
    }
}

#[test]
fn at_random_points_ten_thousand_times() {
    let _dog = super::common::watchdog::watch_for(
        "ten thousand early drops",
        std::time::Duration::from_secs(60),
    );
    let mut dice = Dice::new(8);
    let census = Census::new();
    for _ in 0..10_000 {
        let inner = census.clone();
        let run = over((0..).map(move |n| inner.make(n)))
            .workers(1 + dice.below(4) as usize)
            .window(1 + dice.below(20) as usize);
        let run = run.map(|item, _| item);
        let mut results = if dice.below(2) == 0 {
            run.ordered().stream()
        } else {
            run.stream()
        };
        let taken = dice.below(12) as usize;
        assert_eq!(results.by_ref().take(taken).count(), taken);
        super::common::spin(dice.below(3_000));
        drop(results);
        assert_eq!(census.alive(), 0);
    }
    census.assert_all_gone();
}

#[test]
fn while_results_are_ready_and_while_none_is() {
    let _dog = watch("drops of full and empty windows");
    for ordered in [false, true] {
        for workers in [1, 3] {
            // All that fits is ready.
            let census = Census::new();
            let done = Arc::new(Counter::new());
            let (inner, count) = (census.clone(), done.clone());
            let run = over((0..).map(move |n| inner.make(n)))
                .workers(workers)
                .window(9)
                .map(move |item, _| {
                    count.add(1);
                    item
                });
            let results = if ordered {
                run.ordered().stream()
            } else {
                run.stream()
            };
            done.wait_for(9);
            drop(results);
            census.assert_all_gone();
            // Nothing is: every worker is inside an item that waits for the stop.
            let began = Arc::new(Counter::new());
            let (inner, count) = (census.clone(), began.clone());
            let run = over((0..).map(move |n| inner.make(n)))
                .workers(workers)
                .map(move |item, cx| {
                    count.add(1);
                    let _closed = cx.done().recv();
                    item
                });
            let results = if ordered {
                run.ordered().stream()
            } else {
                run.stream()
            };
            began.wait_for(workers);
            drop(results);
            assert_eq!(began.get(), workers);
            census.assert_all_gone();
        }
    }
}

#[test]
fn stopped_streams_hand_over_what_is_finished_and_then_end() {
    let _dog = watch("a stopped stream");
    for workers in [1, 3] {
        let census = Census::new();
        let inner = census.clone();
        let mut results = over((0..).map(move |n| inner.make(n)))
            .workers(workers)
            .window(10)
            .ordered()
            .map(|item, _| item)
            .stream();
        let first = results.next().expect("an endless input");
        assert_eq!(first.value, 0);
        results.stop();
        let rest: Vec<u64> = results.by_ref().map(|item| item.value).collect();
        assert!(rest.len() <= 10);
        assert!((1..).zip(&rest).all(|(n, value)| n == *value), "no gap");
        drop((first, results));
        census.assert_all_gone();
    }
}

#[test]
fn a_stream_that_went_to_another_thread() {
    let _dog = watch("a stream dropped elsewhere");
    for _ in 0..200 {
        let census = Census::new();
        let inner = census.clone();
        let mut results = over((0..).map(move |n| inner.make(n)))
            .workers(3)
            .map(|item, _| item)
            .stream();
        drop(results.next());
        std::thread::spawn(move || {
            drop(results.next());
            drop(results);
        })
        .join()
        .expect("no panic");
        census.assert_all_gone();
    }
}
