#![deny(warnings)]

use fanout::{Cancelled, Context, fan_out};

#[fan_out(workers = 1)]
fn one_worker(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers = 8, window = 4)]
fn small_window(n: u32) -> u32 {
    n * 2
}

#[fan_out(timeout = "5s", item_timeout = "30s")]
fn exchanged(n: u32, #[ctx] cx: &Context) -> Result<u32, Cancelled> {
    cx.checkpoint()?;
    Ok(n)
}

// What the body may use is no word about this warning.
#[allow(deprecated)]
#[fan_out(workers = 1)]
fn old(n: u32) -> u32 {
    n * 2
}

fn main() {
    let _ = one_worker([1]);
    let _ = small_window([1]);
    let _ = exchanged([1]);
    let _ = old([1]);
}
