#![deny(warnings)]

use fanout::{Context, fan_out};

const WORKERS: usize = 4;

#[fan_out(
    workers = WORKERS / 2,
    ordered,
    cancel_on_error,
    window = 64,
    timeout = "1h",
    item_timeout = "2h",
    batch = 4,
    merge = add,
    shard_by = length,
    pinned,
    name = "parse",
    stack_size = 1 << 20,
    cpu_bound,
    item_fn = parse_one,
    crate = ::fanout,
    allow(FO116)
)]
fn parse(
    text: &str,
    #[shared] base: u32,
    #[local(0)] seen: &mut u32,
    #[ctx] cx: &Context,
) -> Result<u32, std::num::ParseIntError> {
    *seen += 1;
    Ok(text.parse::<u32>()? + base + u32::from(cx.is_cancelled()))
}

fn length(text: &&str) -> usize {
    text.len()
}

fn add(a: u32, b: u32) -> u32 {
    a + b
}

fn main() {
    let numbers: Result<Vec<u32>, _> = parse(["1", "2"], 10).collect();
    assert_eq!(numbers, Ok(vec![11, 12]));
    let _ = parse_one;
}
