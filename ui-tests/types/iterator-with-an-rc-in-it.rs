use fanout::fan_out;
use std::rc::Rc;

#[fan_out]
fn double(n: u32) -> u32 {
    n * 2
}

fn main() {
    let base = Rc::new(1);
    let numbers = (0..3).map(|n| n + *base);
    let _ = double(numbers).collect_unordered();
}
