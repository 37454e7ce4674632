use fanout::fan_out;

#[fan_out(item_timeout = "5s")]
fn nobody_looks(n: u32) -> u32 {
    n * 2
}

#[fan_out(ordered)]
fn nothing_to_order(n: u32) {
    println!("{n}");
}

#[fan_out(merge = add)]
fn nothing_to_merge(n: u32) -> u32 {
    n * 2
}

#[fan_out(pinned)]
fn no_keys(n: u32) -> u32 {
    n * 2
}

fn add(a: u32, b: u32) -> u32 {
    a + b
}

fn main() {}
