//! What was measured, for others to read: JSON for programs, a chart and a table for the documentation.

mod chart;
mod json;
mod page;

use std::path::PathBuf;
use std::time::Duration;
use std::{fs, io};

use super::table::{Table, ratio};
use super::{LOOP, Measured, OURS, Row, Usage, machine};

/// A row, as it is kept.
#[derive(Debug)]
pub struct Summary {
    /// With the number of workers, if one was asked for.
    pub(super) name: String,
    what: &'static str,
    at_best: Option<usize>,
    note: Option<&'static str>,
    contenders: Vec<Figures>,
}

/// What a contender came to.
#[derive(Debug)]
struct Figures {
    name: &'static str,
    median: Duration,
    spread: (Duration, Duration),
    usage: Usage,
    note: u64,
    disturbed: bool,
}

impl Summary {
    pub(super) fn of(name: &str, row: Row, measured: &[Measured]) -> Self {
        let contenders = measured.iter().map(|one| Figures {
            name: one.name,
            median: one.median(),
            spread: one.spread(),
            usage: one.usage(),
            note: one.note(),
            disturbed: one.disturbed,
        });
        Self {
            name: name.into(),
            what: row.what,
            at_best: row.at_best,
            note: row.note,
            contenders: contenders.collect(),
        }
    }

    fn find(&self, name: &str) -> Option<&Figures> {
        self.contenders.iter().find(|one| one.name == name)
    }

    /// # Panics
    /// If there is no such contender.
    pub(super) fn median(&self, name: &str) -> Duration {
        match self.find(name) {
            Some(figures) => figures.median,
            None => panic!("{} has no contender `{name}`", self.name),
        }
    }

    /// How many times longer the loop takes.
    pub(super) fn of_loop(&self) -> Option<f64> {
        Some(ratio(self.find(LOOP)?.median, self.median(OURS)))
    }

    /// How many times longer than ideal fanout takes.
    pub(super) fn of_ideal(&self) -> Option<f64> {
        Some(self.at_best? as f64 / self.of_loop()?)
    }

    /// The fastest of the others, and how many times longer it takes.
    pub(super) fn best_peer(&self) -> Option<(&'static str, f64)> {
        let ours = self.median(OURS);
        self.contenders
            .iter()
            .filter(|one| !one.name.starts_with(OURS) && one.name != LOOP)
            .map(|one| (one.name, ratio(one.median, ours)))
            .min_by(|a, b| a.1.total_cmp(&b.1))
    }
}

/// Where to write what.
#[derive(Debug, Default)]
pub struct Report {
    /// All figures, for programs.
    pub json: Option<PathBuf>,
    /// The ratios of all rows as a picture.
    pub chart: Option<PathBuf>,
    /// A page of the documentation with a table between two marks.
    pub page: Option<PathBuf>,
}

impl Report {
    /// # Errors
    /// If a file cannot be written, the page has no marks, or there is no lock file.
    pub fn write(&self, table: &Table) -> io::Result<()> {
        let rows = &table.0[..];
        if let Some(path) = &self.json {
            fs::write(path, json::json(rows)?)?;
        }
        if let Some(path) = &self.chart {
            fs::write(path, chart::chart(rows))?;
        }
        if let Some(path) = &self.page {
            let page = page::with_table(&fs::read_to_string(path)?, rows)?;
            fs::write(path, page)?;
        }
        Ok(())
    }
}

/// The machine, in a line.
fn machine_name() -> String {
    let model = machine::model().unwrap_or_else(|| "an unknown processor".into());
    format!(
        "{} cores of {model}, {}",
        machine::cores(),
        std::env::consts::OS
    )
}
