//! What was measured, as text.

use std::time::Duration;

use super::{LOOP, Measured, OURS, Row};

/// Shows each row as it comes, and all of them in short at the end.
#[derive(Debug, Default)]
pub struct Table(Vec<Summary>);

#[derive(Debug)]
struct Summary {
    row: Row,
    ours: Duration,
    of_loop: Option<f64>,
    of_ideal: Option<f64>,
    best_peer: Option<(&'static str, f64)>,
}

impl Table {
    pub(super) fn add(&mut self, row: Row, measured: &[Measured]) {
        let median = |name: &str| {
            measured
                .iter()
                .find(|one| one.name == name)
                .map(Measured::median)
        };
        let Some(ours) = median(OURS) else {
            unreachable!("a row without the contender that it is about");
        };
        println!("\n{}  {}", row.name, row.what);
        for one in measured {
            let note = row
                .note
                .map(|note| format!("  {} {note}", one.note()))
                .unwrap_or_default();
            let mark = if one.disturbed { "  (disturbed)" } else { "" };
            println!(
                "  {:<22}{:>12}{:>8.2}{note}{mark}",
                one.name,
                text(one.median()),
                ratio(one.median(), ours)
            );
        }
        let the_loop = median(LOOP);
        self.0.push(Summary {
            row,
            ours,
            of_loop: the_loop.map(|time| ratio(time, ours)),
            of_ideal: the_loop
                .zip(row.at_best)
                .map(|(time, at_best)| ratio(ours, time) * at_best as f64),
            best_peer: measured
                .iter()
                .filter(|one| !one.name.starts_with(OURS) && one.name != LOOP)
                .map(|one| (one.name, ratio(one.median(), ours)))
                .min_by(|a, b| a.1.total_cmp(&b.1)),
        });
    }

    /// One line for each row. A number above 1 in the last two columns: fanout is faster by so much.
    pub fn print(&self) {
        println!(
            "\n{:<5}{:>12}{:>9}{:>13}  best peer",
            "", "fanout", "/ ideal", "loop / it"
        );
        for one in &self.0 {
            let number = |number: Option<f64>| {
                number.map_or_else(|| "-".into(), |number| format!("{number:.2}"))
            };
            let best = one
                .best_peer
                .map_or_else(|| "-".into(), |(name, times)| format!("{times:.2}  {name}"));
            println!(
                "{:<5}{:>12}{:>9}{:>13}  {best}",
                one.row.name,
                text(one.ours),
                number(one.of_ideal),
                number(one.of_loop)
            );
        }
    }
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64().max(1e-9)
}

fn text(time: Duration) -> String {
    if time < Duration::from_millis(10) {
        format!("{:.1} us", time.as_secs_f64() * 1e6)
    } else {
        format!("{:.1} ms", time.as_secs_f64() * 1e3)
    }
}
