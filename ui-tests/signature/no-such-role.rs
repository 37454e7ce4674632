use fanout::fan_out;

#[fan_out]
fn near(n: u32, #[share] factor: u32) -> u32 {
    n * factor
}

#[fan_out]
fn of_another_tool(n: u32, #[state] factor: u32) -> u32 {
    n * factor
}

#[fan_out]
fn far(n: u32, #[banana] factor: u32) -> u32 {
    n * factor
}

#[fan_out]
fn with_arguments(n: u32, #[shared(mut)] factor: u32) -> u32 {
    n * factor
}

#[fan_out]
fn without_value(n: u32, #[local] sum: &mut u32) {
    *sum += n;
}

#[fan_out]
fn half_a_value(n: u32, #[local(1 +)] sum: &mut u32) {
    *sum += n;
}

#[fan_out]
fn role_of_the_item(#[item] n: u32) -> u32 {
    n
}

fn main() {
    let _ = role_of_the_item([1]).collect_unordered();
    let _ = near([1], 2).collect_unordered();
    let _ = without_value([1]).run();
}
