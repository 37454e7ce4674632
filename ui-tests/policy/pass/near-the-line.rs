//! [package.metadata.fanout]
//! deny = ["FO115"]
//! allow = ["FO114"]
//! max-workers = 64
//! require = ["cancel_on_error", "ordered"]

#![deny(warnings)]

use fanout::fan_out;
use std::num::ParseIntError;

const WORKERS: usize = 64;

#[fan_out(workers = 64, cancel_on_error, ordered)]
pub fn as_many_as_there_may_be(line: String) -> Result<u32, ParseIntError> {
    line.parse()
}

#[fan_out(workers = WORKERS, ordered)]
pub fn no_error_to_cancel_on(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers = 1)]
pub fn a_warning_that_the_team_does_not_want(n: u32) {
    let _ = n;
}

#[fan_out(workers = 200, ordered, allow(FO132, reason = "each waits for another server"))]
pub fn excused(n: u32) -> u32 {
    n * 2
}

#[fan_out(allow(FO133, reason = "they go into a set"))]
pub fn excused_from_an_option(n: u32) -> u32 {
    n * 2
}
