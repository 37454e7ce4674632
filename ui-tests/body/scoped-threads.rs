#![deny(warnings)]

use fanout::fan_out;
use std::thread;

#[fan_out]
fn in_halves(n: u64) -> u64 {
    thread::scope(|scope| {
        let left = scope.spawn(|| n / 2);
        let right = n - n / 2;
        left.join().unwrap() + right
    })
}

#[fan_out]
fn imported(n: u64) -> u64 {
    use std::thread::scope;
    scope(|scope| scope.spawn(|| n).join().unwrap())
}

fn main() {
    let _ = in_halves(0..3).collect_unordered();
    let _ = imported(0..3).collect_unordered();
}
