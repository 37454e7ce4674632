#![deny(warnings)]

use fanout::fan_out;
use std::rc::Rc;

#[fan_out(ordered)]
fn double(n: u32, #[local(Rc::new(0))] sum: &mut Rc<u32>) -> u32 {
    *Rc::make_mut(sum) += n;
    n * 2
}

fn main() {
    let all: Vec<u32> = double(0..3).collect();
    assert_eq!(all, [0, 2, 4]);
    double(0..3).for_each(drop);
}
