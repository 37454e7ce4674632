//! W10: memory of an ordered stream whose first item is slow. Each contender has a process of its own.

use std::thread::sleep;
use std::time::Duration;

use crate::harness::{Bench, Contender, OURS, Row, own_memory, own_process};
use crate::load::in_order;
use crate::peers::{crossbeam_pool, mutex_iter, ours, pariter, rayon};

/// What the row is called when a process is asked for one of its contenders.
pub const NAME: &str = "W10";

const CONTENDERS: [&str; 6] = [
    OURS,
    "rayon collect-all",
    "rayon chunk-wise",
    "crossbeam pool",
    "Mutex<iter>",
    "pariter",
];

pub fn run(bench: &mut Bench) {
    if !bench.wants(NAME) || own_memory().is_none() {
        return;
    }
    let (count, workers) = (bench.items(10_000_000), bench.workers());
    let row = Row {
        name: NAME,
        what: "10M items in order, the first one slow: peak of memory",
        at_best: None,
        note: Some("KiB"),
    };
    let rounds = std::mem::replace(&mut bench.rounds, 1);
    let contenders = CONTENDERS.map(|name| {
        Contender::sampled(name, move || {
            own_process::sample(NAME, name, workers, count)
        })
    });
    bench.row(row, contenders.into());
    bench.rounds = rounds;
}

/// What that process does.
pub fn one(name: &str, workers: usize, count: usize) {
    let count = count as u64;
    let first_takes = Duration::from_millis(count / 5_000);
    let work = move |n: u64| {
        if n == 0 {
            sleep(first_takes);
        }
        n
    };
    let pool = rayon::pool(workers);
    own_process::tell(|| {
        let mut sum = 0;
        let sink = |result| sum = in_order(sum, result);
        match name {
            "rayon collect-all" => rayon::collect_all(&pool, 0..count, work, sink),
            "rayon chunk-wise" => rayon::chunk_wise(&pool, 0..count, work, sink),
            "crossbeam pool" => crossbeam_pool::ordered(0..count, workers, work, sink),
            "Mutex<iter>" => mutex_iter::ordered(0..count, workers, work, sink),
            "pariter" => pariter::ordered(0..count, workers, None, work, sink),
            _ => ours::ordered(0..count, workers, work, sink),
        }
        sum
    });
}
