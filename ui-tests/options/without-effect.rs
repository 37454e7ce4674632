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

#[fan_out(ordered)]
fn without_its_type(n: u32) {
    n * 2
}

fn main() {
    let doubled: Vec<u32> = without_its_type([1]).collect();
    println!("{doubled:?}");
}
