use fanout::{Context, fan_out};

#[fan_out]
fn works_on(n: u64, #[ctx] cx: &Context) -> u64 {
    (0..n).sum()
}

#[fan_out(timeout = "30s")]
fn says_so(n: u64, #[ctx] _cx: &Context) -> u64 {
    (0..n).sum()
}

#[fan_out(item_timeout = "5s")]
fn without_a_name(n: u64, #[ctx] _: &Context) -> u64 {
    (0..n).sum()
}

#[fan_out]
fn puts_it_away(n: u64, #[ctx] cx: &Context) -> u64 {
    let _ = cx;
    drop(cx);
    n
}

fn main() {
    let _ = works_on(0..3).collect_unordered();
    let _ = says_so(0..3).collect_unordered();
    let _ = without_a_name(0..3).collect_unordered();
    let _ = puts_it_away(0..3).collect_unordered();
}
