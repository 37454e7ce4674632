use fanout::fan_out;

const HUGE: usize = 1 << 30;

#[fan_out(window = usize::MAX)]
fn literal(n: u32) -> u32 {
    n * 2
}

#[fan_out(window = HUGE)]
fn constant(n: u32) -> u32 {
    n * 2
}

fn main() {}
