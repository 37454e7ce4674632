//! W2, W2o: many owned strings from an iterator, little work on each, streamed to a loop.

use super::WORKERS;
use crate::harness::{Bench, Row};
use crate::load::{hash, lines};
use crate::peers::Streamed;

pub fn run(bench: &mut Bench) {
    let count = bench.items(2_000_000);
    let streamed = Streamed {
        input: move || lines(count),
        work: |line: String| (hash(&line), line),
        digest: |(hash, line): (u64, String)| hash ^ line.len() as u64,
        workers: WORKERS,
    };
    let row = |name, what| Row {
        name,
        what,
        at_best: Some(WORKERS),
        note: None,
    };
    if bench.wants("W2") {
        bench.row(
            row("W2", "2M strings of ~100 ns, unordered"),
            streamed.unordered(),
        );
    }
    if bench.wants("W2o") {
        bench.row(
            row("W2o", "2M strings of ~100 ns, ordered"),
            streamed.ordered(),
        );
    }
}
