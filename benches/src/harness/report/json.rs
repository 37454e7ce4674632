//! The figures as JSON: times in nanoseconds.

use std::fmt::Write;
use std::{fs, io};

use super::{Figures, Summary, machine_name};

/// The packages that contenders are made of.
const PEERS: [&str; 9] = [
    "chili",
    "crossbeam-channel",
    "crossbeam-utils",
    "dashmap",
    "orx-parallel",
    "paralight",
    "pariter",
    "rayon",
    "tokio",
];

/// # Errors
/// If there is no lock file to read versions from.
pub(super) fn json(rows: &[Summary]) -> io::Result<String> {
    let rows: Vec<String> = rows.iter().map(row).collect();
    let lock = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock"))?;
    let versions = PEERS.iter().filter_map(|name| {
        let version = locked(&lock, name)?;
        Some(format!("{}: {}", quoted(name), quoted(version)))
    });
    Ok(format!(
        "{{\n  \"machine\": {},\n  \"versions\": {{{}}},\n  \"rows\": [\n{}\n  ]\n}}\n",
        quoted(&machine_name()),
        versions.collect::<Vec<_>>().join(", "),
        rows.join(",\n")
    ))
}

/// The version of a package in a lock file.
fn locked<'a>(lock: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?;
    Some(rest.split_once('"')?.0)
}

fn row(row: &Summary) -> String {
    let contenders: Vec<String> = row
        .contenders
        .iter()
        .map(|one| contender(one, row.note))
        .collect();
    let number =
        |number: Option<f64>| number.map_or("null".into(), |number| format!("{number:.4}"));
    format!(
        "    {{\"name\": {}, \"what\": {}, \"of_ideal\": {}, \"loop_over_fanout\": {}, \"best_peer_over_fanout\": {}, \
         \"contenders\": [\n{}\n    ]}}",
        quoted(&row.name),
        quoted(row.what),
        number(row.of_ideal()),
        number(row.of_loop()),
        number(row.best_peer().map(|(_, times)| times)),
        contenders.join(",\n")
    )
}

fn contender(one: &Figures, note: Option<&str>) -> String {
    let note = note.map_or(String::new(), |what| {
        format!(", \"note\": {}, \"note_is\": {}", one.note, quoted(what))
    });
    format!(
        "      {{\"name\": {}, \"median\": {}, \"fastest\": {}, \"slowest\": {}, \"cpu\": {}, \"switches\": {}, \
         \"disturbed\": {}{note}}}",
        quoted(one.name),
        one.median.as_nanos(),
        one.spread.0.as_nanos(),
        one.spread.1.as_nanos(),
        one.usage.cpu.as_nanos(),
        one.usage.switches,
        one.disturbed,
    )
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
