//! What certainly returns no `Result` cannot end a run with an error; callers who wrote for it without are told nothing more.

use fanout::fan_out;

#[fan_out(workers = 4, cancel_on_error)]
fn number(n: u32) -> u32 {
    n * 2
}

#[fan_out(cancel_on_error)]
fn option(text: &str) -> Option<u32> {
    text.parse().ok()
}

#[fan_out(cancel_on_error)]
fn nothing(n: u32) {
    println!("{n}");
}

fn main() {
    let numbers: Vec<u32> = number([1]).collect_unordered();
    println!("{}", numbers.len() + option(["1"]).collect_unordered().len());
    nothing([1]).run();
}
