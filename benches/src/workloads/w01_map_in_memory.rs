//! W1: many tiny items in memory, collected in order.

use std::thread;

use fanout::fan_out;
use rayon::prelude::*;

use crate::harness::{Bench, Contender, LOOP, OURS, Row};
use crate::load::{chain, in_order, links};
use crate::peers::{crossbeam_pool, mutex_iter, orx, paralight, pariter, rayon::pool};

type Sink<'a> = dyn FnMut(u64) + 'a;

#[fan_out(ordered)]
fn chained(n: &u64, #[shared] links: u32) -> u64 {
    chain(*n, links)
}

pub fn run(bench: &mut Bench) {
    if !bench.wants("W1") {
        return;
    }
    let workers = bench.workers();
    let links = links(10);
    let work = move |n: &u64| chain(*n, links);
    let by_value = move |n: u64| chain(n, links);
    let count = bench.items(10_000_000) as u64;
    let items: Vec<u64> = (0..count).collect();
    let items = &items;
    let threads = pool(workers);
    let mut places = paralight::pool(workers);

    // Peers that know only iterators gather what they stream.
    let gathered = |stream: &dyn Fn(&mut Sink<'_>)| {
        let mut all = Vec::with_capacity(items.len());
        stream(&mut |result| all.push(result));
        sum(all)
    };
    let row = Row {
        name: "W1",
        what: "10M items of ~10 ns in memory, collected in order",
        at_best: Some(bench.at_best()),
        note: None,
    };
    bench.row(
        row,
        vec![
            Contender::new(LOOP, || sum(items.iter().map(work).collect())),
            Contender::new(OURS, || {
                sum(chained(items, links).workers(workers).collect())
            }),
            Contender::new("rayon", || {
                sum(threads.install(|| items.par_iter().map(work).collect()))
            }),
            Contender::new("scope, one chunk each", || {
                sum(one_chunk_each(items, workers, work))
            }),
            Contender::new("orx", || sum(orx::over_slice(items, workers, work))),
            Contender::new("paralight", || {
                sum(paralight::over_slice(&mut places, items, work))
            }),
            Contender::new("crossbeam pool", || {
                gathered(&|sink| crossbeam_pool::ordered(0..count, workers, by_value, sink))
            }),
            Contender::new("Mutex<iter>", || {
                gathered(&|sink| mutex_iter::ordered(0..count, workers, by_value, sink))
            }),
            Contender::new("pariter", || {
                gathered(&|sink| pariter::ordered(0..count, workers, None, by_value, sink))
            }),
        ],
    );
}

fn one_chunk_each(items: &[u64], workers: usize, work: impl Fn(&u64) -> u64 + Sync) -> Vec<u64> {
    let mut all = vec![0; items.len()];
    let size = items.len().div_ceil(workers);
    thread::scope(|scope| {
        for (from, to) in items.chunks(size).zip(all.chunks_mut(size)) {
            let work = &work;
            scope.spawn(move || {
                for (item, place) in from.iter().zip(to) {
                    *place = work(item);
                }
            });
        }
    });
    all
}

fn sum(all: Vec<u64>) -> u64 {
    all.into_iter().fold(0, in_order)
}
