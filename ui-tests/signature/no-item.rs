use fanout::fan_out;

#[fan_out]
fn nothing() -> u32 {
    1
}

#[fan_out]
fn only_shared(#[shared] factor: u32) -> u32 {
    factor
}

#[fan_out]
fn item_last(#[shared] factor: u32, n: u32) -> u32 {
    factor * n
}

struct Table;

impl Table {
    #[fan_out]
    fn only_self(&self) {}
}

#[fan_out]
fn main() {
    let _ = nothing([1]).collect_unordered();
    let _ = item_last([1], 2).collect_unordered();
}
