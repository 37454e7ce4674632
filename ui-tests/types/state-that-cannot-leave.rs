use fanout::fan_out;
use std::rc::Rc;

#[fan_out]
fn count(n: u32, #[local(Rc::new(0))] sum: &mut Rc<u32>) {
    *Rc::make_mut(sum) += n;
}

fn main() {
    let _ = count(0..10).locals();
    let _ = count(0..10).merge(|a, _| a);
    let _ = count(0..10).stream();
}
