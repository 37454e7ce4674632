#![deny(warnings)]

use fanout::channel::{Sender, bounded, unbounded};
use fanout::fan_out;

/// The end in the item is the item's own, and so is what the body makes.
#[fan_out]
fn answers((n, reply): (u64, Sender<u64>)) -> u64 {
    reply.send(n).unwrap();
    drop(reply);
    let (to, from) = bounded(3);
    to.send(n).unwrap();
    drop(to);
    from.iter().sum()
}

struct Door;

impl Door {
    fn close(&self) {}
    fn take(&self) {}
}

/// No channel, although it is shared and closed.
#[fan_out]
fn near_misses(_n: u64, #[shared] tx: Door) {
    tx.close();
    tx.take();
}

fn main() {
    let (reply, replies) = unbounded();
    assert_eq!(answers([(1, reply)]).collect_unordered(), [1]);
    assert_eq!(replies.iter().count(), 1);
    near_misses([1], Door).run();
}
