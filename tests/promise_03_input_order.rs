//! `ordered`: results in input order; and a slow head never stops the workers before the window is full.

mod common;

use common::{Counter, Dice, Gate, watch};
use fanout::over;
use std::sync::Arc;

#[test]
fn whatever_the_delays() {
    let _dog = watch("uneven items in order");
    let mut dice = Dice::new(3);
    for _ in 0..150 {
        let delays: Vec<u64> = (0..dice.below(400))
            .map(|_| match dice.below(30) {
                0 => 100_000,
                1..10 => 3_000,
                _ => 0,
            })
            .collect();
        let workers = 1 + dice.below(8) as usize;
        let window = 1 + dice.below(100) as usize;
        let expected = 0..delays.len() as u64;
        let work = |delay: u64, cx: &fanout::Context| {
            common::spin(delay);
            cx.index()
        };
        let run = || {
            over(delays.clone().into_iter())
                .workers(workers)
                .ordered()
                .map(work)
        };
        assert!(run().collect::<Vec<_>>().into_iter().eq(expected.clone()));
        assert!(
            run()
                .window(window)
                .collect::<Vec<_>>()
                .into_iter()
                .eq(expected.clone())
        );
        assert!(run().scope(|results| results.eq(expected.clone())));
        let in_memory = over(&delays)
            .workers(workers)
            .ordered()
            .map(|delay, cx| work(*delay, cx));
        assert!(
            in_memory
                .collect::<Vec<_>>()
                .into_iter()
                .eq(expected.clone())
        );
        let batch = 1 + dice.below(window as u64) as usize;
        let batched = run().window(window).batch(batch);
        let mut next = 0;
        batched.for_each(|index| {
            assert_eq!(index, next);
            next += 1;
        });
        assert_eq!(next, expected.end);
    }
}

#[test]
fn in_reverse_order_of_finishing() {
    let _dog = watch("items that finish in reverse");
    // Item n ends only after item n + 1 has.
    const N: usize = 8;
    let ended: Vec<Gate> = (0..=N).map(|_| Gate::new()).collect();
    ended[N].open();
    let all: Vec<usize> = over(0..N)
        .workers(N)
        .ordered()
        .map(|n, _| {
            ended[n + 1].wait();
            ended[n].open();
            n
        })
        .collect();
    assert!(all.into_iter().eq(0..N));
}

#[test]
fn a_slow_head_does_not_stop_the_others_before_the_window_is_full() {
    let _dog = watch("a head that waits for the whole window");
    for workers in [2, 3, 8] {
        for window in [2, 3, 8, 64, 500] {
            // The head ends only when everything that fits behind it has run: with a smaller window this hangs.
            let behind = Counter::new();
            let mut most_at_once = 0;
            over(0..2_000_u64)
                .workers(workers)
                .window(window)
                .ordered()
                .map(|n, _| {
                    if n == 0 {
                        behind.wait_for(window - 1);
                        return behind.get();
                    }
                    behind.add(1);
                    0
                })
                .for_each(|before| most_at_once = most_at_once.max(before));
            // And with a larger one it is no bound.
            assert_eq!(most_at_once, window - 1, "{workers} workers");
        }
    }
}

#[test]
fn a_slow_head_does_not_hold_up_its_own_batch() {
    let _dog = watch("a head that waits for the rest of its batch");
    let behind = Counter::new();
    let all: Vec<u64> = over(0..100_u64)
        .workers(3)
        .window(64)
        .batch(32)
        .ordered()
        .map(|n, _| {
            if n == 0 {
                behind.wait_for(63);
            } else {
                behind.add(1);
            }
            n
        })
        .scope(|results| results.collect());
    assert!(all.into_iter().eq(0..100));
}

#[test]
fn what_is_finished_before_a_slow_item_is_delivered_at_once() {
    let _dog = watch("results in front of a slow item");
    for workers in [1, 2, 4] {
        // Item 5 ends only when the consumer has had the five before it, of whatever batch they were.
        let delivered = Arc::new(Counter::new());
        let seen = delivered.clone();
        let results = over(0..50_u64)
            .workers(workers)
            .dedicated()
            .window(40)
            .batch(20)
            .ordered()
            .map(move |n, _| {
                if n == 5 {
                    seen.wait_for(5);
                }
                n
            })
            .stream();
        let mut next = 0;
        for n in results {
            assert_eq!(n, next);
            next += 1;
            delivered.add(1);
        }
        assert_eq!(next, 50);
    }
}

#[test]
fn without_order_a_slow_item_holds_up_nothing() {
    let _dog = watch("results behind a slow item");
    // Item 0 ends only when all others were delivered.
    let delivered = Counter::new();
    let last = over(0..300_u64)
        .workers(2)
        .dedicated()
        .batch(16)
        .window(64)
        .map(|n, _| {
            if n == 0 {
                delivered.wait_for(299);
            }
            n
        })
        .scope(|results| {
            results.fold(None, |_, n| {
                delivered.add(1);
                Some(n)
            })
        });
    assert_eq!(last, Some(0));
}

#[test]
fn indexes_are_those_of_the_input() {
    let _dog = watch("indexes");
    for workers in [1, 2, 5] {
        let run = || over((0..1_000_u64).map(|n| n * 7)).workers(workers);
        let all: Vec<(u64, u64)> = run().ordered().map(|n, _| n).indexed().collect();
        assert!(all.into_iter().eq((0..1_000).map(|n| (n, n * 7))));
        let any = run()
            .map(|n, cx| (cx.index(), n))
            .indexed()
            .collect_unordered();
        assert_eq!(any.len(), 1_000);
        assert!(
            any.into_iter()
                .all(|(index, (seen, n))| index == seen && n == index * 7)
        );
        let items: Vec<u64> = (0..1_000).collect();
        over(items)
            .workers(workers)
            .map(|n, cx| assert_eq!(n, cx.index()))
            .run();
    }
}
