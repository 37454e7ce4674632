use fanout::fan_out;

#[fan_out(ordered)]
fn double(n: u32) -> u32 {
    n * 2
}

fn main() {
    let all: Result<Vec<u32>, String> = double([1]).cancel_on_error().collect();
    double([1]).cancel_on_error().for_each(|n| println!("{n}"));
    let later = double([1]).cancel_on_error().stream().count();
    let by_hand = fanout::over([1_u32]).map(|n, _cx| n).cancel_on_error().collect_unordered();
    println!("{all:?} {later} {by_hand:?}");
}
