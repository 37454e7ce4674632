//! W4, W4o: one item in a hundred takes a hundred times as long.

use super::WORKERS;
use crate::harness::{Bench, Row};
use crate::load::{chain, link, links};
use crate::peers::Streamed;

pub fn run(bench: &mut Bench) {
    if !bench.wants("W4") && !bench.wants("W4o") {
        return;
    }
    let count = bench.items(10_000) as u64;
    let (light, heavy) = (links(20_000), links(2_000_000));
    let streamed = Streamed {
        input: move || 0..count,
        // Spread as if by chance, and the same for every contender.
        work: move |n| {
            chain(
                n,
                if link(n).is_multiple_of(100) {
                    heavy
                } else {
                    light
                },
            )
        },
        digest: |result| result,
        workers: WORKERS,
    };
    let row = |name, what| Row {
        name,
        what,
        at_best: Some(WORKERS),
        note: None,
    };
    if bench.wants("W4") {
        bench.row(
            row(
                "W4",
                "10k items, 1 % of 2 ms and the rest of 20 us, unordered",
            ),
            streamed.unordered(),
        );
    }
    if bench.wants("W4o") {
        bench.row(
            row(
                "W4o",
                "10k items, 1 % of 2 ms and the rest of 20 us, ordered",
            ),
            streamed.ordered(),
        );
    }
}
