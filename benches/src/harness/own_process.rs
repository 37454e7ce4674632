//! Memory is measured in a process for each contender: what one has left free would be used again by the next.

use std::process::Command;
use std::time::Instant;

use super::{Sample, peak_memory};

/// The argument with which the benchmark asks itself for one contender.
pub const ONE: &str = "--memory-of";

/// Runs the contender `name` of the row `row` over `count` items in a process of its own. The note is in KiB.
pub fn sample(row: &str, name: &str, workers: usize, count: usize) -> Sample {
    let start = Instant::now();
    let this = std::env::current_exe().and_then(|this| {
        Command::new(this)
            .args([ONE, row, name, &workers.to_string(), &count.to_string()])
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

/// What that process does: prints the checksum that `run` gives, and the bytes that it needed.
pub fn tell(run: impl FnOnce() -> u64) {
    // What the process has before anything begins: its threads, too.
    let before = peak_memory().unwrap_or_default();
    let sum = run();
    let needed = peak_memory().unwrap_or_default().saturating_sub(before);
    println!("{sum} {needed}");
}
