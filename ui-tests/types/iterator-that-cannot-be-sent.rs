use fanout::fan_out;
use std::io;

#[fan_out]
fn length(line: io::Result<String>) -> usize {
    line.map_or(0, |line| line.len())
}

fn main() {
    length(io::stdin().lines()).for_each(|n| println!("{n}"));
}
