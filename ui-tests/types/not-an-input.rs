use fanout::fan_out;
use std::collections::BTreeSet;

#[fan_out]
fn double(n: u32) -> u32 {
    n * 2
}

#[fan_out]
fn upper(letter: char) -> char {
    letter.to_ascii_uppercase()
}

fn main() {
    let _ = double(BTreeSet::from([1, 2])).collect_unordered();
    let one: u32 = double(5);
    let _ = upper(String::from("abc")).collect_unordered();
    double(double("1, 2")).workers(2).for_each(|n| println!("{n} {one}"));

    let (sender, numbers) = std::sync::mpsc::channel::<u32>();
    drop(sender);
    for n in double(numbers) {
        println!("{n}");
    }

    let _ = fanout::over(BTreeSet::from([1, 2])).map(|n: u32, _cx| n).collect_unordered();
}
