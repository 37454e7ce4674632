//! The callers of a function with a slip in its options are told nothing more.

use std::num::ParseIntError;

use fanout::{Error, fan_out};

#[fan_out(orderd)]
fn in_order(n: u32) -> u32 {
    n * 2
}

#[fan_out(ordered, cancel_on_eror)]
fn stopped(text: &str) -> Result<u32, ParseIntError> {
    text.parse()
}

#[fan_out(ordered, cancel-on-error, timeot = "3s")]
fn limited(text: &str) -> Result<u32, ParseIntError> {
    text.parse()
}

fn add(a: u32, b: u32) -> u32 {
    a + b
}

#[fan_out(merg = add)]
fn sum(n: u32, #[local(0)] sum: &mut u32) {
    *sum += n;
}

#[fan_out(ordered = false)]
fn not_in_order(n: u32) -> u32 {
    n * 2
}

fn main() -> Result<(), ParseIntError> {
    let doubled: Vec<u32> = in_order([1]).collect();
    let all: Vec<u32> = stopped(["1"]).collect()?;
    let limited: Result<Vec<u32>, Error<ParseIntError>> = limited(["1"]).collect();
    let sum: u32 = sum([1]).merged();
    let any: Vec<u32> = not_in_order([1]).collect_unordered();
    println!("{doubled:?}{all:?}{limited:?}{sum}{any:?}");
    Ok(())
}
