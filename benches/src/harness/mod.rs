//! Runs the contenders of a row in turns and compares them.

mod asked;
mod bench;
mod heap;
mod machine;
pub mod own_process;
mod report;
mod table;
pub mod usage;

use std::time::{Duration, Instant};

pub use asked::{Offer, Turn, turns};
pub use bench::{Bench, Row};
pub use machine::{cores, own_memory};
pub use report::Report;
pub use table::Table;
use usage::Usage;

/// The name of the contender that the others are compared with.
pub const OURS: &str = "fanout";
/// The name of the contender that is a loop.
pub const LOOP: &str = "sequential";

/// How often a sample is taken again that other processes disturbed.
const RETRIES: usize = 2;

/// What one execution of a contender gave.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    pub time: Duration,
    /// Of the results; in the order they came in where the row is about order.
    pub sum: u64,
    /// What else the row is about: items after an error, bytes.
    pub note: u64,
}

/// One way of doing what a row is about.
pub struct Contender<'a> {
    pub name: &'static str,
    run: Box<dyn FnMut() -> Sample + 'a>,
}

impl<'a> Contender<'a> {
    /// Measures the whole of `run`, which returns the checksum.
    pub fn new(name: &'static str, mut run: impl FnMut() -> u64 + 'a) -> Self {
        Self::sampled(name, move || {
            let start = Instant::now();
            let sum = run();
            Sample {
                time: start.elapsed(),
                sum,
                note: 0,
            }
        })
    }

    /// `run` measures itself.
    pub fn sampled(name: &'static str, run: impl FnMut() -> Sample + 'a) -> Self {
        Self {
            name,
            run: Box::new(run),
        }
    }
}

/// A contender's samples.
#[derive(Debug)]
pub struct Measured {
    pub name: &'static str,
    pub samples: Vec<Sample>,
    /// What the process used during each.
    usage: Vec<Usage>,
    /// Other processes used the machine during the last sample, however often it was taken again.
    pub disturbed: bool,
}

impl Measured {
    pub fn median(&self) -> Duration {
        middle(self.samples.iter().map(|sample| sample.time).collect())
    }
    /// The fastest and the slowest.
    pub fn spread(&self) -> (Duration, Duration) {
        let times = || self.samples.iter().map(|sample| sample.time);
        (
            times().min().unwrap_or_default(),
            times().max().unwrap_or_default(),
        )
    }
    pub fn usage(&self) -> Usage {
        Usage {
            cpu: middle(self.usage.iter().map(|usage| usage.cpu).collect()),
            switches: middle(self.usage.iter().map(|usage| usage.switches).collect()),
        }
    }
    pub fn note(&self) -> u64 {
        middle(self.samples.iter().map(|sample| sample.note).collect())
    }
}

fn middle<T: Ord + Copy>(mut all: Vec<T>) -> T {
    all.sort_unstable();
    all[all.len() / 2]
}

/// All samples of `contenders`, which take turns. Without rounds: the one that each has to warm up.
///
/// `hopeless`: what this many times slower than the fastest is measured in no round.
fn measure(
    mut contenders: Vec<Contender<'_>>,
    rounds: usize,
    hopeless: Option<u32>,
) -> Vec<Measured> {
    let mut measured: Vec<Measured> = contenders
        .iter_mut()
        .map(|contender| {
            let (sample, usage, disturbed) = alone(contender);
            Measured {
                name: contender.name,
                samples: vec![sample],
                usage: vec![usage],
                disturbed,
            }
        })
        .collect();
    if rounds == 0 {
        return measured;
    }
    // The loop has nothing to do in the row about errors.
    let fastest = measured
        .iter()
        .filter(|of_it| of_it.name != LOOP)
        .map(Measured::median)
        .min()
        .unwrap_or_default();
    let mut running: Vec<_> = contenders
        .iter_mut()
        .zip(&mut measured)
        .filter(|(_, of_it)| hopeless.is_none_or(|times| of_it.median() <= fastest * times))
        .collect();
    for (_, of_it) in &mut running {
        of_it.samples.clear();
        of_it.usage.clear();
        of_it.disturbed = false;
    }
    for _ in 0..rounds {
        for (contender, of_it) in &mut running {
            let (sample, usage, disturbed) = undisturbed(contender);
            of_it.samples.push(sample);
            of_it.usage.push(usage);
            of_it.disturbed |= disturbed;
        }
    }
    measured
}

fn undisturbed(contender: &mut Contender<'_>) -> (Sample, Usage, bool) {
    for _ in 0..RETRIES {
        if let (sample, usage, false) = alone(contender) {
            return (sample, usage, false);
        }
    }
    alone(contender)
}

/// A sample, what was used meanwhile, and whether others used the machine.
fn alone(contender: &mut Contender<'_>) -> (Sample, Usage, bool) {
    // What the contender before has freed, and in what pieces, made a case 1.5 times faster or slower.
    heap::trim();
    let others = machine::Others::watch();
    let before = usage::so_far();
    let sample = (contender.run)();
    (sample, usage::so_far() - before, others.were_busy())
}
