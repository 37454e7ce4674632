//! [package.metadata.fanout]
//! max-workers = 64

use fanout::fan_out;

const WORKERS: usize = 65;

#[fan_out(workers = 200)]
pub fn a_number(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers = WORKERS, ordered)]
pub fn a_constant(n: u32) -> u32 {
    n * 2
}
