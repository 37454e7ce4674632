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

#[fan_out]
fn token_for_context(n: u32, #[ctx] token: &fanout::CancelToken) -> u32 {
    n + u32::from(token.is_cancelled())
}

fn main() {
    let _ = token_for_context([1]).collect_unordered();
}
