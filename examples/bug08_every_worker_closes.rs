//! Bug 8: every worker closes the output.
//!
//! The first worker that is done says that all are. What the others find after that is lost, and nobody notices.
//!
//! ```sh
//! cargo run --release --example bug08_every_worker_closes
//! ```

#[path = "support/mod.rs"]
mod support;

use std::time::Duration;

use fanout::fan_out;
use support::watched::{bounded, scope, watch};
use support::{Counter, Table, line};

const WORKERS: usize = 2;

/// A day's log.
pub struct Log<'a> {
    text: &'static str,
    /// A large one is read for as long as it takes until this has happened: how many of what.
    large: Option<(&'a Counter, usize)>,
}

impl Log<'_> {
    fn errors(&self) -> usize {
        if let Some((events, enough)) = self.large {
            events.wait_for(enough, Duration::from_secs(5));
        }
        self.text.matches("error").count()
    }
}

// ANCHOR: wrong
pub enum Found {
    Errors(usize),
    /// There are no more logs.
    Done,
}

/// How many errors there are in all logs. `left` counts the workers that are done.
pub fn by_hand_wrong(logs: &[Log<'_>], left: &Counter) -> usize {
    let (jobs, waiting) = bounded("jobs", 2);
    let (found, all_found) = bounded("found", 2);
    scope(|scope| {
        scope.spawn("producer", move || {
            for log in logs {
                if jobs.send(log).is_err() {
                    break;
                }
            }
        });
        for _ in 0..WORKERS {
            let (waiting, found) = (waiting.clone(), found.clone());
            scope.spawn("worker", move || {
                for log in waiting {
                    if found.send(Found::Errors(log.errors())).is_err() {
                        break;
                    }
                }
                // No log is left, so the sum is complete.
                let _ = found.send(Found::Done);
                left.tick();
            });
        }
        let mut sum = 0;
        for found in all_found {
            match found {
                Found::Errors(errors) => sum += errors,
                Found::Done => break,
            }
        }
        sum
    })
}
// ANCHOR_END: wrong

// ANCHOR: right
/// The same, with an end that nobody has to say: the results are complete when the last worker has dropped its sender.
pub fn by_hand_right(logs: &[Log<'_>], left: &Counter) -> usize {
    let (jobs, waiting) = bounded("jobs", 2);
    let (found, all_found) = bounded("found", 2);
    scope(|scope| {
        scope.spawn("producer", move || {
            for log in logs {
                if jobs.send(log).is_err() {
                    break;
                }
            }
        });
        for _ in 0..WORKERS {
            let (waiting, found) = (waiting.clone(), found.clone());
            scope.spawn("worker", move || {
                for log in waiting {
                    if found.send(log.errors()).is_err() {
                        break;
                    }
                }
                drop(found);
                left.tick();
            });
        }
        drop(waiting);
        drop(found); // or the sum is never complete: bug 4
        all_found.into_iter().sum()
    })
}
// ANCHOR_END: right

// ANCHOR: fanout
#[fan_out(workers = 2)]
fn errors(log: &Log<'_>) -> usize {
    log.errors()
}

/// The output has no end that an item could get hold of.
pub fn with_fanout(logs: &[Log<'_>], left: &Counter) -> usize {
    errors(logs)
        .on_worker(|_| Leaving(left))
        .collect_unordered()
        .into_iter()
        .sum()
}
// ANCHOR_END: fanout

/// Counts a worker that leaves.
pub struct Leaving<'a>(&'a Counter);

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        self.0.tick();
    }
}

/// What was found.
#[derive(Debug)]
pub struct Facts {
    pub errors: usize,
    pub all_errors: usize,
    pub hang: Option<String>,
}

/// The first log is large: it is read when another worker has found no more to do.
pub fn measure(form: impl Fn(&[Log<'_>], &Counter) -> usize) -> Facts {
    let left = Counter::new();
    let small = Log {
        text: "ok\nerror: disk full\nok",
        large: None,
    };
    let large = Log {
        text: "error: no route\nok\nerror: no route",
        large: Some((&left, 1)),
    };
    let logs = [
        large,
        small,
        Log {
            text: "ok",
            large: None,
        },
    ];
    let all_errors = 3;
    let (errors, hang) = watch(|| form(&logs, &left));
    Facts {
        errors,
        all_errors,
        hang,
    }
}

impl Facts {
    /// Whether it is free of the bug.
    pub fn is_right(&self) -> bool {
        self.hang.is_none() && self.errors == self.all_errors
    }
}

impl std::fmt::Display for Facts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            errors, all_errors, ..
        } = self;
        write!(f, "finds {errors} of {all_errors} errors")
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
    let table = Table::new(&["", "while a large log is still being read"])
        .row("by hand", &[measure(by_hand_wrong).to_string()])
        .row("by hand, fixed", &[measure(by_hand_right).to_string()])
        .row("with fanout", &[measure(with_fanout).to_string()]);
    println!("{table}");
}
