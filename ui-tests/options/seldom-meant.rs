#![deny(warnings)]

use fanout::fan_out;

#[fan_out(workers = 1)]
fn one_worker(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers = 8, window = 4)]
fn small_window(n: u32) -> u32 {
    n * 2
}

fn main() {
    let _ = one_worker([1]);
    let _ = small_window([1]);
}
