//! The attribute reads a text, the builder takes a `Duration`.
use fanout::fan_out;

#[fan_out(ordered)]
fn double(n: u32) -> u32 {
    n * 2
}

fn main() {
    let doubled: Vec<u32> = double([1, 2]).timeout("4s").collect().unwrap();
    println!("{doubled:?}");
}
