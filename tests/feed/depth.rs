//! Memory follows the depth of a tree, not its breadth.

use fanout::{Context, Feed, Report, over, over_local};

use crate::common::watch;

fn peak(workers: usize, width: u32, depth: u32) -> usize {
    let mut report: Option<Report> = None;
    over([depth])
        .workers(workers)
        .map_feed(|left, feed, _cx| {
            if left > 0 {
                (0..width).for_each(|_| feed.push(left - 1));
            }
        })
        .on_report(|told| report = Some(told.clone()))
        .run();
    report.expect("the run reports").feed_peak()
}

/// A million leaves, of which few wait at any time: a batch of siblings on each level, for each worker.
#[test]
fn the_feed_stays_small() {
    let _dog = watch("a broad tree");
    for workers in [1, 2, 4] {
        let most = peak(workers, 10, 5);
        assert!(
            most <= workers * 5 * 10 * 33,
            "{most} with {workers} workers"
        );
    }
    // One worker goes down strictly: the siblings on each level.
    assert!(peak(1, 10, 5) <= 10 * 5);
}

#[test]
fn a_chain_waits_nowhere() {
    let _dog = watch("a long chain");
    for workers in [1, 3] {
        assert_eq!(peak(workers, 1, 20_000), 1);
    }
}

/// The input waits while the feed holds anything, also where the calling thread pulls it.
#[test]
fn an_input_does_not_run_ahead_of_the_feed() {
    let _dog = watch("a long input beside a feed");
    for here in [false, true] {
        let mut report: Option<Report> = None;
        let told = |told: &Report| report = Some(told.clone());
        let item = |n: u32, feed: &Feed<u32>, _: &Context| {
            if n < 20_000 {
                feed.push(n + 20_000);
            }
        };
        if here {
            let run = over_local(0..20_000_u32).workers(2).map_feed(item);
            run.on_report(told).run();
        } else {
            let run = over(0..20_000_u32).workers(2).map_feed(item);
            run.on_report(told).run();
        }
        let peak = report.expect("the run reports").feed_peak();
        assert!(peak <= 2_048, "{peak}");
    }
}
