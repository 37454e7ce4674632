use fanout::fan_out;

#[fan_out(allow(FO105, FO999), workers = 0)]
fn double(n: u32) -> u32 {
    n * 2
}

fn main() {}
