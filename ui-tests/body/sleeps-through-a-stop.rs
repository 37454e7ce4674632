#![deny(warnings)]

use fanout::{Cancelled, Context, fan_out};
use std::thread;
use std::time::Duration;

#[fan_out(cancel_on_error)]
fn retries(n: u64, #[ctx] cx: &Context) -> Result<u64, Cancelled> {
    for _ in 0..n {
        cx.checkpoint()?;
        thread::sleep(Duration::from_secs(1));
    }
    Ok(n)
}

#[fan_out]
fn naps(n: u64, #[ctx] cx: &Context) {
    use std::thread::sleep as nap;
    if !cx.is_cancelled() {
        nap(Duration::from_millis(n));
    }
}

fn main() {
    let _ = retries(0..3).collect_unordered();
    naps(0..3).run();
}
