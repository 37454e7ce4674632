use fanout::fan_out;

#[fan_out]
fn count(n: u32, #[local(0)] sum: &mut u32) {
    *sum += n;
}

fn main() {
    let sum: u32 = count(0..3).merged();
    println!("{sum}");
}
