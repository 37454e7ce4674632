#![deny(warnings)]

use fanout::{Context, fan_out};

#[fan_out]
fn sums(n: u64, #[ctx] cx: &Context) -> u64 {
    if cx.is_cancelled() {
        return 0;
    }
    fanout::over(0..n).map(|k, _| k * k).collect_unordered().into_iter().sum()
}

#[fan_out]
fn imported(all: Vec<u64>, #[ctx] cx: &Context) -> Vec<u64> {
    use fanout::over;
    let first = cx.index();
    over(all).workers(2).ordered().map(|k, cx| k + cx.index() + first).collect()
}

fn main() {
    let _ = sums(0..3).collect_unordered();
    let _ = imported([vec![1]]).collect_unordered();
}
