use fanout::fan_out;

#[fan_out(workers = 4, ordered, workers = 8)]
fn double(n: u32) -> u32 {
    n * 2
}

fn main() {}
