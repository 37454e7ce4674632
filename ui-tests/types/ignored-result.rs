#![deny(unused_must_use)]

use fanout::fan_out;
use std::io;

#[fan_out(cancel_on_error)]
fn remove(path: &str) -> io::Result<()> {
    std::fs::remove_file(path)
}

#[fan_out(ordered)]
fn double(n: u32) -> u32 {
    n * 2
}

fn main() {
    remove(["a"]).run();
    double(0..3).stream();
}
