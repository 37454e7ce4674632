//! W9: a sum for each worker: in neighbouring atomics, in atomics with a cache line each, and as the worker's own state.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;

use crossbeam_utils::CachePadded;
use fanout::fan_out;

use crate::harness::{Bench, Contender, LOOP, OURS, Row};
use crate::load::in_any_order;

/// Atomics that lie next to each other, from the beginning of a cache line on.
type Packed = CachePadded<[AtomicU64; 16]>;
/// A place for each worker, wherever it is.
type Places<'a> = &'a [&'a AtomicU64];

#[fan_out]
fn summed(n: &u32, #[local(0)] sum: &mut u64) {
    *sum = sum_and(*sum, n);
}

pub fn run(bench: &mut Bench) {
    if !bench.wants("W9") {
        return;
    }
    // Claimed by index: an iterator that workers take turns at would cost more than the additions.
    let numbers: Vec<u32> = (0..bench.items(10_000_000) as u32).collect();
    let numbers = &numbers[..];
    let workers = bench.workers();
    let packed: Vec<Packed> = (0..workers).map(|_| Packed::default()).collect();
    let packed = packed.iter().flat_map(|places| places.iter());
    let packed = &packed.take(workers).collect::<Vec<_>>()[..];
    let padded: Vec<CachePadded<AtomicU64>> = (0..workers).map(|_| Default::default()).collect();
    let padded = &padded.iter().map(|one| &**one).collect::<Vec<_>>()[..];
    let row = Row {
        name: "W9",
        what: "10M additions, to a sum for each worker",
        at_best: Some(bench.at_best()),
        note: None,
    };
    bench.row(
        row,
        vec![
            Contender::new(LOOP, || numbers.iter().fold(0, sum_and)),
            Contender::new(OURS, || {
                let sums = summed(numbers).workers(workers).locals();
                sums.into_iter().fold(0, u64::wrapping_add)
            }),
            Contender::new("fanout, padded", || by_us(numbers, padded)),
            Contender::new("fanout, packed", || by_us(numbers, packed)),
            Contender::new("scope, local", || local(numbers, workers)),
            Contender::new("scope, padded", || by_threads(numbers, padded)),
            Contender::new("scope, packed", || by_threads(numbers, packed)),
        ],
    );
}

/// What a pool without state of the workers needs: a place for each of them outside.
fn by_us(numbers: &[u32], sums: Places<'_>) -> u64 {
    let run = fanout::over(numbers).workers(sums.len());
    run.map(|n, cx| add(sums[cx.worker()], n)).run();
    total(sums)
}

fn by_threads(numbers: &[u32], sums: Places<'_>) -> u64 {
    thread::scope(|scope| {
        for (part, sum) in parts(numbers, sums.len()).zip(sums) {
            scope.spawn(move || part.iter().for_each(|n| add(sum, n)));
        }
    });
    total(sums)
}

fn local(numbers: &[u32], workers: usize) -> u64 {
    thread::scope(|scope| {
        let threads: Vec<_> = parts(numbers, workers)
            .map(|part| scope.spawn(move || part.iter().fold(0, sum_and)))
            .collect();
        threads.into_iter().fold(0, |sum: u64, thread| {
            sum.wrapping_add(thread.join().unwrap_or_default())
        })
    })
}

/// One for each worker.
fn parts(numbers: &[u32], workers: usize) -> impl Iterator<Item = &[u32]> {
    numbers.chunks(numbers.len().div_ceil(workers))
}

fn sum_and(sum: u64, n: &u32) -> u64 {
    in_any_order(sum, u64::from(*n))
}

fn add(sum: &AtomicU64, n: &u32) {
    sum.fetch_add(sum_and(0, n), Relaxed);
}

/// Leaves zeros for the next run.
fn total(sums: Places<'_>) -> u64 {
    sums.iter()
        .fold(0, |total, sum| total.wrapping_add(sum.swap(0, Relaxed)))
}
