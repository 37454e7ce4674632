use fanout::fan_out;

#[fan_out(merge = add)]
fn total(n: u32, #[local(0)] sum: &mut u32) {
    *sum += n;
}

fn add(a: u32, b: u32, c: u32) -> u32 {
    a + b + c
}

fn main() {}
