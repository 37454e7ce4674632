use fanout::{Context, fan_out};

#[fan_out]
fn both(n: u32, #[shared] #[ctx] cx: &Context) -> u32 {
    n + cx.worker() as u32
}

#[fan_out]
fn two(n: u32, #[ctx] a: &Context, #[ctx] b: &Context) -> u32 {
    n + (a.worker() + b.worker()) as u32
}

fn main() {}
