#![deny(warnings)]

use fanout::fan_out;

#[fan_out]
fn double(n: u32) -> u32 {
    n * 2
}

fn main() {
    double(0..3);
}
