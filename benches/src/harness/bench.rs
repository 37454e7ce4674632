//! The rows, one after the other: how large each is, what it may use, and whether its results are right.

use std::time::Duration;

use super::table::text;
use super::{Contender, Measured, Table, Turn, cores, measure};

/// Workers of a row for which no number of them was asked.
const WORKERS: usize = 2;
/// A contender this many times slower than the fastest has its warm-up for a sample, and no other.
const HOPELESS: u32 = 8;

/// What a row is called, and what its ideal is.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    pub name: &'static str,
    pub what: &'static str,
    /// How many times faster than the loop nothing can be.
    pub at_best: Option<usize>,
    /// What the notes of the samples are.
    pub note: Option<&'static str>,
}

/// All rows, one after the other.
#[derive(Debug)]
pub struct Bench {
    /// Small inputs, once: only the checksums count.
    pub quick: bool,
    pub rounds: usize,
    /// The row that is being measured.
    turn: Option<Turn>,
    pub table: Table,
    /// Checksums that are not the others'.
    pub wrong: usize,
    /// Contenders that used more than the row allows.
    pub too_much: usize,
}

impl Bench {
    pub fn new(quick: bool) -> Self {
        Self {
            quick,
            rounds: 7,
            turn: None,
            table: Table::default(),
            wrong: 0,
            too_much: 0,
        }
    }

    /// Measures the row whose turn it is.
    pub fn take(&mut self, turn: Turn) {
        let before = self.table.len();
        self.turn = Some(turn);
        turn.run(self);
        if self.table.len() == before {
            println!("\n{turn}  cannot be measured on this system");
        }
    }

    /// `full` items, or few of them.
    pub fn items(&self, full: usize) -> usize {
        if self.quick {
            (full / 100).clamp(64, 20_000)
        } else {
            full
        }
    }

    /// The workers of every contender.
    pub fn workers(&self) -> usize {
        self.workers_or(WORKERS)
    }

    /// The workers that were asked for, or else so many.
    pub fn workers_or(&self, otherwise: usize) -> usize {
        self.turn.and_then(|turn| turn.workers).unwrap_or(otherwise)
    }

    /// How many times faster than the loop these workers can be where an item needs a core.
    pub fn at_best(&self) -> usize {
        at_best(self.workers(), cores())
    }

    /// Whether it is the turn of the row called `name`.
    pub fn wants(&self, name: &str) -> bool {
        self.turn.is_some_and(|turn| turn.is_of(name))
    }

    /// Measures `contenders` and shows what came out.
    pub fn row(&mut self, row: Row, contenders: Vec<Contender<'_>>) {
        if !self.wants(row.name) {
            return;
        }
        let rounds = if self.quick { 0 } else { self.rounds };
        self.add(row, &measure(contenders, rounds, Some(HOPELESS)));
    }

    /// The same, of a row in which a median above `limit` fails the whole run: but no quick one, in which times mean nothing.
    pub fn row_within(&mut self, limit: Duration, row: Row, contenders: Vec<Contender<'_>>) {
        if !self.wants(row.name) {
            return;
        }
        if self.quick {
            return self.row(row, contenders);
        }
        let rounds = self.rounds;
        let measured = measure(contenders, rounds, None);
        let name = self.add(row, &measured);
        for one in measured.iter().filter(|one| one.median() > limit) {
            println!(
                "TOO MUCH: {name} of {}: {} in the median of {rounds}, and {} are the limit ({})",
                one.name,
                text(one.median()),
                text(limit),
                row.what
            );
            self.too_much += 1;
        }
    }

    /// Returns what the row is called in all tables.
    fn add(&mut self, row: Row, measured: &[Measured]) -> String {
        let name = self.turn.map_or(row.name.into(), |turn| turn.to_string());
        let right = measured[0].samples[0].sum;
        for one in measured {
            for sample in &one.samples {
                if sample.sum != right {
                    println!(
                        "WRONG: {name} of {}: {:x}, not {right:x}",
                        one.name, sample.sum
                    );
                    self.wrong += 1;
                }
            }
        }
        self.table.add(&name, row, measured);
        name
    }
}

/// Workers beyond the cores have none of their own, and cores beyond the workers nothing to do.
fn at_best(workers: usize, cores: usize) -> usize {
    workers.min(cores)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Bench, Row, at_best};
    use crate::harness::{Contender, OURS, Offer, Sample, turns};

    const LIMIT: Duration = Duration::from_millis(1);

    #[test]
    fn the_ideal_is_bounded_by_workers_and_by_cores() {
        assert_eq!(at_best(1, 8), 1);
        assert_eq!(at_best(4, 8), 4);
        assert_eq!(at_best(64, 8), 8);
    }

    /// Runs the row `W15`, in which contenders take the time they get, one after the other and from the start again.
    fn too_much(quick: bool, of_us: &[Duration], of_others: &[Duration]) -> usize {
        fn nothing(_: &mut Bench) {}
        fn taking<'a>(name: &'static str, times: &'a [Duration]) -> Contender<'a> {
            let mut times = times.iter().cycle();
            Contender::sampled(name, move || Sample {
                time: times.next().copied().unwrap_or_default(),
                sum: 0,
                note: 0,
            })
        }

        let mut bench = Bench::new(quick);
        bench.rounds = 3;
        bench.turn = turns(&[Offer::new("W15", nothing)], &[])
            .ok()
            .and_then(|turns| turns.first().copied());
        let row = Row {
            name: "W15",
            what: "of a test",
            at_best: None,
            note: None,
        };
        let contenders = vec![taking(OURS, of_us), taking("other", of_others)];
        bench.row_within(LIMIT, row, contenders);
        bench.too_much
    }

    #[test]
    fn a_limit_holds_for_each_contender() {
        assert_eq!(too_much(false, &[LIMIT], &[LIMIT]), 0);
        assert_eq!(too_much(false, &[LIMIT], &[LIMIT * 2]), 1);
        assert_eq!(too_much(false, &[LIMIT * 2], &[Duration::ZERO]), 1);
        // In a quick run no time means anything.
        assert_eq!(too_much(true, &[LIMIT * 2], &[LIMIT * 2]), 0);
    }

    #[test]
    fn a_limit_is_for_the_median_of_the_rounds() {
        // The first one is the warm-up.
        let once = [LIMIT, LIMIT * 9, LIMIT, LIMIT];
        let twice = [LIMIT, LIMIT * 9, LIMIT * 9, LIMIT];
        assert_eq!(too_much(false, &once, &once), 0);
        assert_eq!(too_much(false, &twice, &once), 1);
    }
}
