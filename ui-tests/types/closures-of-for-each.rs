use fanout::fan_out;

#[fan_out]
fn double(n: u32) -> u32 {
    n * 2
}

fn main() {
    double(0..3).for_each(|n| n + 1);
    let _: Result<(), String> = double(0..3).try_for_each(|n| println!("{n}"));
}
