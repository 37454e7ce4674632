//! The expansion names everything in full: it compiles where there is no prelude.

#![no_implicit_prelude]

extern crate fanout;
extern crate std;

use fanout::fan_out;

#[fan_out(
    workers = WORKERS,
    ordered,
    cancel_on_error,
    window = 64,
    batch = 2,
    timeout = "1h",
    item_timeout = "1m",
    merge = larger,
    item_fn = length_one
)]
fn length(
    line: &str,
    #[shared] bias: usize,
    #[local(start(bias))] longest: &mut usize,
    #[ctx] cx: &fanout::Context,
) -> std::result::Result<usize, ()> {
    if cx.is_cancelled() {
        return std::result::Result::Err(());
    }
    *longest = std::cmp::Ord::max(*longest, line.len());
    std::result::Result::Ok(line.len() + bias)
}

const WORKERS: usize = 2;

fn start(bias: usize) -> usize {
    bias
}

fn larger(a: usize, b: usize) -> usize {
    std::cmp::Ord::max(a, b)
}

#[fan_out(workers = 2, cancel_on_error)]
fn lengths_down(
    length: usize,
    #[shared] least: std::string::String,
    #[local(try positive(least.len()))] floor: &mut usize,
    #[feed] feed: &fanout::Feed<usize>,
) -> std::result::Result<usize, ()> {
    if length > std::cmp::Ord::max(least.len(), *floor) {
        feed.push(length - 1);
    }
    std::result::Result::Ok(length)
}

fn positive(length: usize) -> std::result::Result<usize, ()> {
    if length > 0 {
        std::result::Result::Ok(length)
    } else {
        std::result::Result::Err(())
    }
}

struct Table(u32);

impl Table {
    #[fan_out(ordered)]
    fn add(&self, n: u32) -> u32 {
        n + self.0
    }
}

#[test]
fn it_runs() {
    let lengths = length(["a", "bb"], 1).collect::<std::vec::Vec<_>>();
    std::assert!(std::matches!(
        lengths.as_deref(),
        std::result::Result::Ok([2, 3])
    ));
    let _: fn(&str, usize, &mut usize, &fanout::Context) -> _ = length_one;
    let least = <std::string::String as std::convert::From<&str>>::from("ab");
    let down = lengths_down([5], least).collect_unordered();
    std::assert_eq!(std::result::Result::unwrap(down).len(), 4);
    let sums: std::vec::Vec<u32> = Table(3).add([1, 2]).collect();
    std::assert_eq!(sums, [4, 5]);
}
