use fanout::fan_out;

#[fan_out(ordered)]
#[fan_out(workers = 2)]
fn twice(n: u32) -> u32 {
    n * 2
}

#[fan_out]
#[unsafe(no_mangle)]
fn symbol(n: u32) -> u32 {
    n * 2
}

#[fan_out]
#[test]
fn by_itself(n: u32) -> u32 {
    n * 2
}

fn main() {}
