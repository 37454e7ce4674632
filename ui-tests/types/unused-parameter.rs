//! What the body does not use is said to be unused as in any function.

#![deny(unused_variables)]

use std::sync::Arc;

use fanout::fan_out;

#[fan_out]
fn items(n: u32) {}

#[fan_out]
fn arguments(_n: u32, #[shared] text: String, #[shared] (a, _b): (Vec<u32>, u32), #[shared] c: u32) {}

#[fan_out]
fn states(_n: u32, #[shared] list: Vec<u32>, #[local(0)] sum: &mut u32) {}

struct Store;

impl Store {
    #[fan_out]
    fn methods(self: Arc<Self>, _n: u32, #[shared] text: &str) {}
}

fn main() {
    items([1]).run();
    arguments([1], String::new(), (vec![1], 2), 3).run();
    states([1], vec![]).run();
    Arc::new(Store).methods([1], "").run();
}
