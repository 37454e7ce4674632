//! W2, W2o: many owned strings from an iterator, little work on each, streamed to a loop. W2s: the strings come along.

use crate::harness::{Bench, Row};
use crate::load::{hash_twice, lines};
use crate::peers::Streamed;

pub fn run(bench: &mut Bench) {
    let (count, workers) = (bench.items(2_000_000), bench.workers());
    let input = move || lines(count);
    let hashes = Streamed {
        input,
        work: |line: String| hash_twice(&line),
        digest: |hash| hash,
        workers,
    };
    let with_strings = Streamed {
        input,
        work: |line: String| (hash_twice(&line), line),
        digest: |(hash, line): (u64, String)| hash ^ line.len() as u64,
        workers,
    };
    let at_best = Some(bench.at_best());
    let row = |name, what| Row {
        name,
        what,
        at_best,
        note: None,
    };
    if bench.wants("W2") {
        bench.row(
            row("W2", "2M strings of ~100 ns, unordered"),
            hashes.unordered(),
        );
    }
    if bench.wants("W2o") {
        bench.row(
            row("W2o", "2M strings of ~100 ns, ordered"),
            hashes.ordered(),
        );
    }
    if bench.wants("W2s") {
        bench.row(
            row("W2s", "2M strings of ~100 ns that are handed on, unordered"),
            with_strings.unordered(),
        );
    }
}
