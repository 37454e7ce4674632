#![deny(warnings)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};

use fanout::{Context, fan_out};

#[fan_out(workers = 4)]
fn by_byte(byte: u8, #[shared] counts: &[AtomicU64; 256]) {
    counts[usize::from(byte)].fetch_add(1, Relaxed);
}

#[fan_out(workers = 4)]
fn by_worker(n: usize, #[shared] sums: Arc<Vec<AtomicUsize>>, #[ctx] cx: &Context) {
    sums[cx.worker()].fetch_add(n, Relaxed);
}

#[fan_out(workers = 4)]
fn two(hit: bool, #[shared] hits: &AtomicU64, #[shared] misses: &AtomicU64) {
    if hit { hits } else { misses }.fetch_add(1, Relaxed);
}

fn main() {
    by_byte([1], &[const { AtomicU64::new(0) }; 256]).run();
    by_worker([1], Arc::default()).run();
    two([true], &AtomicU64::new(0), &AtomicU64::new(0)).run();
}
