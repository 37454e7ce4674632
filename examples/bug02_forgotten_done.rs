//! Bug 2: a path that forgets to say "done".
//!
//! The caller waits for as many answers as there were jobs; on one path through the worker none is sent.
//!
//! ```sh
//! cargo run --release --example bug02_forgotten_done
//! ```

#[path = "support/mod.rs"]
mod support;

use std::fmt;

use fanout::fan_out;
use support::watched::{bounded, scope, watch};
use support::{Table, line};

const WORKERS: usize = 4;

// ANCHOR: wrong
/// How many requests of each batch failed. The workers stay from batch to batch.
pub fn by_hand_wrong(batches: &[Vec<&str>]) -> Vec<usize> {
    let (jobs, waiting) = bounded("jobs", 100);
    let (done, answers) = bounded("answers", 100);
    scope(|scope| {
        for _ in 0..WORKERS {
            let (waiting, done) = (waiting.clone(), done.clone());
            scope.spawn("worker", move || {
                for line in waiting {
                    let Some(status) = status(line) else {
                        continue; // not a request
                    };
                    done.send(status >= 500).unwrap();
                }
            });
        }
        let mut failed = Vec::new();
        for batch in batches {
            for line in batch {
                jobs.send(*line).unwrap();
            }
            let one_for_each = batch.iter().map_while(|_| answers.recv().ok());
            failed.push(one_for_each.filter(|failed| *failed).count());
        }
        drop(jobs);
        failed
    })
}
// ANCHOR_END: wrong

// ANCHOR: right
/// Each job is answered in one place, whatever happened on the way there.
pub fn by_hand_right(batches: &[Vec<&str>]) -> Vec<usize> {
    let (jobs, waiting) = bounded("jobs", 100);
    let (done, answers) = bounded("answers", 100);
    scope(|scope| {
        for _ in 0..WORKERS {
            let (waiting, done) = (waiting.clone(), done.clone());
            scope.spawn("worker", move || {
                for line in waiting {
                    let failed = status(line).is_some_and(|status| status >= 500);
                    done.send(failed).unwrap();
                }
            });
        }
        let mut failed = Vec::new();
        for batch in batches {
            for line in batch {
                jobs.send(*line).unwrap();
            }
            let one_for_each = batch.iter().map_while(|_| answers.recv().ok());
            failed.push(one_for_each.filter(|failed| *failed).count());
        }
        drop(jobs);
        failed
    })
}
// ANCHOR_END: right

// ANCHOR: fanout
/// A body returns on every path, or it does not compile.
#[fan_out(workers = 4)]
fn failed(line: &str) -> bool {
    let Some(status) = status(line) else {
        return false; // not a request
    };
    status >= 500
}

pub fn with_fanout(batches: &[Vec<&str>]) -> Vec<usize> {
    let count = |batch: &Vec<&str>| {
        let failed = failed(batch.iter().copied()).collect_unordered();
        failed.into_iter().filter(|failed| *failed).count()
    };
    // Threads are kept for the next call.
    batches.iter().map(count).collect()
}
// ANCHOR_END: fanout

/// The status in a line of a log, as in `GET /index.html 200`.
fn status(line: &str) -> Option<u16> {
    line.rsplit(' ').next()?.parse().ok()
}

const BATCHES: usize = 3;

/// Batches of 10 requests, of which 2 failed. In the second batch a line is no request.
fn batches() -> Vec<Vec<&'static str>> {
    let mut batches = vec![vec!["GET / 200"; 10]; BATCHES];
    for batch in &mut batches {
        batch[3] = "GET /slow 503";
        batch[7] = "PUT /cart 500";
    }
    batches[1][5] = "# log rotated";
    batches
}

/// What became of the batches.
#[derive(Debug)]
pub struct Facts {
    pub failed: Vec<usize>,
    /// Who waited for what, if all waited for ever.
    pub hang: Option<String>,
}

pub fn measure(form: impl Fn(&[Vec<&str>]) -> Vec<usize>) -> Facts {
    let (failed, hang) = watch(|| form(&batches()));
    Facts { failed, hang }
}

impl Facts {
    /// Whether it is free of the bug.
    pub fn is_right(&self) -> bool {
        self.hang.is_none() && self.failed == [2; BATCHES]
    }
}

impl fmt::Display for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.hang {
            None => write!(f, "all {} batches", self.failed.len()),
            Some(_) => write!(f, "hangs in batch 2 of {BATCHES}"),
        }
    }
}

/// What it says in the table of all bugs.
pub fn summary() -> [String; 3] {
    line(
        &measure(by_hand_wrong),
        &measure(by_hand_right),
        &measure(with_fanout),
    )
}

fn main() {
    let wrong = measure(by_hand_wrong);
    let table = Table::new(&["", "what happens"])
        .row("by hand", &[wrong.to_string()])
        .row("by hand, fixed", &[measure(by_hand_right).to_string()])
        .row("with fanout", &[measure(with_fanout).to_string()]);
    println!("{table}");
    println!("By hand, {}", wrong.hang.expect("it hangs"));
}
