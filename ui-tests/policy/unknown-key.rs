//! [package.metadata.fanout]
//! max_workers = 64
//! banana = true

use fanout::fan_out;

#[fan_out]
fn first(n: u32) -> u32 {
    n
}

#[fan_out]
fn not_told_again(n: u32) -> u32 {
    n
}

pub fn callers_see_both() -> usize {
    let all: std::collections::HashSet<u32> = first(not_told_again(0..4)).collect();
    all.len()
}
