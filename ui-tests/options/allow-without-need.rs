#![deny(warnings)]

use fanout::fan_out;

#[fan_out(workers = 4, allow(FO114))]
fn many_workers(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers = 1, allow(FO114, FO114))]
fn twice(n: u32) -> u32 {
    n * 2
}

#[fan_out(allow(FO206, reason = "progress for the terminal"))]
fn no_sender(n: u32, #[shared] factor: u32) -> u32 {
    n * factor
}

fn main() {
    let _ = many_workers([1]);
    let _ = twice([1]);
    let _ = no_sender([1], 2);
}
