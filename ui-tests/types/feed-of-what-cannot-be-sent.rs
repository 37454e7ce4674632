use fanout::{Feed, fan_out};
use std::rc::Rc;

#[fan_out]
fn generic<T: Clone>(item: T, #[feed] feed: &Feed<T>) {
    feed.push(item.clone());
}

#[fan_out]
fn counted(item: Rc<u32>, #[feed] feed: &Feed<Rc<u32>>, #[local(0)] seen: &mut u32) {
    *seen += 1;
    feed.push(item);
}

fn main() {}
