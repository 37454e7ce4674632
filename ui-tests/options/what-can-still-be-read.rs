//! Callers were written for all options, those beside a slip and behind it included.
#![deny(warnings)]

use fanout::fan_out;
use std::num::ParseIntError;

type Numbers = Result<Vec<u32>, ParseIntError>;

#[fan_out(workers = 2, ordered cancel_on_error, window = 8)]
fn missing_comma(text: &str) -> Result<u32, ParseIntError> {
    text.parse()
}

#[fan_out(workers = 2; ordered; cancel_on_error)]
fn semicolons(text: &str) -> Result<u32, ParseIntError> {
    text.parse()
}

#[fan_out("ordered", cancel_on_error)]
fn quoted(text: &str) -> Result<u32, ParseIntError> {
    text.parse()
}

#[fan_out(workers ordered, cancel_on_error)]
fn missing_value(text: &str) -> Result<u32, ParseIntError> {
    text.parse()
}

#[fan_out(workers = 2, cancel_on_error)]
#[fan_out(ordered)]
fn two_attributes(text: &str) -> Result<u32, ParseIntError> {
    text.parse()
}

/// Nobody knows what it was to be.
#[fan_out(banana, workers = 2)]
fn unknown(text: &str) -> Result<u32, ParseIntError> {
    text.parse()
}

fn main() {
    let all: [Numbers; 5] = [
        missing_comma(["1"]).collect(),
        semicolons(["1"]).collect(),
        quoted(["1"]).collect(),
        missing_value(["1"]).collect(),
        two_attributes(["1"]).collect(),
    ];
    let one: Vec<u32> = unknown(["1"]).collect().unwrap();
    println!("{all:?}{one:?}");
}
