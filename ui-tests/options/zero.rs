use fanout::fan_out;

const NONE: usize = 0;

#[fan_out(workers = 0, window = 3 - 3, timeout = "0s")]
fn literal(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers = NONE * 2)]
fn constant(n: u32) -> u32 {
    n * 2
}

fn main() {}
