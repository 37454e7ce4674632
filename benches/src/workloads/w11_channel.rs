//! W11: items from a channel, little work on each, streamed to a loop.

use std::thread;

use crossbeam_channel::{Receiver, bounded};
use fanout::fan_out;

use super::WORKERS;
use crate::harness::{Bench, Contender, LOOP, OURS, Row};
use crate::load::{hash_twice, in_any_order, lines};
use crate::peers::{crossbeam_batched, crossbeam_pool, mutex_iter, pariter, rayon};

#[fan_out(workers = 2)]
fn hashed(line: String) -> u64 {
    hash_twice(&line)
}

pub fn run(bench: &mut Bench) {
    if !bench.wants("W11") {
        return;
    }
    let count = bench.items(2_000_000);
    let work = |line: String| hash_twice(&line);
    let chunks = rayon::pool(WORKERS);
    // Each call has a sender of its own, and what it consumes has been sent while it ran.
    let from_channel = |consume: &dyn Fn(Receiver<String>, &mut u64)| {
        let (sender, receiver) = bounded(1024);
        thread::scope(|scope| {
            scope.spawn(move || lines(count).try_for_each(|line| sender.send(line)));
            let mut sum = 0;
            consume(receiver, &mut sum);
            sum
        })
    };
    let add = |sum: &mut u64, result| *sum = in_any_order(*sum, result);
    let by_us = |lines: Receiver<String>, sum: &mut u64| {
        for result in hashed(lines) {
            add(sum, result);
        }
    };
    let by_pool = |lines: Receiver<String>, sum: &mut u64| {
        crossbeam_pool::on_channel(lines, WORKERS, &work, |results| {
            results.iter().for_each(|r| add(sum, r))
        });
    };
    let row = Row {
        name: "W11",
        what: "2M strings of ~100 ns from a channel, unordered",
        at_best: None,
        note: None,
    };
    bench.row(
        row,
        vec![
            Contender::new(LOOP, || {
                from_channel(&|lines, sum| lines.iter().for_each(|line| add(sum, work(line))))
            }),
            Contender::new(OURS, || from_channel(&by_us)),
            Contender::new("rayon chunk-wise", || {
                from_channel(&|lines, sum| {
                    rayon::chunk_wise(&chunks, lines.into_iter(), work, |r| add(sum, r))
                })
            }),
            Contender::new("crossbeam pool", || from_channel(&by_pool)),
            Contender::new("crossbeam, batched", || {
                from_channel(&|lines, sum| {
                    crossbeam_batched::unordered(lines.into_iter(), WORKERS, work, |r| add(sum, r))
                })
            }),
            Contender::new("Mutex<iter>", || {
                from_channel(&|lines, sum| {
                    mutex_iter::unordered(lines.into_iter(), WORKERS, work, |r| add(sum, r))
                })
            }),
            Contender::new("pariter", || {
                from_channel(&|lines, sum| {
                    pariter::ordered(lines.into_iter(), WORKERS, None, work, |r| add(sum, r))
                })
            }),
        ],
    );
}
