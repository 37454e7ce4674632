//! Bug 11: the producer panics, and the workers wait for ever.
//!
//! The end of the jobs is something that the producer says when it is done. A panic gets around that line.
//!
//! ```sh
//! cargo run --release --example bug11_producer_panics
//! ```

#[path = "support/mod.rs"]
mod support;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use fanout::fan_out;
use support::watched::{bounded, scope, watch};
use support::{Table, line};

const WORKERS: usize = 2;
const LINES: [&str; 4] = ["3", "4", "five", "6"];

fn parse(line: &str) -> u64 {
    match line.parse() {
        Ok(number) => number,
        // As `panic!`, without the hook's message in the midst of the table.
        Err(_) => resume_unwind(Box::new(format!("no number: {line}"))),
    }
}

// ANCHOR: wrong
/// The sum of the squares of the numbers in `lines`.
pub fn by_hand_wrong(lines: &[&str]) -> u64 {
    let (jobs, waiting) = bounded("jobs", 4);
    let (done, squares) = bounded("squares", 4);
    scope(|scope| {
        let producer = scope.spawn("producer", || {
            for line in lines {
                if jobs.send(Some(parse(line))).is_err() {
                    break;
                }
            }
            // One for each worker: there are no more.
            for _ in 0..WORKERS {
                let _ = jobs.send(None);
            }
        });
        for _ in 0..WORKERS {
            let (waiting, done) = (waiting.clone(), done.clone());
            scope.spawn("worker", move || {
                while let Ok(Some(number)) = waiting.recv() {
                    if done.send(number * number).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        let sum = squares.iter().sum();
        match producer.join() {
            Ok(()) => sum,
            Err(panic) => resume_unwind(panic),
        }
    })
}
// ANCHOR_END: wrong

// ANCHOR: right
/// The same, with an end that is there on every way out.
pub fn by_hand_right(lines: &[&str]) -> u64 {
    let (jobs, waiting) = bounded("jobs", 4);
    let (done, squares) = bounded("squares", 4);
    scope(|scope| {
        // `move`: the producer owns the sender, so unwinding drops it.
        let producer = scope.spawn("producer", move || {
            for line in lines {
                if jobs.send(parse(line)).is_err() {
                    break;
                }
            }
        });
        for _ in 0..WORKERS {
            let (waiting, done) = (waiting.clone(), done.clone());
            scope.spawn("worker", move || {
                for number in waiting {
                    if done.send(number * number).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        drop(waiting);
        let sum = squares.into_iter().sum();
        // Without this the sum of the lines before the bad one would pass for that of all.
        match producer.join() {
            Ok(()) => sum,
            Err(panic) => resume_unwind(panic),
        }
    })
}
// ANCHOR_END: right

// ANCHOR: fanout
#[fan_out(workers = 2)]
fn square(number: u64) -> u64 {
    number * number
}

/// The input is an iterator, and its panic is the caller's, when all workers have ended.
pub fn with_fanout(lines: &[&str]) -> u64 {
    square(lines.iter().map(|line| parse(line)))
        .collect_unordered()
        .into_iter()
        .sum()
}
// ANCHOR_END: fanout

/// What the caller came to know.
#[derive(Debug)]
pub struct Facts {
    /// Who waited for what, if all waited for ever.
    pub hang: Option<String>,
    /// The sum, or the text of the panic.
    pub end: Result<u64, String>,
}

pub fn measure(form: impl Fn(&[&str]) -> u64) -> Facts {
    let (end, hang) = watch(|| catch_unwind(AssertUnwindSafe(|| form(&LINES))));
    let end = end.map_err(|panic| text(&*panic));
    Facts { hang, end }
}

fn text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_default()
}

impl Facts {
    /// Whether it is free of the bug.
    pub fn is_right(&self) -> bool {
        self.hang.is_none() && self.end == Err("no number: five".to_owned())
    }
}

impl std::fmt::Display for Facts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.hang, &self.end) {
            (Some(_), _) => f.write_str("hangs, and nobody hears of it"),
            (None, Err(panic)) => write!(f, "ends with \"{panic}\""),
            (None, Ok(sum)) => write!(f, "ends with a sum of {sum}"),
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
