#![deny(warnings)]

use fanout::fan_out;

#[fan_out(workers = 1, allow(FO114))]
fn one_worker(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers = 8, window = 4, allow(FO115))]
fn small_window(n: u32) -> u32 {
    n * 2
}

fn main() {
    assert_eq!(one_worker([1]).collect_unordered(), [2]);
    assert_eq!(small_window([1]).collect_unordered(), [2]);
}
