//! W10: memory of an ordered stream whose first item is slow. Each contender has a process of its own.

use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::WORKERS;
use crate::harness::{Bench, Contender, OURS, Row, Sample, peak_memory};
use crate::load::in_order;
use crate::peers::{crossbeam_pool, mutex_iter, ours, pariter, rayon};

/// The argument with which the benchmark asks itself for one contender.
pub const ONE: &str = "--memory-of";

const CONTENDERS: [&str; 6] = [
    OURS,
    "rayon collect-all",
    "rayon chunk-wise",
    "crossbeam pool",
    "Mutex<iter>",
    "pariter",
];

pub fn run(bench: &mut Bench) {
    if !bench.wants("W10") || peak_memory().is_none() {
        return;
    }
    let count = bench.items(10_000_000);
    let row = Row {
        name: "W10",
        what: "10M items in order, the first one slow: peak of memory",
        at_best: None,
        note: Some("KiB"),
    };
    let rounds = std::mem::replace(&mut bench.rounds, 1);
    let contenders =
        CONTENDERS.map(|name| Contender::sampled(name, move || in_own_process(name, count)));
    bench.row(row, contenders.into());
    bench.rounds = rounds;
}

fn in_own_process(name: &str, count: usize) -> Sample {
    let start = Instant::now();
    let this = std::env::current_exe().and_then(|this| {
        Command::new(this)
            .args([ONE, name, &count.to_string()])
            .output()
    });
    let numbers: Vec<u64> = match &this {
        Ok(output) => String::from_utf8_lossy(&output.stdout)
            .split_whitespace()
            .filter_map(|number| number.parse().ok())
            .collect(),
        Err(error) => panic!("no process for {name}: {error}"),
    };
    let [sum, bytes] = numbers[..] else {
        panic!("the process for {name} ended with {this:?}");
    };
    Sample {
        time: start.elapsed(),
        sum,
        note: bytes / 1024,
    }
}

/// What the process does: runs the contender, and prints the checksum and the bytes that it needed.
pub fn one(name: &str, count: usize) {
    let count = count as u64;
    let first_takes = Duration::from_millis(count / 5_000);
    let work = move |n: u64| {
        if n == 0 {
            sleep(first_takes);
        }
        n
    };
    let mut sum = 0;
    let sink = |result| sum = in_order(sum, result);
    let pool = rayon::pool(WORKERS);
    // What the process has before anything begins: its threads, too.
    let before = peak_memory().unwrap_or_default();
    match name {
        "rayon collect-all" => rayon::collect_all(&pool, 0..count, work, sink),
        "rayon chunk-wise" => rayon::chunk_wise(&pool, 0..count, work, sink),
        "crossbeam pool" => crossbeam_pool::ordered(0..count, WORKERS, work, sink),
        "Mutex<iter>" => mutex_iter::ordered(0..count, WORKERS, work, sink),
        "pariter" => pariter::ordered(0..count, WORKERS, work, sink),
        _ => ours::ordered(0..count, WORKERS, work, sink),
    }
    println!(
        "{sum} {}",
        peak_memory().unwrap_or_default().saturating_sub(before)
    );
}
