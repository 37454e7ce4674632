//! W5: items that wait, on far more workers than there are cores.

use std::thread::sleep;
use std::time::Duration;

use crate::harness::{Bench, Row};
use crate::peers::Streamed;

const WORKERS: usize = 64;

pub fn run(bench: &mut Bench) {
    if !bench.wants("W5") {
        return;
    }
    let count = bench.items(4_000) as u64;
    let streamed = Streamed {
        input: move || 0..count,
        work: |n| {
            sleep(Duration::from_millis(1));
            n
        },
        digest: |result| result,
        workers: WORKERS,
    };
    let row = Row {
        name: "W5",
        what: "4k items that sleep for 1 ms, 64 workers, unordered",
        at_best: Some(WORKERS),
        note: None,
    };
    bench.row(row, streamed.unordered());
}
