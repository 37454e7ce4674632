//! W8: an item fails. How long until the call returns, and how much is run in vain?

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::time::{Duration, Instant};

use fanout::fan_out;
use rayon::prelude::*;

use crate::harness::{Bench, Contender, LOOP, OURS, Row, Sample};
use crate::load::{chain, links};
use crate::peers::{crossbeam_pool, rayon::pool};

const FAILS: u64 = 1000;

#[fan_out(cancel_on_error)]
fn watched(n: &u64, #[shared] watch: &Watch, #[shared] links: u32) -> Result<(), u64> {
    watch.item(*n, links)
}

pub fn run(bench: &mut Bench) {
    if !bench.wants("W8") {
        return;
    }
    let items: Vec<u64> = (0..bench.items(50_000).max(2000) as u64).collect();
    let items = &items;
    let workers = bench.workers();
    let threads = pool(workers);
    let links = links(10_000);
    let row = Row {
        name: "W8",
        what: "item 1000 of 50k of 10 us fails: from the error to the return",
        at_best: None,
        note: Some("items were begun after the error"),
    };
    bench.row(
        row,
        vec![
            Contender::sampled(LOOP, || {
                Watch::until(|watch| items.iter().try_for_each(|n| watch.item(*n, links)))
            }),
            Contender::sampled(OURS, || {
                Watch::until(|watch| watched(items, watch, links).workers(workers).run())
            }),
            Contender::sampled("fanout, stream", || {
                Watch::until(|watch| {
                    let run = watched(items.iter(), watch, links).workers(workers);
                    run.for_each(drop)
                })
            }),
            Contender::sampled("rayon", || {
                Watch::until(|watch| {
                    threads.install(|| items.par_iter().try_for_each(|n| watch.item(*n, links)))
                })
            }),
            Contender::sampled("crossbeam, flag", || {
                Watch::until(|watch| pool_with_a_flag(items, workers, watch, links))
            }),
        ],
    );
}

fn pool_with_a_flag(items: &[u64], workers: usize, watch: &Watch, links: u32) -> Result<(), u64> {
    let failed = AtomicBool::new(false);
    let mut first = Ok(());
    let input = items.iter().take_while(|_| !failed.load(SeqCst));
    crossbeam_pool::unordered(
        input,
        workers,
        |n| watch.item(*n, links),
        |result| {
            if result.is_err() && first.is_ok() {
                failed.store(true, SeqCst);
                first = result;
            }
        },
    );
    first
}

/// Looks at what happens after the error.
struct Watch {
    start: Instant,
    /// Nanoseconds from the start to the error; 0 before it.
    error_at: AtomicU64,
    begun_after: AtomicU64,
}

impl Watch {
    fn until(call: impl FnOnce(&Self) -> Result<(), u64>) -> Sample {
        let watch = Self {
            start: Instant::now(),
            error_at: AtomicU64::new(0),
            begun_after: AtomicU64::new(0),
        };
        let end = call(&watch);
        let error_at = Duration::from_nanos(watch.error_at.load(SeqCst));
        Sample {
            time: watch.start.elapsed().saturating_sub(error_at),
            sum: end.err().unwrap_or_default(),
            note: watch.begun_after.load(SeqCst),
        }
    }

    fn item(&self, number: u64, links: u32) -> Result<(), u64> {
        if self.error_at.load(SeqCst) != 0 {
            self.begun_after.fetch_add(1, SeqCst);
        }
        std::hint::black_box(chain(number, links));
        if number == FAILS {
            self.error_at
                .store(self.start.elapsed().as_nanos() as u64, SeqCst);
            return Err(number);
        }
        Ok(())
    }
}
