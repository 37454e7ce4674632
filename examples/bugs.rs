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

mod bug04_nobody_closes;
mod support;

use std::time::Instant;

/// What it is called, and what it says of itself.
type Bug = (&'static str, fn() -> [String; 3]);

const BUGS: &[Bug] = &[("4. nobody closes the output", bug04_nobody_closes::summary)];

fn main() {
    let start = Instant::now();
    let mut table = support::Table::new(&["bug", "by hand", "fixed by hand", "with fanout"]);
    for (name, summary) in BUGS {
        table = table.row(name, &summary());
    }
    println!("{table}");
    println!("Measured in {:.1?}.", start.elapsed());
}
