//! W4, W4o, W4c: one item in a hundred takes a hundred times as long; in W4c these are one run of neighbours.

use crate::harness::{Bench, Row};
use crate::load::{chain, link, links};
use crate::peers::Streamed;

pub fn run(bench: &mut Bench) {
    let scattered = |n, _| link(n).is_multiple_of(100);
    let in_one_run = |n, count| (count / 2..count / 2 + count / 100).contains(&n);
    row(
        bench,
        "W4",
        "10k items, 1 % of 2 ms and the rest of 20 us, unordered",
        scattered,
    );
    row(
        bench,
        "W4o",
        "10k items, 1 % of 2 ms and the rest of 20 us, ordered",
        scattered,
    );
    row(
        bench,
        "W4c",
        "10k items, 1 % of 2 ms one after the other, ordered",
        in_one_run,
    );
}

/// `is_heavy`: of an item's number, and how many there are. The same for every contender.
fn row(bench: &mut Bench, name: &'static str, what: &'static str, is_heavy: fn(u64, u64) -> bool) {
    if !bench.wants(name) {
        return;
    }
    let count = bench.items(10_000) as u64;
    let (light, heavy) = (links(20_000), links(2_000_000));
    let streamed = Streamed {
        input: move || 0..count,
        work: move |n| chain(n, if is_heavy(n, count) { heavy } else { light }),
        digest: |result| result,
        workers: bench.workers(),
    };
    let row = Row {
        name,
        what,
        at_best: Some(bench.at_best()),
        note: None,
    };
    let contenders = if name == "W4" {
        streamed.unordered()
    } else {
        streamed.ordered()
    };
    bench.row(row, contenders);
}
