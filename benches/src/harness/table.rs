//! What was measured, as text.

use std::time::Duration;

use super::report::Summary;
use super::{Measured, OURS, Row};

/// All rows so far.
#[derive(Debug, Default)]
pub struct Table(pub(super) Vec<Summary>);

impl Table {
    /// Shows a row as it comes.
    pub(super) fn add(&mut self, name: &str, row: Row, measured: &[Measured]) {
        let summary = Summary::of(name, row, measured);
        println!("\n{name}  {}", row.what);
        println!(
            "  {:<22}{:>12}{:>9}{:>9}{:>24}{:>12}{:>10}",
            "", "median", "/ ours", "spread", "fastest - slowest", "CPU", "switches"
        );
        for one in measured {
            let note = row
                .note
                .map(|note| format!("  {} {note}", one.note()))
                .unwrap_or_default();
            let mark = if one.disturbed { "  (disturbed)" } else { "" };
            let (fastest, slowest) = one.spread();
            let usage = one.usage();
            println!(
                "  {:<22}{:>12}{:>9.2}{:>8.0}%{:>24}{:>12}{:>10}{note}{mark}",
                one.name,
                text(one.median()),
                ratio(one.median(), summary.median(OURS)),
                100.0 * (ratio(slowest, fastest) - 1.0),
                format!("{} - {}", text(fastest), text(slowest)),
                text(usage.cpu),
                usage.switches,
            );
        }
        self.0.push(summary);
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// One line for each row. A number above 1 in the last two columns: fanout is faster by so much.
    pub fn print(&self) {
        println!(
            "\n{:<11}{:>12}{:>9}{:>13}  best peer / it",
            "", "fanout", "/ ideal", "loop / it"
        );
        for one in &self.0 {
            let number = |number: Option<f64>| {
                number.map_or_else(|| "-".into(), |number| format!("{number:.2}"))
            };
            let best = one
                .best_peer()
                .map_or_else(|| "-".into(), |(name, times)| format!("{times:.2}  {name}"));
            println!(
                "{:<11}{:>12}{:>9}{:>13}  {best}",
                one.name,
                text(one.median(OURS)),
                number(one.of_ideal()),
                number(one.of_loop())
            );
        }
    }
}

pub(super) fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64().max(1e-9)
}

pub(super) fn text(time: Duration) -> String {
    if time < Duration::from_millis(10) {
        format!("{:.1} us", time.as_secs_f64() * 1e6)
    } else {
        format!("{:.1} ms", time.as_secs_f64() * 1e3)
    }
}
