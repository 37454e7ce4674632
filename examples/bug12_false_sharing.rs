//! Bug 12: false sharing of what belongs to each worker.
//!
//! Each worker has a counter of its own, and no two touch the same. But they stand beside each other in memory, and cores
//! hand memory to each other a cache line at a time.
//!
//! ```sh
//! cargo run --release --example bug12_false_sharing
//! ```

#[path = "support/mod.rs"]
mod support;

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_utils::CachePadded;
use fanout::fan_out;
use support::{Table, line};

const WORKERS: usize = 2;

/// Whether a number is one of those that are counted.
fn is_odd(n: u32) -> bool {
    n % 2 == 1
}

/// What was counted, and where.
pub struct Counted {
    pub odd: u64,
    /// The addresses of the workers' counters.
    pub at: Vec<usize>,
}

fn address<T>(place: &T) -> usize {
    std::ptr::from_ref(place).addr()
}

// ANCHOR: wrong
/// How many numbers are odd. The counters are atomic so that a display can read them meanwhile.
pub fn by_hand_wrong(blocks: &[Vec<u32>]) -> Counted {
    let next = AtomicUsize::new(0);
    let counters: Vec<AtomicU64> = (0..WORKERS).map(|_| AtomicU64::new(0)).collect();
    thread::scope(|scope| {
        for counter in &counters {
            let next = &next;
            scope.spawn(move || {
                while let Some(block) = blocks.get(next.fetch_add(1, Relaxed)) {
                    for n in block {
                        counter.fetch_add(u64::from(is_odd(*n)), Relaxed);
                    }
                }
            });
        }
    });
    Counted {
        odd: counters.iter().map(|counter| counter.load(Relaxed)).sum(),
        at: counters.iter().map(address).collect(),
    }
}
// ANCHOR_END: wrong

// ANCHOR: right
/// The same, with a cache line for each counter (two, where the processor fetches them in pairs).
pub fn by_hand_right(blocks: &[Vec<u32>]) -> Counted {
    let next = AtomicUsize::new(0);
    let counters: Vec<CachePadded<AtomicU64>> =
        (0..WORKERS).map(|_| CachePadded::default()).collect();
    thread::scope(|scope| {
        for counter in &counters {
            let next = &next;
            scope.spawn(move || {
                while let Some(block) = blocks.get(next.fetch_add(1, Relaxed)) {
                    for n in block {
                        counter.fetch_add(u64::from(is_odd(*n)), Relaxed);
                    }
                }
            });
        }
    });
    Counted {
        odd: counters.iter().map(|counter| counter.load(Relaxed)).sum(),
        at: counters.iter().map(address).collect(),
    }
}
// ANCHOR_END: right

// ANCHOR: fanout
/// A worker's counter, and where it is.
#[derive(Default)]
struct Counter(u64, usize);

#[fan_out(workers = 2)]
fn count_odd(block: &Vec<u32>, #[local(Counter::default())] counter: &mut Counter) {
    counter.1 = address(counter);
    for n in block {
        counter.0 += u64::from(is_odd(*n));
    }
}

/// A worker's state has its place on the worker's thread, in cache lines of its own.
pub fn with_fanout(blocks: &[Vec<u32>]) -> Counted {
    let counters = count_odd(blocks).locals();
    Counted {
        odd: counters.iter().map(|counter| counter.0).sum(),
        at: counters.iter().map(|counter| counter.1).collect(),
    }
}
// ANCHOR_END: fanout

/// What was counted, how far from each other, and how long it took.
#[derive(Debug)]
pub struct Facts {
    pub odd: u64,
    pub numbers: u64,
    /// The smallest distance in bytes between two workers' counters; `None` if there was only one.
    pub apart: Option<usize>,
    pub took: Duration,
}

/// The median of several rounds, because a round in which the two were not on two cores at once says nothing.
pub fn measure(form: impl Fn(&[Vec<u32>]) -> Counted, numbers: u32, rounds: usize) -> Facts {
    let numbers_in_all: Vec<u32> = (0..numbers).collect();
    let blocks: Vec<Vec<u32>> = numbers_in_all.chunks(BLOCK).map(<[u32]>::to_vec).collect();
    let round = || {
        let start = Instant::now();
        let counted = form(&blocks);
        (start.elapsed(), counted)
    };
    let mut all: Vec<(Duration, Counted)> = (0..rounds).map(|_| round()).collect();
    all.sort_by_key(|(took, _)| *took);
    let (took, mut counted) = all.swap_remove(rounds / 2);
    counted.at.sort_unstable();
    Facts {
        odd: counted.odd,
        numbers: numbers.into(),
        apart: counted.at.windows(2).map(|pair| pair[1] - pair[0]).min(),
        took,
    }
}

impl Facts {
    /// Whether it is free of the bug: no two counters in what the processor fetches at once.
    pub fn is_right(&self) -> bool {
        let line = align_of::<CachePadded<u8>>();
        self.odd == self.numbers / 2 && self.apart.is_none_or(|apart| apart >= line)
    }
}

impl std::fmt::Display for Facts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { numbers, took, .. } = self;
        let per_number = took.as_secs_f64() * 1e9 / *numbers as f64;
        write!(f, "{per_number:.1} ns a number, ")?;
        match self.apart {
            Some(apart) if !self.is_right() => write!(f, "counters {apart} bytes apart"),
            _ => f.write_str("counters lines apart"),
        }
    }
}

const BLOCK: usize = 1000;
/// Enough to be measured, in a time that is not.
const NUMBERS: u32 = 4_000_000;
const ROUNDS: usize = 9;

fn all() -> [Facts; 3] {
    [
        measure(by_hand_wrong, NUMBERS, ROUNDS),
        measure(by_hand_right, NUMBERS, ROUNDS),
        measure(with_fanout, NUMBERS, ROUNDS),
    ]
}

/// What it says in the table of all bugs.
pub fn summary() -> [String; 3] {
    let [wrong, right, fanout] = all();
    line(&wrong, &right, &fanout)
}

fn main() {
    let [wrong, right, fanout] = all();
    let times = |facts: &Facts| {
        let ratio = wrong.took.as_secs_f64() / facts.took.as_secs_f64();
        [facts.to_string(), format!("{ratio:.1}")]
    };
    let table = Table::new(&["", "two workers count odd numbers", "times as fast"])
        .row("by hand", &times(&wrong))
        .row("by hand, fixed", &times(&right))
        .row("with fanout", &times(&fanout));
    println!("{table}");
}
