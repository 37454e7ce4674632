use fanout::fan_out;

#[fan_out]
fn double(n: u32, #[feed] feed: &Feed<u32>) -> u32 {
    feed.push(n);
    n * 2
}

fn main() {}
