use fanout::fan_out;

#[fan_out(workers = count)]
fn workers(n: u32, #[shared] count: i32) -> u32 {
    n + count as u32
}

#[fan_out(timeout = limit())]
fn timeout(n: u32) -> u32 {
    n
}

fn limit() -> u64 {
    30
}

fn main() {}
