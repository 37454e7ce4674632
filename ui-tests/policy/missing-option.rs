//! [package.metadata.fanout]
//! require = ["cancel_on_error", "timeout"]

use fanout::fan_out;
use std::num::ParseIntError;

#[fan_out(workers = 4, timeout = "30s")]
pub fn parse(line: String) -> Result<u32, ParseIntError> {
    line.parse()
}

#[fan_out]
pub fn double(n: u32) -> u32 {
    n * 2
}
