use fanout::fan_out;

#[fan_out]
fn sometimes(n: u32, #[cfg(all())] #[shared] offset: u32) -> u32 {
    n + offset
}

#[fan_out]
fn of_a_role(n: u32, #[cfg_attr(all(), shared)] offset: u32) -> u32 {
    n + offset
}

fn main() {
    let _ = sometimes([1], 2).collect_unordered();
    let _ = of_a_role([1], 2).collect_unordered();
}
