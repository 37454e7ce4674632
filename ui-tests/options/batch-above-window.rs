use fanout::fan_out;

#[fan_out(window = 8, batch = 16)]
fn double(n: u32) -> u32 {
    n * 2
}

fn main() {}
