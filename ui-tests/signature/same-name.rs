use fanout::fan_out;

#[fan_out]
fn with_the_item(n: u32, #[shared] n: u32) -> u32 {
    n * n
}

#[fan_out]
fn two_arguments(n: u32, #[shared] factor: u32, #[shared] factor: u64) -> u64 {
    u64::from(n) * factor
}

fn main() {
    let _ = with_the_item([1], 2).collect_unordered();
    let _ = two_arguments([1], 2, 3).collect_unordered();
}
