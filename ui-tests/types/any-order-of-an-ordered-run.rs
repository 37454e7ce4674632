use fanout::fan_out;
use std::collections::VecDeque;

#[fan_out(ordered)]
fn double(n: u32) -> u32 {
    n * 2
}

fn main() {
    let _ = double(0..3).collect_unordered();
    let _ = double(0..3).collect_unordered_into::<VecDeque<u32>>();
}
