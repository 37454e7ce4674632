#![deny(warnings)]

use fanout::{Context, fan_out};

#[fan_out]
fn with_the_token(n: u64, #[ctx] cx: &Context) -> Option<u64> {
    let squares = fanout::over(0..n).cancel_with(cx.token()).map(|k, _| k * k);
    squares.collect_unordered().ok().map(|all| all.into_iter().sum())
}

#[fan_out]
fn later(n: u64, #[ctx] cx: &Context) -> bool {
    let run = fanout::over(0..n).map(|k, _| k * k);
    let run = run.cancel_with(cx.token());
    run.collect_unordered().is_ok()
}

#[fan_out]
fn looking_itself(n: u64, #[ctx] outer: &Context) -> usize {
    fanout::over(0..n).map(|k, _| if outer.is_cancelled() { 0 } else { k }).collect_unordered().len()
}

#[fan_out]
fn in_stages(n: u64, #[ctx] cx: &Context) -> bool {
    let first = fanout::over(0..n).map(|k, _| k + 1);
    fanout::over(first).cancel_with(cx.token()).map(|k, _| k * 2).collect_unordered().is_ok()
}

/// Without a context there is nothing to hand on.
#[fan_out]
fn without_one(n: u64) -> usize {
    fanout::over(0..n).map(|k, _| k).collect_unordered().len()
}

fn over(n: u64) -> u64 {
    n
}

#[fan_out]
fn another_over(n: u64, #[ctx] cx: &Context) -> u64 {
    over(n) + cx.index()
}

fn main() {
    assert_eq!(with_the_token([3]).collect_unordered(), [Some(5)]);
    assert_eq!(later([3]).collect_unordered(), [true]);
    assert_eq!(looking_itself([3]).collect_unordered(), [3]);
    assert_eq!(in_stages([3]).collect_unordered(), [true]);
    assert_eq!(without_one([3]).collect_unordered(), [3]);
    assert_eq!(another_over([3]).collect_unordered(), [3]);
}
