//! Memory is measured in a process for each contender: what one has left free would be used again by the next.

use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::{Sample, own_memory};

/// The argument with which the benchmark asks itself for one contender.
pub const ONE: &str = "--memory-of";

/// How often the process looks at what it has: a peak that is shorter may be missed.
const LOOKS_EACH: Duration = Duration::from_millis(1);

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

/// What that process does: prints the checksum that `run` gives, and the bytes that it needed at most.
pub fn tell(run: impl FnOnce() -> u64) {
    let done = AtomicBool::new(false);
    let (began, begin) = mpsc::channel();
    let (sum, needed) = std::thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            // What the process has before anything begins: its threads, too.
            let before = own_memory().unwrap_or_default();
            began.send(()).expect("the run waits for the watcher");
            let mut most = before;
            // Relaxed: a look more or less. The join orders the rest.
            while !done.load(Ordering::Relaxed) {
                most = most.max(own_memory().unwrap_or_default());
                std::thread::sleep(LOOKS_EACH);
            }
            most - before
        });
        begin.recv().expect("the watcher begins");
        let ends = Ends(&done);
        let sum = run();
        drop(ends);
        (sum, watcher.join().expect("the watcher ends"))
    });
    println!("{sum} {needed}");
}

/// Ends the watcher, which the process waits for: by a panic of the run as well.
struct Ends<'a>(&'a AtomicBool);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        // Relaxed: as where it is read.
        self.0.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "of the run's own")]
    fn a_run_that_panics_ends() {
        tell(|| panic!("of the run's own"));
    }
}
