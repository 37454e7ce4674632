//! The inner steps, as users meet them.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use fanout::{CancelToken, Context, fan_out};

const ITEMS: u32 = 10_000;

fn main() {
    divan::main();
}

#[fan_out(workers = 1, window = 1024, allow(FO114))]
fn pulled(n: u32) -> u32 {
    n
}

#[fan_out(workers = 2, ordered)]
fn placed(n: &u32) -> u32 {
    *n
}

#[fan_out(workers = 2, window = 1, allow(FO115))]
fn handed_over(n: u32) -> u32 {
    n
}

/// Looks so often in a single item: starting the item does not count.
const LOOKS: u32 = 100_000;

#[fan_out(workers = 1, allow(FO114))]
fn looked_at(n: u32, #[ctx] cx: &Context) -> u32 {
    (0..black_box(n))
        .filter(|_| black_box(cx).checkpoint().is_ok())
        .count() as u32
}

/// An item is pulled, run and delivered.
#[divan::bench]
fn pull_and_deliver(bencher: Bencher<'_, '_>) {
    bencher
        .counter(ItemsCount::new(ITEMS))
        .bench(|| pulled(0..black_box(ITEMS)).stream().count());
}

/// An item of a slice finds its place in the result.
#[divan::bench]
fn indexed_collect(bencher: Bencher<'_, '_>) {
    let items: Vec<u32> = (0..ITEMS).collect();
    bencher
        .counter(ItemsCount::new(ITEMS))
        .bench(|| placed(black_box(&items)).collect::<Vec<_>>());
}

/// The window holds one item: each is handed over alone.
#[divan::bench]
fn window_of_one(bencher: Bencher<'_, '_>) {
    bencher
        .counter(ItemsCount::new(1_000_u32))
        .bench(|| handed_over(0..black_box(1_000)).stream().count());
}

#[divan::bench]
fn checkpoint(bencher: Bencher<'_, '_>) {
    bencher
        .counter(ItemsCount::new(LOOKS))
        .bench(|| looked_at([black_box(LOOKS)]).collect_unordered());
}

#[divan::bench]
fn is_cancelled(bencher: Bencher<'_, '_>) {
    let token = CancelToken::new();
    bencher.bench(|| black_box(&token).is_cancelled());
}

#[divan::bench]
fn empty_call() -> Vec<u32> {
    placed(black_box(&[])).collect()
}

#[divan::bench]
fn start_a_stream() -> Option<u32> {
    handed_over(0..black_box(1)).stream().next()
}
