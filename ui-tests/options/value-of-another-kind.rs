use fanout::fan_out;

#[fan_out(workers = "4", window = 2.5, batch = -1, name = 8, item_fn = "one", crate = "other")]
fn double(n: u32) -> u32 {
    n * 2
}

#[fan_out(window = 5 - 6, item_fn = triple)]
fn triple(n: u32) -> u32 {
    n * 3
}

#[fan_out(workers = 2..8)]
fn range(n: u32) -> u32 {
    n * 2
}

fn main() {}
