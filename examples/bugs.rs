//! The thirteen bugs that fan-outs written by hand keep having, each beside its fix: what happens by hand, when it was
//! fixed by hand, and with fanout. Each is an example of its own as well, with a table of its own.
//!
//! ```sh
//! cargo run --release --example bugs
//! ```

#![allow(dead_code, reason = "each bug is also a program")]
#![allow(
    clippy::duplicate_mod,
    reason = "so each has its own copy of what they share"
)]

mod bug01_early_exit;
mod bug02_forgotten_done;
mod bug03_one_worker_does_it_all;
mod bug04_nobody_closes;
mod bug05_head_of_line;
mod bug06_thread_per_job;
mod bug07_shared_map;
mod bug08_every_worker_closes;
mod bug09_order_assumed;
mod bug10_deaf_to_cancel;
mod bug11_producer_panics;
mod bug12_false_sharing;
mod bug13_worker_closes_input;
mod support;

use std::time::Instant;

/// What it is called, and what it says of itself.
type Bug = (&'static str, fn() -> [String; 3]);

const BUGS: &[Bug] = &[
    (
        "1. early exit on the first error",
        bug01_early_exit::summary,
    ),
    ("2. a forgotten \"done\"", bug02_forgotten_done::summary),
    (
        "3. one worker does all the work",
        bug03_one_worker_does_it_all::summary,
    ),
    ("4. nobody closes the output", bug04_nobody_closes::summary),
    ("5. jobs assigned beforehand", bug05_head_of_line::summary),
    ("6. a thread for each job", bug06_thread_per_job::summary),
    ("7. a shared map", bug07_shared_map::summary),
    (
        "8. every worker closes the output",
        bug08_every_worker_closes::summary,
    ),
    ("9. order assumed", bug09_order_assumed::summary),
    ("10. deaf to cancellation", bug10_deaf_to_cancel::summary),
    ("11. the producer panics", bug11_producer_panics::summary),
    ("12. false sharing", bug12_false_sharing::summary),
    (
        "13. a worker closes the input",
        bug13_worker_closes_input::summary,
    ),
];

fn main() {
    let start = Instant::now();
    let mut table = support::Table::new(&["bug", "by hand", "fixed by hand", "with fanout"]);
    for (name, summary) in BUGS {
        table = table.row(name, &summary());
    }
    println!("{table}");
    println!("Measured in {:.1?}.", start.elapsed());
}
