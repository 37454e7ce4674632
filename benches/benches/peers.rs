//! Runs the workloads; see the crate's documentation.

use std::env::args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use fanout_bench::harness::{Bench, Report, cores, own_process, turns};
use fanout_bench::workloads::{ROWS, w10_memory, w13_feed};

fn main() -> ExitCode {
    let arguments: Vec<String> = args().skip(1).collect();
    if let [one, row, name, workers, count] = &arguments[..]
        && one == own_process::ONE
    {
        let workers = workers.parse().unwrap_or_default();
        let count = count.parse().unwrap_or_default();
        match row.as_str() {
            w10_memory::NAME => w10_memory::one(name, workers, count),
            row => w13_feed::one(row, name, workers, count),
        }
        return ExitCode::SUCCESS;
    }
    // `cargo bench` says `--bench`; without it this is `cargo test --benches`, which wants to know whether all is well.
    let is_bench = arguments.iter().any(|argument| argument == "--bench");
    let mut bench = Bench::new(!is_bench);
    let mut asked = Vec::new();
    let mut report = Report::default();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--bench" => {}
            "--quick" => bench.quick = true,
            "--json" => report.json = arguments.next().map(in_the_workspace),
            "--chart" => report.chart = arguments.next().map(in_the_workspace),
            "--page" => report.page = arguments.next().map(in_the_workspace),
            unknown if unknown.starts_with("--") => {
                println!(
                    "there is no option {unknown}; see the documentation of `benches/src/lib.rs`"
                );
                return ExitCode::FAILURE;
            }
            _ => asked.push(argument),
        }
    }
    let turns = match turns(ROWS, &asked) {
        Ok(turns) => turns,
        Err(error) => {
            println!("{error}");
            // `cargo test --benches NAME` asks for a test, and here is none.
            return if is_bench {
                ExitCode::FAILURE
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    println!(
        "{} cores{}; in each row: median, and its ratio to that of fanout",
        cores(),
        if bench.quick {
            "; small inputs, once: the times mean nothing"
        } else {
            ""
        }
    );
    for turn in turns {
        bench.take(turn);
    }
    bench.table.print();
    if let Err(error) = report.write(&bench.table) {
        println!("\nthe report could not be written: {error}");
        return ExitCode::FAILURE;
    }
    if bench.wrong > 0 {
        println!("\n{} checksums are wrong", bench.wrong);
    }
    if bench.too_much > 0 {
        println!("\n{} contenders used too much", bench.too_much);
    }
    if bench.wrong + bench.too_much > 0 {
        return ExitCode::FAILURE;
    }
    println!("\nall checksums agree");
    ExitCode::SUCCESS
}

/// Cargo runs a benchmark in the folder of its package, and people name files from where they are: at the top.
fn in_the_workspace(path: String) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}
