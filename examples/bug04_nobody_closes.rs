//! Bug 4: nobody closes the output.
//!
//! Every job is done, and the loop over the results waits for one more, for ever.
//!
//! ```sh
//! cargo run --release --example bug04_nobody_closes
//! ```

#[path = "support/mod.rs"]
mod support;

use fanout::fan_out;
use support::watched::{bounded, scope, watch};
use support::{Table, line};

const WORKERS: usize = 4;
const TEXTS: [&str; 6] = ["to be", "or", "not", "to be", "that is", "the question"];

// ANCHOR: wrong
/// How many words there are in all texts.
pub fn by_hand_wrong(texts: &[&str]) -> usize {
    let (jobs, waiting) = bounded("jobs", 2);
    let (done, counts) = bounded("counts", 2);
    scope(|scope| {
        scope.spawn("producer", move || {
            for text in texts {
                if jobs.send(text).is_err() {
                    break;
                }
            }
        });
        for _ in 0..WORKERS {
            let (waiting, done) = (waiting.clone(), done.clone());
            scope.spawn("worker", move || {
                for text in waiting {
                    if done.send(text.split(' ').count()).is_err() {
                        break;
                    }
                }
            });
        }
        // Ends when the last sender is gone. The workers' are; but the one that they were cloned from is still here.
        counts.iter().sum()
    })
}
// ANCHOR_END: wrong

// ANCHOR: right
/// The same, without the sender that nobody sends with.
pub fn by_hand_right(texts: &[&str]) -> usize {
    let (jobs, waiting) = bounded("jobs", 2);
    let (done, counts) = bounded("counts", 2);
    scope(|scope| {
        scope.spawn("producer", move || {
            for text in texts {
                if jobs.send(text).is_err() {
                    break;
                }
            }
        });
        for _ in 0..WORKERS {
            let (waiting, done) = (waiting.clone(), done.clone());
            scope.spawn("worker", move || {
                for text in waiting {
                    if done.send(text.split(' ').count()).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        counts.iter().sum()
    })
}
// ANCHOR_END: right

// ANCHOR: fanout
#[fan_out(workers = 4)]
fn words(text: &str) -> usize {
    text.split(' ').count()
}

/// There is no channel whose end could be forgotten.
pub fn with_fanout(texts: &[&str]) -> usize {
    words(texts.iter().copied())
        .collect_unordered()
        .iter()
        .sum()
}
// ANCHOR_END: fanout

/// What became of the texts.
#[derive(Debug)]
pub struct Facts {
    pub words: usize,
    /// Who waited for what, if all waited for ever.
    pub hang: Option<String>,
}

pub fn measure(form: impl Fn(&[&str]) -> usize) -> Facts {
    let (words, hang) = watch(|| form(&TEXTS));
    Facts { words, hang }
}

impl Facts {
    /// Whether it is free of the bug.
    pub fn is_right(&self) -> bool {
        self.hang.is_none() && self.words == 10
    }
}

impl std::fmt::Display for Facts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.hang {
            None => write!(f, "counts {} words, and ends", self.words),
            Some(_) => write!(f, "counts {} words, and hangs", self.words),
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
