use fanout::fan_out;
use std::cell::Cell;
use std::rc::Rc;

struct Deep {
    inner: Vec<Rc<u32>>,
}

#[fan_out]
fn by_value(n: u32, #[shared] seen: Cell<u32>) {
    seen.set(n);
}

#[fan_out]
fn by_reference(n: u32, #[shared] seen: &Cell<u32>) {
    seen.set(n);
}

#[fan_out]
fn deep(n: usize, #[shared] deep: Deep) -> usize {
    n + deep.inner.len()
}

#[fan_out]
fn parameter<F: Fn(u32) -> u32>(n: u32, #[shared] f: F) -> u32 {
    f(n)
}

fn main() {}
