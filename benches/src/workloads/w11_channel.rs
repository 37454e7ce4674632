//! W11, W11o: items from a channel, little work on each, streamed to a loop.

use std::thread;

use crossbeam_channel::{Receiver, bounded};
use fanout::fan_out;

use crate::harness::{Bench, Contender, OURS, Row};
use crate::load::{hash_twice, in_any_order, in_order, lines};
use crate::peers::{Streamed, crossbeam_pool};

#[fan_out]
fn hashed(line: String) -> u64 {
    hash_twice(&line)
}

/// The receiver of so many lines, which another thread sends.
fn sent(count: usize) -> Receiver<String> {
    let (sender, receiver) = bounded(1024);
    // It ends when all is sent, and a contender when all has come.
    thread::spawn(move || lines(count).try_for_each(|line| sender.send(line)));
    receiver
}

pub fn run(bench: &mut Bench) {
    let (count, workers) = (bench.items(2_000_000), bench.workers());
    // To most contenders a receiver is an iterator.
    let streamed = Streamed {
        input: move || sent(count).into_iter(),
        work: |line: String| hash_twice(&line),
        digest: |hash| hash,
        workers,
    };
    let row = |name, what| Row {
        name,
        what,
        at_best: None,
        note: None,
    };
    if bench.wants("W11") {
        let mut contenders = streamed.unordered();
        replace(&mut contenders, OURS, move || {
            let run = hashed(sent(count)).workers(workers);
            run.stream().fold(0, in_any_order)
        });
        replace(&mut contenders, "crossbeam pool", move || {
            let mut sum = 0;
            crossbeam_pool::on_channel(sent(count), workers, &streamed.work, |results| {
                sum = results.iter().fold(0, in_any_order);
            });
            sum
        });
        let what = "2M strings of ~100 ns from a channel, unordered";
        bench.row(row("W11", what), contenders);
    }
    if bench.wants("W11o") {
        let mut contenders = streamed.ordered();
        replace(&mut contenders, OURS, move || {
            let run = hashed(sent(count)).workers(workers);
            run.ordered().stream().fold(0, in_order)
        });
        let what = "2M strings of ~100 ns from a channel, ordered";
        bench.row(row("W11o", what), contenders);
    }
}

/// In the place of a contender that takes an iterator, one that takes the channel itself.
fn replace<'a>(contenders: &mut [Contender<'a>], name: &'static str, run: impl Fn() -> u64 + 'a) {
    match contenders.iter_mut().find(|other| other.name == name) {
        Some(place) => *place = Contender::new(name, run),
        None => panic!("there is no contender called {name}"),
    }
}
