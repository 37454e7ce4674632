//! W17: ordered streams of other shapes: shorter and longer items, larger results, items sorted by what they cost, a loop that is
//! slower than the workers, and runs that are over soon.

use crate::harness::{Bench, Row, cores};
use crate::load::{chain, links};
use crate::peers::Streamed;

/// 4 KiB.
const LARGE: usize = 512;

pub fn run(bench: &mut Bench) {
    for (name, what, count, nanoseconds) in [
        ("W17-200n", "600k items of 200 ns", 600_000, 200),
        ("W17-500n", "300k items of 500 ns", 300_000, 500),
        ("W17-5u", "30k items of 5 us", 30_000, 5_000),
        ("W17-100u", "1500 items of 100 us", 1_500, 100_000),
        ("W17-100", "100 items of 20 us", 100, 20_000),
    ] {
        let item = links(nanoseconds);
        row(bench, name, what, count, move |n, _| chain(n, item), |r| r);
    }
    let item = links(2_000);
    row(
        bench,
        "W17-24b",
        "60k items of 2 us, results of 24 bytes",
        60_000,
        move |n, _| [chain(n, item), n, n],
        |[first, ..]| first,
    );
    row(
        bench,
        "W17-4k",
        "40k items of 2 us, results of 4 KiB",
        40_000,
        move |n, _| [chain(n, item); LARGE],
        |all| all[0] ^ all[LARGE - 1],
    );
    row(
        bench,
        "W17-up",
        "40k items of 0 to 8 us, the cheapest first",
        40_000,
        move |n, count| chain(n, (u64::from(4 * item) * n / count) as u32),
        |r| r,
    );
    row(
        bench,
        "W17-down",
        "40k items of 0 to 8 us, the dearest first",
        40_000,
        move |n, count| chain(n, (u64::from(4 * item) * (count - n) / count) as u32),
        |r| r,
    );
    let digest = links(5_000);
    row(
        bench,
        "W17-slow",
        "25k items of 2 us, and 5 us in the loop",
        25_000,
        move |n, _| chain(n, item),
        move |r| chain(r, digest),
    );
}

/// `work`: on an item's number, of how many there are.
fn row<R: Send + 'static>(
    bench: &mut Bench,
    name: &'static str,
    what: &'static str,
    count: usize,
    work: impl Fn(u64, u64) -> R + Copy + Send + Sync + 'static,
    digest: impl Fn(R) -> u64 + Copy,
) {
    if !bench.wants(name) {
        return;
    }
    let count = bench.items(count) as u64;
    let streamed = Streamed {
        input: move || 0..count,
        work: move |n| work(n, count),
        digest,
        workers: bench.workers(),
    };
    // Beside a slow loop the work on the items takes two sevenths of the time, and no more than that can be saved.
    let slow = name == "W17-slow" && cores() > 1;
    let row = Row {
        name,
        what,
        at_best: (!slow).then_some(bench.at_best()),
        note: None,
    };
    bench.row(row, streamed.ordered());
}
