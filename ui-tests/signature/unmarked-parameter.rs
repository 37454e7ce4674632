use fanout::fan_out;

#[fan_out]
fn scale(n: u32, factor: u32) -> u32 {
    n * factor
}

fn main() {
    let _ = scale([1], 2).collect_unordered();
}
