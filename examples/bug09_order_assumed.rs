//! Bug 9: order assumed, not kept.
//!
//! Results come as they are finished, and are put beside the inputs as if they came in order.
//!
//! ```sh
//! cargo run --release --example bug09_order_assumed
//! ```

#[path = "support/mod.rs"]
mod support;

use std::time::Duration;

use fanout::fan_out;
use support::watched::{bounded, scope, watch};
use support::{Counter, Table, line};

const WORKERS: usize = 2;

/// A page whose words are counted.
pub struct Page<'a> {
    name: &'static str,
    text: &'static str,
    /// Pages that have been counted.
    counted: &'a Counter,
    /// It takes until so many of them have.
    after: usize,
}

impl Page<'_> {
    fn words(&self) -> usize {
        self.counted.wait_for(self.after, Duration::from_secs(5));
        self.counted.tick();
        self.text.split(' ').count()
    }
}

// ANCHOR: wrong
/// Each page's name with its number of words.
pub fn by_hand_wrong(pages: &[Page<'_>]) -> Vec<(&'static str, usize)> {
    let (jobs, waiting) = bounded("jobs", 2);
    let (done, counts) = bounded("counts", 2);
    let counts: Vec<usize> = scope(|scope| {
        scope.spawn("producer", move || {
            for page in pages {
                if jobs.send(page).is_err() {
                    break;
                }
            }
        });
        for _ in 0..WORKERS {
            let (waiting, done) = (waiting.clone(), done.clone());
            scope.spawn("worker", move || {
                for page in waiting {
                    if done.send(page.words()).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        counts.into_iter().collect()
    });
    pages.iter().map(|page| page.name).zip(counts).collect()
}
// ANCHOR_END: wrong

// ANCHOR: right
/// The same, with results that say whose they are.
pub fn by_hand_right(pages: &[Page<'_>]) -> Vec<(&'static str, usize)> {
    let (jobs, waiting) = bounded("jobs", 2);
    let (done, counts) = bounded("counts", 2);
    let mut in_order = vec![0; pages.len()];
    scope(|scope| {
        scope.spawn("producer", move || {
            for job in pages.iter().enumerate() {
                if jobs.send(job).is_err() {
                    break;
                }
            }
        });
        for _ in 0..WORKERS {
            let (waiting, done) = (waiting.clone(), done.clone());
            scope.spawn("worker", move || {
                for (index, page) in waiting {
                    if done.send((index, page.words())).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        for (index, words) in counts {
            in_order[index] = words;
        }
    });
    pages.iter().map(|page| page.name).zip(in_order).collect()
}
// ANCHOR_END: right

// ANCHOR: fanout
#[fan_out(workers = 2, ordered)]
fn words(page: &Page<'_>) -> usize {
    page.words()
}

/// Without `ordered` it would not collect into a `Vec`.
pub fn with_fanout(pages: &[Page<'_>]) -> Vec<(&'static str, usize)> {
    let counts: Vec<usize> = words(pages).collect();
    pages.iter().map(|page| page.name).zip(counts).collect()
}
// ANCHOR_END: fanout

/// What was said of the pages.
#[derive(Debug)]
pub struct Facts {
    /// How many pages were given another one's number.
    pub wrong: usize,
    pub pages: usize,
    pub first: (&'static str, usize),
    pub hang: Option<String>,
}

/// The first page takes as long as the three after it.
pub fn measure(form: impl Fn(&[Page<'_>]) -> Vec<(&'static str, usize)>) -> Facts {
    let counted = Counter::new();
    let page = |name, text, after| Page {
        name,
        text,
        counted: &counted,
        after,
    };
    let pages = [
        page("preface", "once upon a midnight dreary", 3),
        page("one", "tapping", 0),
        page("two", "only this", 0),
        page("three", "and nothing more", 0),
        page("four", "quoth the raven nevermore", 0),
    ];
    let (counts, hang) = watch(|| form(&pages));
    let right = pages.iter().map(|page| page.text.split(' ').count());
    Facts {
        wrong: counts
            .iter()
            .zip(right)
            .filter(|((_, words), right)| words != right)
            .count(),
        pages: pages.len(),
        first: counts[0],
        hang,
    }
}

impl Facts {
    /// Whether it is free of the bug.
    pub fn is_right(&self) -> bool {
        self.hang.is_none() && self.wrong == 0
    }
}

impl std::fmt::Display for Facts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { wrong, pages, .. } = self;
        write!(f, "{wrong} of {pages} pages with another's number")
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
    let row = |facts: Facts| {
        let (page, words) = facts.first;
        [facts.to_string(), format!("{page}: {words}")]
    };
    let table = Table::new(&[
        "",
        "what is said of the pages",
        "the first one's, which is 5",
    ])
    .row("by hand", &row(measure(by_hand_wrong)))
    .row("by hand, fixed", &row(measure(by_hand_right)))
    .row("with fanout", &row(measure(with_fanout)));
    println!("{table}");
}
