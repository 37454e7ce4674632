//! W6: counting words, in one map for each worker that are merged at the end.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::thread;

use dashmap::DashMap;
use fanout::fan_out;
use rayon::prelude::*;

use crate::harness::{Bench, Contender, LOOP, OURS, Row};
use crate::load::{hash, in_any_order, link, words};
use crate::peers::rayon::pool;

type Counts<'a> = HashMap<&'a str, u64>;

#[fan_out(merge = merge)]
fn counted<'a>(word: &&'a str, #[local(Counts::new())] counts: &mut Counts<'a>) {
    count(counts, word);
}

pub fn run(bench: &mut Bench) {
    if !bench.wants("W6") {
        return;
    }
    let distinct = words(bench.items(50_000));
    let text: Vec<&str> = (0..bench.items(5_000_000) as u64)
        .map(|n| distinct[(link(n) % distinct.len() as u64) as usize].as_str())
        .collect();
    let text = &text;
    let workers = bench.workers();
    let threads = pool(workers);
    let row = Row {
        name: "W6",
        what: "5M words counted, 50k distinct",
        at_best: Some(bench.at_best()),
        note: None,
    };
    bench.row(
        row,
        vec![
            Contender::new(LOOP, || {
                let mut counts = Counts::new();
                text.iter().for_each(|word| count(&mut counts, word));
                sum(&counts)
            }),
            Contender::new(OURS, || sum(&counted(text).workers(workers).merged())),
            Contender::new("rayon fold", || {
                let counts = text.par_iter().fold(Counts::new, |mut counts, word| {
                    count(&mut counts, word);
                    counts
                });
                sum(&threads.install(|| counts.reduce(Counts::new, merge)))
            }),
            Contender::new("scope, maps merged", || sum(&one_map_each(text, workers))),
            Contender::new("dashmap", || {
                let counts = DashMap::<&str, u64>::new();
                in_parts(text, workers, |part| {
                    part.iter()
                        .for_each(|word| *counts.entry(word).or_default() += 1);
                });
                sum_of(counts)
            }),
            Contender::new("Mutex<HashMap>", || sum(&one_map_for_all(text, workers))),
        ],
    );
}

fn count<'a>(counts: &mut Counts<'a>, word: &&'a str) {
    *counts.entry(word).or_default() += 1;
}

fn merge<'a>(one: Counts<'a>, other: Counts<'a>) -> Counts<'a> {
    let (mut large, small) = if one.len() < other.len() {
        (other, one)
    } else {
        (one, other)
    };
    for (word, more) in small {
        *large.entry(word).or_default() += more;
    }
    large
}

fn one_map_each<'a>(text: &[&'a str], workers: usize) -> Counts<'a> {
    thread::scope(|scope| {
        let threads: Vec<_> = text
            .chunks(text.len().div_ceil(workers))
            .map(|part| {
                scope.spawn(move || {
                    let mut counts = Counts::new();
                    part.iter().for_each(|word| count(&mut counts, word));
                    counts
                })
            })
            .collect();
        let maps = threads.into_iter().filter_map(|thread| thread.join().ok());
        maps.reduce(merge).unwrap_or_default()
    })
}

fn one_map_for_all<'a>(text: &[&'a str], workers: usize) -> Counts<'a> {
    let counts = Mutex::new(Counts::new());
    in_parts(text, workers, |part| {
        for word in part {
            count(
                &mut counts.lock().unwrap_or_else(PoisonError::into_inner),
                word,
            );
        }
    });
    counts.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// A thread for each part of the text.
fn in_parts<'a>(text: &[&'a str], workers: usize, work: impl Fn(&[&'a str]) + Sync) {
    let work = &work;
    thread::scope(|scope| {
        for part in text.chunks(text.len().div_ceil(workers)) {
            scope.spawn(move || work(part));
        }
    });
}

fn sum(counts: &Counts<'_>) -> u64 {
    sum_of(counts.iter().map(|(word, count)| (*word, *count)))
}

fn sum_of<'a>(counts: impl IntoIterator<Item = (&'a str, u64)>) -> u64 {
    counts.into_iter().fold(0, |sum, (word, count)| {
        in_any_order(sum, hash(word) ^ count)
    })
}
