//! Trees and chains of all shapes, to their end and no further.

use std::collections::HashSet;
use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

use fanout::{Feed, over};
use proptest::prelude::*;

use crate::common::{Census, Counted, Counter, Gate, spin, watch};

/// Each node has `width` children down to `depth`.
fn nodes(width: u64, depth: u32) -> u64 {
    (0..=depth).map(|level| width.pow(level)).sum()
}

fn count(workers: usize, width: u64, depth: u32) -> u64 {
    let ran = AtomicU64::new(0);
    over([0_u32])
        .workers(workers)
        .map_feed(|level, feed, _cx| {
            ran.fetch_add(1, SeqCst);
            if level < depth {
                (0..width).for_each(|_| feed.push(level + 1));
            }
        })
        .run();
    ran.into_inner()
}

#[test]
fn every_node_runs_once() {
    let _dog = watch("trees");
    for workers in [1, 2, 5] {
        for (width, depth) in [(1, 0), (1, 1_000), (2, 10), (10, 4), (1_000, 1)] {
            assert_eq!(count(workers, width, depth), nodes(width, depth));
        }
    }
}

/// A thousand short runs: the end is found each time, whoever is the last.
#[test]
fn the_end_is_found() {
    let _dog = watch("a thousand small trees");
    for round in 0..1_000 {
        let depth = round % 4;
        assert_eq!(count(1 + round as usize % 4, 2, depth), nodes(2, depth));
    }
}

/// The last item pushes, at the moment when all others have nothing to do.
#[test]
fn a_chain_that_wakes_the_others_each_time() {
    let _dog = watch("a chain");
    for workers in [2, 4] {
        let ran = Counter::new();
        over([200_u32])
            .workers(workers)
            .dedicated()
            .map_feed(|left, feed, _cx| {
                ran.add(1);
                if left > 0 {
                    std::thread::yield_now();
                    feed.push(left - 1);
                }
            })
            .run();
        assert_eq!(ran.get(), 201);
    }
}

/// What one item pushes is run by as many workers as there are, while that item goes on.
#[test]
fn pushed_items_meet() {
    let _dog = watch("pushed items that meet");
    for workers in [2, 4, 9] {
        let all_here = Barrier::new(workers);
        over([true])
            .workers(workers)
            .map_feed(|root, feed, _cx| {
                if root {
                    (1..workers).for_each(|_| feed.push(false));
                }
                all_here.wait();
            })
            .run();
    }
}

/// An item is taken while the one that pushed it is still inside its call.
#[test]
fn an_item_may_wait_for_what_it_pushed() {
    let _dog = watch("an item that waits for its child");
    let done = Gate::new();
    over([true])
        .workers(2)
        .map_feed(|root, feed, _cx| {
            if root {
                feed.push(false);
                done.wait();
            } else {
                done.open();
            }
        })
        .run();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// Items are numbers below `len`; each pushes some higher ones, none is pushed twice.
    #[test]
    fn random_trees(
        parents in proptest::collection::vec(any::<prop::sample::Index>(), 0..200),
        roots in 1..5_usize,
        workers in 1..6_usize,
        window in proptest::option::of(1..20_usize),
    ) {
        let _dog = watch("random trees");
        let len = roots + parents.len();
        let mut children = vec![Vec::new(); len];
        for (at, parent) in parents.iter().enumerate() {
            let child = roots + at;
            children[parent.index(child)].push(child);
        }
        let census = Census::new();
        let run = over((0..roots).map(|root| census.make(root as u64))).workers(workers);
        let run = match window {
            Some(window) => run.window(window),
            None => run,
        };
        let all: HashSet<u64> = run
            .map_feed(|item: Counted, feed: &Feed<Counted>, _cx| {
                spin(item.value % 5 * 300);
                for child in &children[item.value as usize] {
                    feed.push(census.make(*child as u64));
                }
                item.value
            })
            .collect();
        prop_assert_eq!(all.len(), len);
        prop_assert_eq!(census.made(), len as u64);
        census.assert_all_gone();
    }
}
