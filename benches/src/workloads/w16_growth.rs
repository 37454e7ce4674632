//! W16, W16-8, W16w: does an item cost more where there are many, a hundred million, or many workers?

use std::time::{Duration, Instant};

use fanout::fan_out;

use crate::harness::{Bench, Contender, OURS, Row, Sample};
use crate::load::{chain, in_any_order, links};

#[fan_out]
fn chained(n: u32, #[shared] links: u32) -> u64 {
    chain(n.into(), links)
}

/// What the times are made comparable to.
const ITEMS: u32 = 1_000_000;

pub fn run(bench: &mut Bench) {
    by_items(
        bench,
        "W16",
        &[
            (OURS, ITEMS),
            ("fanout, 1,000", 1_000),
            ("fanout, 10,000", 10_000),
            ("fanout, 100,000", 100_000),
            ("fanout, 10,000,000", 10_000_000),
        ],
    );
    // Its samples take seconds each, so it has a row of its own, and few rounds.
    let rounds = std::mem::replace(&mut bench.rounds, 3);
    by_items(
        bench,
        "W16-8",
        &[(OURS, ITEMS), ("fanout, 100,000,000", 100_000_000)],
    );
    bench.rounds = rounds;
    by_workers(bench);
}

fn by_items(bench: &mut Bench, name: &'static str, runs: &[(&'static str, u32)]) {
    if !bench.wants(name) {
        return;
    }
    let (links, workers) = (links(100), bench.workers());
    let largest = if bench.quick { 20_000 } else { u32::MAX };
    let contenders = runs.iter().map(|&(name, count)| {
        let count = count.min(largest);
        let expected = by_loop(count, links);
        Contender::sampled(name, move || streamed(count, workers, links, expected))
    });
    bench.row(
        Row {
            name,
            what: "1M items of 100 ns in a stream, in runs of so many",
            at_best: None,
            note: None,
        },
        contenders.collect(),
    );
}

fn by_workers(bench: &mut Bench) {
    if !bench.wants("W16w") {
        return;
    }
    let links = links(2_000);
    let count = bench.items(100_000) as u32;
    let expected = by_loop(count, links);
    let with = |workers| move || streamed(count, workers, links, expected);
    bench.row(
        Row {
            name: "W16w",
            what: "1M items of 2 us in a stream, with so many workers",
            at_best: None,
            note: None,
        },
        vec![
            Contender::sampled(OURS, with(bench.workers())),
            Contender::sampled("fanout, 1 worker", with(1)),
            Contender::sampled("fanout, 4 workers", with(4)),
            Contender::sampled("fanout, 16 workers", with(16)),
            Contender::sampled("fanout, 64 workers", with(64)),
            Contender::sampled("fanout, 1000 workers", with(1_000)),
        ],
    );
}

fn by_loop(count: u32, links: u32) -> u64 {
    (0..count)
        .map(|n| chain(n.into(), links))
        .fold(0, in_any_order)
}

/// The time of [`ITEMS`] items, in runs of `count` or as a part of one run.
fn streamed(count: u32, workers: usize, links: u32, expected: u64) -> Sample {
    // At least a millisecond of work, or the clock would be all that is seen.
    let runs = (10_000 / count).max(1);
    let start = Instant::now();
    for _ in 0..runs {
        let results = chained(0..count, links).workers(workers).stream();
        assert_eq!(results.fold(0, in_any_order), expected, "a result is wrong");
    }
    let each = start.elapsed().as_secs_f64() / f64::from(runs) / f64::from(count);
    Sample {
        time: Duration::from_secs_f64(each * f64::from(ITEMS)),
        // Looked at above: the rows compare runs of different sizes.
        sum: 0,
        note: 0,
    }
}
