//! No key holds up another.

use std::sync::{Arc, Barrier};

use fanout::over;

use crate::common::{Census, Counter, Gate, watch};

/// A key is inside its first item for as long as it takes everyone else to be done. Many of its items wait; none of the
/// others does.
#[test]
fn a_slow_key_delays_only_itself() {
    let _dog = watch("a slow key");
    for workers in [2, 3, 8] {
        for ordered in [false, true] {
            let others = Counter::new();
            let slow = Counter::new();
            let item = |n: u64, _: &fanout::Context| {
                // Every third item is of the slow key.
                if n % 3 == 0 {
                    others.wait_for(200);
                    slow.add(1);
                } else {
                    others.add(1);
                }
            };
            let run = over(0..300_u64)
                .workers(workers)
                .window(400)
                .shard_by(|n: &u64| if n % 3 == 0 { u64::MAX } else { *n });
            if ordered {
                run.ordered().map(item).run();
            } else {
                run.map(item).run();
            }
            assert_eq!((slow.get(), others.get()), (100, 200));
        }
    }
}

/// Items of different keys meet, whatever waits behind them.
#[test]
fn as_many_keys_as_workers_run_at_once() {
    let _dog = watch("keys that meet");
    for workers in [2, 4, 9] {
        let all_here = Barrier::new(workers);
        // Ten of each key, one key after the other: to meet, the workers have to look past what waits.
        let items = workers as u64 * 10;
        over(0..items)
            .workers(workers)
            .window(items as usize)
            .shard_by(|n: &u64| n / 10)
            .map(|_, _cx| {
                all_here.wait();
            })
            .run();
    }
}

/// What waits for its key is in the window: a key that stands still stops the input there.
#[test]
fn items_that_wait_are_counted() {
    let _dog = watch("a key that fills the window");
    let census = Census::new();
    let made = census.clone();
    let gate = Arc::new(Gate::new());
    let closed = gate.clone();
    let mut results = over((0..).map(move |n| made.make(n)))
        .workers(3)
        .window(20)
        .shard_by(|_: &crate::common::Counted| 0)
        .map(move |item, _cx| {
            closed.wait();
            item
        })
        .stream();
    assert!(
        results
            .next_timeout(std::time::Duration::from_millis(20))
            .is_err()
    );
    assert!(census.most() <= 20);
    gate.open();
    for n in 0..100 {
        assert_eq!(results.next().map(|item| item.value), Some(n));
    }
    assert!(census.most() <= 21);
    drop(results);
    census.assert_all_gone();
}

/// The consumer may run an item of a key while others of it wait, and leave the rest to workers: they are still there.
#[test]
fn a_consumer_that_helps_does_not_strand_a_key() {
    let _dog = watch("one key and a consumer that helps");
    let caller = std::thread::current().id();
    for _ in 0..30 {
        let mut count = 0;
        over((0..64_u64).collect::<Vec<_>>())
            .workers(6)
            .window(64)
            .cpu_bound()
            .shard_by(|_: &u64| 0)
            .map(|n, _cx| {
                // Long where the consumer runs it, so that it does not help again.
                let long = std::thread::current().id() == caller;
                crate::common::spin(if long { 2_000_000 } else { 5_000 });
                n
            })
            .for_each(|_| count += 1);
        assert_eq!(count, 64);
    }
}
