//! W12, W12s, W12h, W12c: items with equal keys one at a time and in order. Keys that are alike, a slow one among them, a
//! hot one, and what a key costs.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use crate::harness::{Bench, Contender, LOOP, OURS, Row, Sample};
use crate::load::{chain, in_any_order, in_order, link, links};
use crate::peers::hash_lanes;

/// The same for all contenders: what fanout takes in, what all lanes hold together.
const WINDOW: usize = 1024;
const KEYS: u64 = 1000;
/// The key that the slow items have, or most of them.
const ONE: u64 = KEYS;

#[derive(Debug, Clone, Copy)]
struct Event {
    number: u64,
    key: u64,
    links: u32,
}

pub fn run(bench: &mut Bench) {
    if bench.wants("W12") {
        alike(bench);
    }
    if bench.wants("W12s") {
        one_slow(bench);
    }
    if bench.wants("W12h") {
        one_hot(bench);
    }
    if bench.wants("W12c") {
        cost(bench);
    }
}

fn alike(bench: &mut Bench) {
    let links = links(2_000);
    let row = Row {
        name: "W12",
        what: "100k items of 2 us, 1000 keys alike",
        at_best: Some(bench.at_best()),
        note: Some(BUSY),
    };
    keyed(bench, row, 100_000, move |number| Event {
        number,
        key: link(number) % KEYS,
        links,
    });
}

fn one_slow(bench: &mut Bench) {
    let (light, heavy) = (links(20_000), links(500_000));
    let row = Row {
        name: "W12s",
        what: "10k items, the 2 % of one key 500 us and the rest 20 us",
        // The slow items are a third of all work, one after the other.
        at_best: Some(bench.at_best().min(3)),
        note: Some(BUSY),
    };
    keyed(bench, row, 10_000, move |number| {
        let chance = link(number);
        let slow = chance.is_multiple_of(50);
        Event {
            number,
            key: if slow { ONE } else { chance / 50 % KEYS },
            links: if slow { heavy } else { light },
        }
    });
}

fn one_hot(bench: &mut Bench) {
    let links = links(2_000);
    let row = Row {
        name: "W12h",
        what: "50k items of 2 us, 99 % of them of one key",
        // They are a loop, whoever runs them.
        at_best: Some(1),
        note: Some(BUSY),
    };
    keyed(bench, row, 50_000, move |number| {
        let chance = link(number);
        let other = chance.is_multiple_of(100);
        Event {
            number,
            key: if other { chance / 100 % KEYS } else { ONE },
            links,
        }
    });
}

const BUSY: &str = "% of the workers' time inside items";

/// A row whose checksum depends on the order of the items of each key.
fn keyed(bench: &mut Bench, row: Row, full: usize, event: impl Fn(u64) -> Event + Copy + Send) {
    let (count, workers) = (bench.items(full) as u64, bench.workers());
    let input = move || (0..count).map(event);
    bench.row(
        row,
        vec![
            Contender::sampled(LOOP, move || {
                Book::of(workers, |book| {
                    input().for_each(|event| book.watched(event))
                })
            }),
            Contender::sampled(OURS, move || {
                Book::of(workers, |book| {
                    sticky(input(), workers, |event| book.watched(event))
                })
            }),
            Contender::sampled("fanout, pinned", move || {
                Book::of(workers, |book| {
                    pinned(input(), workers, |event| book.watched(event))
                })
            }),
            Contender::sampled("hash lanes", move || {
                Book::of(workers, |book| {
                    lanes(input(), workers, |event| book.watched(event))
                })
            }),
        ],
    );
}

/// A row in which a run without keys takes part, so the order is not looked at.
fn cost(bench: &mut Bench) {
    let (count, workers) = (bench.items(500_000) as u64, bench.workers());
    let links = links(100);
    let input = move || {
        (0..count).map(move |number| Event {
            number,
            key: link(number) % KEYS,
            links,
        })
    };
    let row = Row {
        name: "W12c",
        what: "500k items of 100 ns, 1000 keys alike; without keys for comparison",
        at_best: Some(bench.at_best()),
        note: None,
    };
    bench.row(
        row,
        vec![
            Contender::sampled(LOOP, move || {
                Book::of(workers, |book| {
                    input().for_each(|event| book.counted(event))
                })
            }),
            Contender::sampled(OURS, move || {
                Book::of(workers, |book| {
                    sticky(input(), workers, |event| book.counted(event))
                })
            }),
            Contender::sampled("fanout, pinned", move || {
                Book::of(workers, |book| {
                    pinned(input(), workers, |event| book.counted(event))
                })
            }),
            Contender::sampled("fanout, no keys", move || {
                Book::of(workers, |book| {
                    let run = fanout::over(input()).workers(workers).window(WINDOW);
                    run.map(|event, _| book.counted(event)).run();
                })
            }),
            Contender::sampled("hash lanes", move || {
                Book::of(workers, |book| {
                    lanes(input(), workers, |event| book.counted(event))
                })
            }),
        ],
    );
}

fn sticky(
    input: impl Iterator<Item = Event> + Send,
    workers: usize,
    work: impl Fn(Event) + Send + Sync,
) {
    let run = fanout::over(input).workers(workers).window(WINDOW);
    run.shard_by(|event: &Event| event.key)
        .map(|event, _| work(event))
        .run();
}

fn pinned(
    input: impl Iterator<Item = Event> + Send,
    workers: usize,
    work: impl Fn(Event) + Send + Sync,
) {
    let run = fanout::over(input).workers(workers).window(WINDOW);
    run.shard_by(|event: &Event| event.key)
        .pinned()
        .map(|event, _| work(event))
        .run();
}

fn lanes(input: impl Iterator<Item = Event>, workers: usize, work: impl Fn(Event) + Sync) {
    hash_lanes::run(input, workers, WINDOW, |event| event.key, work);
}

/// What the items leave behind: a checksum for each key, and how long workers were inside them.
struct Book {
    sums: Vec<AtomicU64>,
    busy: AtomicU64,
}

impl Book {
    /// Measures a run that writes into a new book.
    fn of(workers: usize, run: impl FnOnce(&Self)) -> Sample {
        let book = Self {
            sums: (0..=ONE).map(|_| AtomicU64::new(0)).collect(),
            busy: AtomicU64::new(0),
        };
        let start = Instant::now();
        run(&book);
        let time = start.elapsed();
        let all = time.as_nanos() as u64 * workers as u64;
        Sample {
            time,
            sum: book
                .sums
                .iter()
                .fold(0, |sum, of_key| in_order(sum, of_key.load(Relaxed))),
            note: book.busy.load(Relaxed) * 100 / all.max(1),
        }
    }

    fn watched(&self, event: Event) {
        let start = Instant::now();
        let result = chain(event.number, event.links);
        // Read and write are two steps: if two items of a key run at once, one is lost, and it shows.
        let sum = &self.sums[event.key as usize];
        sum.store(in_order(sum.load(Relaxed), result), Relaxed);
        let busy = start.elapsed().as_nanos() as u64;
        self.busy.fetch_add(busy, Relaxed);
    }

    fn counted(&self, event: Event) {
        let result = in_any_order(0, chain(event.number, event.links));
        self.sums[event.key as usize].fetch_add(result, Relaxed);
    }
}
