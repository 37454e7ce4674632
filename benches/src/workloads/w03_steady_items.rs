//! W3a, W3b, W3c: items that all take the same time, in order; in W3c the loop that they are streamed to has work of its own.

use crate::harness::{Bench, Row, cores};
use crate::load::{chain, links};
use crate::peers::Streamed;

pub fn run(bench: &mut Bench) {
    for (name, what, count, nanoseconds, in_the_loop) in [
        ("W3a", "200k items of 2 us, ordered", 200_000, 2_000, 0),
        ("W3b", "50k items of 20 us, ordered", 50_000, 20_000, 0),
        (
            "W3c",
            "100k items of 2 us, ordered, and 1 us in the loop",
            100_000,
            2_000,
            1_000,
        ),
    ] {
        if !bench.wants(name) {
            continue;
        }
        let (count, item) = (bench.items(count) as u64, links(nanoseconds));
        let result = if in_the_loop == 0 {
            0
        } else {
            links(in_the_loop)
        };
        let streamed = Streamed {
            input: move || 0..count,
            work: move |n| chain(n, item),
            digest: move |n| chain(n, result),
            workers: bench.workers(),
        };
        // With work of its own the loop is a thread beside the workers. It has a third of all work, and does that alone.
        let at_best = if in_the_loop == 0 {
            bench.at_best()
        } else {
            (bench.workers() + 1).min(cores()).min(3)
        };
        let row = Row {
            name,
            what,
            at_best: Some(at_best),
            note: None,
        };
        bench.row(row, streamed.ordered());
    }
}
