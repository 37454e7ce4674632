use fanout::{Context, fan_out};

#[fan_out]
fn state<'l>(n: u32, #[local(0)] seen: &'l mut u32) -> u32 {
    *seen += n;
    *seen
}

#[fan_out]
fn context(n: u64, #[ctx] cx: &'static Context) -> u64 {
    n + cx.index()
}

fn main() {
    let _ = state([1]).collect_unordered();
    let _ = context([1]).collect_unordered();
}
