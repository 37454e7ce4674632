use fanout::{Feed, fan_out};

#[fan_out(workers = 2, ordered)]
fn in_order(n: u32, #[feed] feed: &Feed<u32>) -> u32 {
    if n > 0 {
        feed.push(n - 1);
    }
    n
}

#[fan_out(shard_by = parity)]
fn by_key(n: u32, #[feed] feed: &Feed<u32>) {
    if n > 0 {
        feed.push(n - 1);
    }
}

fn parity(n: &u32) -> u32 {
    n % 2
}

fn main() {
    let _: Vec<u32> = in_order([3]).collect();
    by_key([3]).run();
    let _ = parity(&3);
}
