//! W5: items that wait, on far more workers than there are cores.

use std::thread::sleep;
use std::time::Duration;

use crate::harness::{Bench, Contender, Row};
use crate::load::in_any_order;
use crate::peers::{Streamed, tokio_blocking};

/// Unless another number was asked for.
const WORKERS: usize = 64;

pub fn run(bench: &mut Bench) {
    if !bench.wants("W5") {
        return;
    }
    let count = bench.items(4_000) as u64;
    let workers = bench.workers_or(WORKERS);
    let streamed = Streamed {
        input: move || 0..count,
        work: |n| {
            sleep(Duration::from_millis(1));
            n
        },
        digest: |result| result,
        workers,
    };
    let row = Row {
        name: "W5",
        what: "4k items that sleep for 1 ms, 64 workers or those asked for, unordered",
        // Who sleeps needs no core.
        at_best: Some(workers),
        note: None,
    };
    let runtime = tokio_blocking::runtime(workers);
    let mut contenders = streamed.unordered();
    contenders.push(Contender::new("tokio spawn_blocking", || {
        let mut sum = 0;
        tokio_blocking::unordered(&runtime, 0..count, workers, streamed.work, |n| {
            sum = in_any_order(sum, n);
        });
        sum
    }));
    bench.row(row, contenders);
}
