#![deny(warnings)]

use fanout::fan_out;
use std::thread;

#[fan_out]
fn spawns(n: u64) -> u64 {
    let handle = thread::spawn(move || n * 2);
    handle.join().unwrap()
}

#[fan_out]
fn spawns_by_its_full_name(n: u64) {
    (0..n).for_each(|k| {
        std::thread::spawn(move || println!("{k}"));
    });
}

#[fan_out]
fn spawns_by_a_builder(n: u64) {
    let builder = thread::Builder::new().name(format!("item-{n}"));
    builder.spawn(move || println!("{n}")).unwrap();
}

#[fan_out]
fn spawns_by_another_name(n: u64) {
    use std::thread::spawn as go;
    go(move || println!("{n}"));
}

/// What is wrong with it for the compiler, too, is not said beside it.
#[fan_out(item_fn = one_line)]
fn borrows(line: &str, #[shared] names: &[String]) -> usize {
    thread::spawn(|| println!("{line} {}", names.len()));
    line.len()
}

fn main() {
    let _ = spawns(0..3).collect_unordered();
    spawns_by_its_full_name(0..3).run();
    spawns_by_a_builder(0..3).run();
    spawns_by_another_name(0..3).run();
    let _ = borrows(["a"], &[]).collect_unordered();
    one_line("a", &[]);
}
