//! W7: whole calls over few items, back to back (hot) and after a pause (cold).

use std::cell::RefCell;
use std::thread::sleep;
use std::time::{Duration, Instant};

use fanout::fan_out;
use rayon::prelude::*;

use crate::harness::{Bench, Contender, LOOP, OURS, Row, Sample};
use crate::load::{chain, in_order, links};
use crate::peers::{chili, crossbeam_pool, orx, paralight, pariter, rayon::pool};

/// Long enough that every thread and the core under it have gone to sleep.
const PAUSE: Duration = Duration::from_millis(2);

#[fan_out(ordered)]
fn chained(n: &u64, #[shared] links: u32) -> u64 {
    chain(*n, links)
}

pub fn run(bench: &mut Bench) {
    for (name, what, count, pause) in [
        ("W7-8", "a call over 8 items of 1 us, hot", 8, None),
        ("W7-8c", "a call over 8 items of 1 us, cold", 8, Some(PAUSE)),
        ("W7-64", "a call over 64 items of 1 us, hot", 64, None),
        (
            "W7-64c",
            "a call over 64 items of 1 us, cold",
            64,
            Some(PAUSE),
        ),
        ("W7-1k", "a call over 1000 items of 1 us, hot", 1000, None),
        (
            "W7-1kc",
            "a call over 1000 items of 1 us, cold",
            1000,
            Some(PAUSE),
        ),
    ] {
        if bench.wants(name) {
            calls(bench, name, what, count, pause);
        }
    }
}

fn calls(
    bench: &mut Bench,
    name: &'static str,
    what: &'static str,
    count: u64,
    pause: Option<Duration>,
) {
    let workers = bench.workers();
    let links = links(1_000);
    let work = move |n: u64| chain(n, links);
    let items: Vec<u64> = (0..count).collect();
    let items = &items;
    let threads = pool(workers);
    let forks = chili::pool(workers);
    let places = RefCell::new(paralight::pool(workers));
    let repeat = if bench.quick { 3 } else { 100 };
    let calls = |call: &dyn Fn() -> Vec<u64>| many(call, repeat, pause);

    let by_loop = || items.iter().map(|n| work(*n)).collect();
    let by_us = || chained(items, links).workers(workers).collect();
    let by_us_cpu_bound = || {
        let run = chained(items, links).workers(workers);
        run.cpu_bound().collect()
    };
    let by_rayon = || threads.install(|| items.par_iter().map(|n| work(*n)).collect());
    let by_orx = || orx::over_slice(items, workers, |n| work(*n));
    let by_paralight = || paralight::over_slice(&mut places.borrow_mut(), items, |n| work(*n));
    let by_chili = || chili::over_slice(&forks, items, |n| work(*n));
    let by_pool = || {
        let mut all = Vec::new();
        crossbeam_pool::ordered(
            items.iter(),
            workers,
            |n| work(*n),
            |result| all.push(result),
        );
        all
    };
    let by_pariter = || {
        let mut all = Vec::new();
        pariter::ordered(0..count, workers, None, work, |result| all.push(result));
        all
    };
    bench.row(
        Row {
            name,
            what,
            // More workers than items have nothing to do.
            at_best: Some(bench.at_best().min(items.len())),
            note: None,
        },
        vec![
            Contender::sampled(LOOP, || calls(&by_loop)),
            Contender::sampled(OURS, || calls(&by_us_cpu_bound)),
            Contender::sampled("fanout, no cpu_bound", || calls(&by_us)),
            Contender::sampled("rayon", || calls(&by_rayon)),
            Contender::sampled("orx", || calls(&by_orx)),
            Contender::sampled("paralight", || calls(&by_paralight)),
            Contender::sampled("chili", || calls(&by_chili)),
            Contender::sampled("crossbeam pool", || calls(&by_pool)),
            Contender::sampled("pariter", || calls(&by_pariter)),
        ],
    );
}

/// The time of one call, out of `repeat`; the pauses do not count.
fn many(call: &dyn Fn() -> Vec<u64>, repeat: u32, pause: Option<Duration>) -> Sample {
    let mut time = Duration::ZERO;
    let mut sum = 0;
    for _ in 0..repeat {
        if let Some(pause) = pause {
            sleep(pause);
        }
        let start = Instant::now();
        let results = call();
        time += start.elapsed();
        sum = results.into_iter().fold(sum, in_order);
    }
    Sample {
        time: time / repeat,
        sum,
        note: 0,
    }
}
