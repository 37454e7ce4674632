//! Values that are unusual, and right.
#![deny(warnings)]

use std::num::ParseIntError;
use std::time::Duration;

use fanout::{Cancelled, Context, fan_out};

mod limits {
    pub const WORKERS: usize = 12;
}

type Answer<T> = Result<T, ParseIntError>;

#[fan_out(workers = limits::WORKERS - 8, window = 1 << 24, batch = 1_000usize)]
fn large_but_bounded(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers = 2, window = 2, batch = 1)]
fn the_smallest_window(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers = max, window = auto)]
fn arguments_with_such_names(n: u32, #[shared] max: usize, #[shared] auto: usize) -> u32 {
    n + (max + auto) as u32
}

#[fan_out(cancel_on_error, ordered)]
fn by_an_alias(text: &str) -> Answer<u32> {
    text.parse()
}

#[fan_out]
fn fallible_without_cancelling(text: &str) -> Result<u32, ParseIntError> {
    text.parse()
}

#[fan_out(timeout = "30 sec", item_timeout = "500ms", cancel_on_error)]
fn both_times(n: u32, #[ctx] cx: &Context) -> Result<u32, Cancelled> {
    cx.checkpoint()?;
    Ok(n)
}

#[fan_out(timeout = Duration::from_secs(60), stack_size = 16 << 10)]
fn by_expressions(n: u32) -> u32 {
    n * 2
}

#[fan_out]
fn state_by_a_name(n: u32, #[shared] default: u32, #[local(default)] sum: &mut u32) {
    *sum += n;
}

macro_rules! pool {
    ($name:ident, $workers:literal) => {
        #[fan_out(workers = $workers, allow(FO114, FO113))]
        fn $name(n: u32) -> u32 {
            n * 2
        }
    };
}

pool!(one, 1);
pool!(two, 2);

fn main() {
    assert_eq!(large_but_bounded([1]).collect_unordered(), [2]);
    assert_eq!(the_smallest_window([1]).collect_unordered(), [2]);
    assert_eq!(arguments_with_such_names([1], 2, 3).collect_unordered(), [6]);
    assert_eq!(by_an_alias(["1"]).collect::<Vec<_>>(), Ok(vec![1]));
    assert_eq!(fallible_without_cancelling(["1"]).collect_unordered(), [Ok(1)]);
    assert_eq!(both_times([1]).collect_unordered().unwrap(), [1]);
    assert_eq!(by_expressions([1]).collect_unordered().unwrap(), [2]);
    let sums: u32 = state_by_a_name([1], 0).locals().into_iter().sum();
    assert_eq!(sums, 1);
    assert_eq!(one([1]).collect_unordered(), [2]);
    assert_eq!(two([1]).collect_unordered(), [2]);
}
