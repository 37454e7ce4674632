//! A table in a page of the documentation, between two marks.

use std::fmt::Write;
use std::io;

use super::{Summary, machine_name};
use crate::harness::OURS;
use crate::harness::table::text;

const BEGIN: &str = "<!-- figures: written by the benchmark -->";
const END: &str = "<!-- end of the figures -->";

pub(super) fn with_table(page: &str, rows: &[Summary]) -> io::Result<String> {
    let marks = page.split_once(BEGIN).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(END)?;
        Some((before, after))
    });
    let Some((before, after)) = marks else {
        return Err(io::Error::other(format!(
            "the page has no place for the figures, between `{BEGIN}` and `{END}`"
        )));
    };
    Ok(format!("{before}{BEGIN}\n{}{END}{after}", table(rows)))
}

fn table(rows: &[Summary]) -> String {
    let mut table = format!(
        "{}:\n\n| row | what | fanout | / ideal | loop / fanout | best peer / fanout |\n| --- | --- | ---: | ---: | ---: | --- |\n",
        machine_name()
    );
    let number = |number: Option<f64>| number.map_or("-".into(), |number| format!("{number:.2}"));
    for row in rows {
        let best = row
            .best_peer()
            .map_or("-".into(), |(name, times)| format!("{times:.2} ({name})"));
        let _ = writeln!(
            table,
            "| {} | {} | {} | {} | {} | {} |",
            row.name,
            row.what,
            text(row.median(OURS)),
            number(row.of_ideal()),
            number(row.of_loop()),
            // A bar would end the cell, and `<` begin a tag.
            best.replace('|', "/").replace('<', "&lt;"),
        );
    }
    table
}
