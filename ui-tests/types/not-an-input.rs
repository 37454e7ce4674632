use fanout::fan_out;
use std::collections::BTreeSet;

#[fan_out]
fn double(n: u32) -> u32 {
    n * 2
}

fn main() {
    let _ = double(BTreeSet::from([1, 2])).collect_unordered();
}
