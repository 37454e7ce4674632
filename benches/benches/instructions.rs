//! Do items cost more instructions than they did? Unlike time this does not depend on the machine's mood, so that it can fail.
//!
//! Runs itself under valgrind with two sizes of the input and takes the difference, so that what a run costs once does not
//! count. With one worker, on the caller's thread: that repeats exactly, and leaves out what workers do to meet each other.
//! `UPDATE_INSTRUCTIONS=1` writes down what it finds. Where there is no valgrind, it says so and fails nothing.

use std::env::{args, current_exe, var_os};
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::{fs, io};

use fanout::fan_out;
use fanout_bench::load::{chain, hash_twice, lines};

/// How much more is still the same: the toolchain is pinned, the C library is not.
const TOLERANCE: f64 = 1.05;
/// Says that this process is the one that is looked at.
const ONE: &str = "--one";
const ROWS: [&str; 2] = ["W1", "W2"];
const SMALL: usize = 50_000;
const LARGE: usize = 250_000;

#[fan_out(workers = 1, ordered, allow(FO114))]
fn chained(n: &u64) -> u64 {
    // About 10 ns; a number that is measured would differ from machine to machine.
    chain(*n, 5)
}

#[fan_out(workers = 1, allow(FO114))]
fn hashed(line: String) -> u64 {
    hash_twice(&line)
}

fn main() -> ExitCode {
    let arguments: Vec<String> = args().skip(1).collect();
    if let [one, row, count] = &arguments[..]
        && one == ONE
    {
        run(row, count.parse().unwrap_or_default());
        return ExitCode::SUCCESS;
    }
    if arguments.iter().any(|argument| !argument.starts_with("--")) {
        // Somebody wants to see some workload of the other bench.
        return ExitCode::SUCCESS;
    }
    // Only `cargo bench` builds what the numbers are about.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return ExitCode::SUCCESS;
    }
    if !has_valgrind() {
        println!("there is no valgrind here: instructions are not counted");
        return ExitCode::SUCCESS;
    }
    match compare() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("instructions could not be counted: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What is looked at.
fn run(row: &str, count: usize) {
    match row {
        "W1" => {
            let items: Vec<u64> = (0..count as u64).collect();
            black_box(chained(&items).collect::<Vec<_>>());
        }
        // Not a stream: that has a thread beside the loop, and its count differs by more than a tenth from run to run.
        _ => {
            black_box(hashed(lines(count)).collect_unordered());
        }
    }
}

/// Whether no row needs more than it may.
fn compare() -> io::Result<bool> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/instructions.txt");
    let mut found = Vec::new();
    for row in ROWS {
        let more = instructions(row, LARGE)? - instructions(row, SMALL)?;
        found.push((row, more / (LARGE - SMALL) as f64));
    }
    if var_os("UPDATE_INSTRUCTIONS").is_some() {
        let lines: Vec<String> = found
            .iter()
            .map(|(row, each)| format!("{row} {each:.1}\n"))
            .collect();
        fs::write(&file, lines.concat())?;
    }
    let known = fs::read_to_string(&file)?;
    let mut good = true;
    for (row, each) in found {
        let known: f64 = known
            .lines()
            .find_map(|line| line.strip_prefix(row)?.trim().parse().ok())
            .ok_or_else(|| io::Error::other(format!("{} has no {row}", file.display())))?;
        let grown = each > known * TOLERANCE;
        println!(
            "{row}: {each:.1} instructions for an item, {known:.1} known{}",
            if grown { ": too many" } else { "" }
        );
        good &= !grown;
    }
    if !good {
        println!(
            "if that is as it should be: UPDATE_INSTRUCTIONS=1 cargo bench -p fanout-bench --bench instructions"
        );
    }
    Ok(good)
}

fn has_valgrind() -> bool {
    Command::new("valgrind")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Of a whole process.
fn instructions(row: &str, count: usize) -> io::Result<f64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(current_exe()?)
        .args([ONE, row, &count.to_string()])
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let collected = said.lines().find_map(|line| {
        let (_, number) = line.split_once("Collected :")?;
        number.trim().parse().ok()
    });
    match collected {
        Some(number) if output.status.success() => Ok(number),
        _ => Err(io::Error::other(format!("valgrind said: {said}"))),
    }
}
