//! W2, W2o: many owned strings from an iterator, little work on each, streamed to a loop. W2s: the strings come along.

use fanout::fan_out;

use crate::harness::{Bench, Contender, Row};
use crate::load::{hash_twice, in_any_order, lines};
use crate::peers::Streamed;

#[fan_out]
fn hashed(line: String) -> u64 {
    hash_twice(&line)
}

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
        let mut contenders = hashes.unordered();
        // What the default window does beyond the size that it has for other short items.
        contenders.push(Contender::new("fanout, window 1,024", move || {
            let run = hashed(lines(count)).workers(workers).window(1_024);
            run.stream().fold(0, in_any_order)
        }));
        bench.row(row("W2", "2M strings of ~100 ns, unordered"), contenders);
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
