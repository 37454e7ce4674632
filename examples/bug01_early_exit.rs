//! Bug 1: early exit on the first error.
//!
//! The worker that meets an error leaves; the others do not hear of it. And which of two errors is "the first" is decided by
//! a race.
//!
//! ```sh
//! cargo run --release --example bug01_early_exit
//! ```

#[path = "support/mod.rs"]
mod support;

use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

use fanout::fan_out;
use support::{Counter, Table, line};

const WORKERS: usize = 4;

// ANCHOR: wrong
/// Imports rows `0..rows`. The first error ends it.
pub fn by_hand_wrong(rows: usize, store: &Store) -> Result<(), BadRow> {
    let next = AtomicUsize::new(0);
    // A plain `let mut first_error` does not compile: the threads would write to it at the same time.
    let first_error = Mutex::new(None);
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                loop {
                    let row = next.fetch_add(1, SeqCst);
                    if row >= rows {
                        return;
                    }
                    if let Err(error) = store.import(row) {
                        first_error.lock().unwrap().get_or_insert(error);
                        return;
                    }
                }
            });
        }
    });
    first_error.into_inner().unwrap().map_or(Ok(()), Err)
}
// ANCHOR_END: wrong

// ANCHOR: right
/// All hear of the error, and rows before it are still imported: one of them may fail as well, and would be the first.
pub fn by_hand_right(rows: usize, store: &Store) -> Result<(), BadRow> {
    let next = AtomicUsize::new(0);
    let end = AtomicUsize::new(rows);
    let errors = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                loop {
                    let row = next.fetch_add(1, SeqCst);
                    if row >= end.load(SeqCst) {
                        return;
                    }
                    if let Err(error) = store.import(row) {
                        end.fetch_min(row, SeqCst);
                        errors.lock().unwrap().push((row, error));
                    }
                }
            });
        }
    });
    let errors = errors.into_inner().unwrap();
    let first = errors.into_iter().min_by_key(|(row, _)| *row);
    first.map_or(Ok(()), |(_, error)| Err(error))
}
// ANCHOR_END: right

// ANCHOR: fanout
#[fan_out(workers = 4, ordered, cancel_on_error)]
fn import(row: usize, #[shared] store: &Store) -> Result<(), BadRow> {
    store.import(row)
}

pub fn with_fanout(rows: usize, store: &Store) -> Result<(), BadRow> {
    import(0..rows, store).run()
}
// ANCHOR_END: fanout

/// Which row was refused.
#[derive(Debug, PartialEq, Eq)]
pub struct BadRow(pub usize);

const ROWS: usize = 300;
const BAD: [usize; 2] = [30, 60];

/// Where rows are imported to; two of them are bad.
pub struct Store {
    /// The one of the bad rows that takes longer to fail than the other.
    slow: usize,
    failed: Counter,
    /// The first row that has failed so far.
    first: AtomicUsize,
    imported_after: AtomicUsize,
}

impl Store {
    fn import(&self, row: usize) -> Result<(), BadRow> {
        if BAD.contains(&row) {
            if row == self.slow {
                self.failed.wait_for(1, Duration::from_secs(10));
                thread::sleep(Duration::from_millis(5));
            }
            self.first.fetch_min(row, SeqCst);
            self.failed.tick();
            return Err(BadRow(row));
        }
        if row > self.first.load(SeqCst) {
            self.imported_after.fetch_add(1, SeqCst);
        }
        thread::sleep(Duration::from_micros(100));
        Ok(())
    }
}

/// What came of importing the same rows twice: once the first bad row takes longer to fail, once the other.
#[derive(Debug)]
pub struct Facts {
    pub error: [Option<usize>; 2],
    /// Rows behind the first error that were imported all the same.
    pub imported_after: usize,
}

pub fn measure(form: impl Fn(usize, &Store) -> Result<(), BadRow>) -> Facts {
    let mut imported_after = 0;
    let error = BAD.map(|slow| {
        let store = Store {
            slow,
            failed: Counter::new(),
            first: AtomicUsize::new(ROWS),
            imported_after: AtomicUsize::new(0),
        };
        let end = form(ROWS, &store);
        imported_after = imported_after.max(store.imported_after.into_inner());
        end.err().map(|BadRow(row)| row)
    });
    Facts {
        error,
        imported_after,
    }
}

impl Facts {
    /// Whether it is free of the bug: each worker may be about to begin one row when the error happens.
    pub fn is_right(&self) -> bool {
        self.error == [Some(BAD[0]); 2] && self.imported_after < ROWS / 4
    }

    fn cells(&self) -> [String; 2] {
        let [one, two] = self.error.map(|row| row.expect("two rows are bad"));
        let error = match one == two {
            true => format!("row {one}, always"),
            false => format!("row {one} or {two}"),
        };
        [error, self.imported_after.to_string()]
    }
}

impl fmt::Display for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [error, after] = self.cells();
        write!(f, "error of {error}; {after} rows after it")
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
    let table = Table::new(&["", "the error", "rows imported after it"])
        .row("by hand", &measure(by_hand_wrong).cells())
        .row("by hand, fixed", &measure(by_hand_right).cells())
        .row("with fanout", &measure(with_fanout).cells());
    println!("{table}");
}
