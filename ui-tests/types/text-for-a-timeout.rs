//! The attribute reads a text, the builder takes a `Duration`; so does the attribute, where the text is a constant's.
use fanout::fan_out;

const LIMIT: &str = "4s";

#[fan_out(ordered)]
fn double(n: u32) -> u32 {
    n * 2
}

#[fan_out(timeout = LIMIT)]
fn limited(n: u32) {
    println!("{n}");
}

fn main() {
    let doubled: Vec<u32> = double([1, 2]).timeout("4s").collect().unwrap();
    println!("{doubled:?} {:?}", limited([1]).run());
}
