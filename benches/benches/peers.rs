//! Runs the workloads; see the crate's documentation.

use std::env::args;
use std::process::ExitCode;

use fanout_bench::harness::{Bench, Table, cores, own_process};
use fanout_bench::workloads::{ALL, w10_memory, w13_feed};

fn main() -> ExitCode {
    let arguments: Vec<String> = args().skip(1).collect();
    if let [one, row, name, count] = &arguments[..]
        && one == own_process::ONE
    {
        let count = count.parse().unwrap_or_default();
        match row.as_str() {
            w10_memory::NAME => w10_memory::one(name, count),
            row => w13_feed::one(row, name, count),
        }
        return ExitCode::SUCCESS;
    }
    // `cargo bench` says `--bench`; without it this is `cargo test --benches`, which wants to know whether all is well.
    let is_bench = arguments.iter().any(|argument| argument == "--bench");
    let mut bench = Bench {
        quick: !is_bench || arguments.iter().any(|argument| argument == "--quick"),
        rounds: 7,
        only: arguments
            .into_iter()
            .filter(|argument| !argument.starts_with("--"))
            .collect(),
        table: Table::default(),
        wrong: 0,
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
    for workload in ALL {
        workload(&mut bench);
    }
    bench.table.print();
    if bench.wrong > 0 {
        println!("\n{} checksums are wrong", bench.wrong);
        return ExitCode::FAILURE;
    }
    println!("\nall checksums agree");
    ExitCode::SUCCESS
}
