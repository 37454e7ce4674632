//! Runs the workloads; see the crate's documentation.

use std::env::args;
use std::process::ExitCode;

use fanout_bench::harness::{Bench, Table, cores};
use fanout_bench::workloads::{ALL, w10_memory};

fn main() -> ExitCode {
    let arguments: Vec<String> = args().skip(1).collect();
    if let [one, name, count] = &arguments[..]
        && one == w10_memory::ONE
    {
        w10_memory::one(name, count.parse().unwrap_or_default());
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
