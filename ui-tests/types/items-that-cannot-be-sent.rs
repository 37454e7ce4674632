use fanout::fan_out;
use std::cell::Cell;
use std::rc::Rc;

#[fan_out]
fn show(n: Rc<u32>) -> u32 {
    *n
}

#[fan_out]
fn see(n: &Cell<u32>) -> u32 {
    n.get()
}

fn main() {
    let _ = show(vec![Rc::new(1)]).collect_unordered();
    let _ = show((0..3).map(Rc::new)).collect_unordered();
    let _ = see(&vec![Cell::new(1)]).collect_unordered();
    let _ = fanout::over_local((0..3).map(Rc::new)).map(|n, _cx| *n).collect_unordered();
}
