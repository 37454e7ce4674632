use fanout::{Context, fan_out};

#[fan_out]
fn context_by_value(n: u32, #[ctx] cx: Context) -> u32 {
    n + cx.worker() as u32
}

#[fan_out]
fn state_by_value(n: u32, #[local(Vec::new())] mut seen: Vec<u32>) {
    seen.push(n);
}

#[fan_out]
fn state_by_reference(n: u32, #[local(0)] seen: &u32) -> u32 {
    n + *seen
}

fn main() {}
