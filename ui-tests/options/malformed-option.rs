use fanout::fan_out;

#[fan_out(workers)]
fn no_value(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers = )]
fn nothing_after_equals(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers(4))]
fn in_parentheses(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers = 4 ordered)]
fn no_comma(n: u32) -> u32 {
    n * 2
}

#[fan_out(4)]
fn no_name(n: u32) -> u32 {
    n * 2
}

#[fan_out(ordered = true)]
fn flag_with_value(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers = 4 +)]
fn half_an_expression(n: u32) -> u32 {
    n * 2
}

#[fan_out(allow = "FO114")]
fn allow_without_codes(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers = 4; ordered)]
fn semicolon(n: u32) -> u32 {
    n * 2
}

fn main() {
    let in_order: Vec<u32> = semicolon([1]).collect();
    println!("{in_order:?}");
}
