//! W3a, W3b: items that all take the same time, in order.

use super::WORKERS;
use crate::harness::{Bench, Row};
use crate::load::{chain, links};
use crate::peers::Streamed;

pub fn run(bench: &mut Bench) {
    for (name, what, count, nanoseconds) in [
        ("W3a", "200k items of 2 us, ordered", 200_000, 2_000),
        ("W3b", "50k items of 20 us, ordered", 50_000, 20_000),
    ] {
        if !bench.wants(name) {
            continue;
        }
        let (count, links) = (bench.items(count) as u64, links(nanoseconds));
        let streamed = Streamed {
            input: move || 0..count,
            work: move |n| chain(n, links),
            digest: |result| result,
            workers: WORKERS,
        };
        let row = Row {
            name,
            what,
            at_best: Some(WORKERS),
            note: None,
        };
        bench.row(row, streamed.ordered());
    }
}
