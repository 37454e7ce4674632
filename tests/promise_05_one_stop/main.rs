//! One stop state: first error, panic, token, deadline and a dropped stream are seen before each item, and wake everybody
//! who waits for input, for room or for results. A test here ends only because a stop wakes somebody.

#[path = "../common/mod.rs"]
mod common;

mod after;
mod items;
mod races;
mod waiting;

use common::Counter;
use fanout::channel::{Receiver, Sender, unbounded};

/// A channel that is open and that nobody sends to.
fn silent() -> (Sender<u64>, Receiver<u64>) {
    unbounded()
}

/// Calls `stop` from another thread once `inside` items have begun.
fn when_inside(began: &Counter, inside: usize, stop: impl FnOnce() + Send, run: impl FnOnce()) {
    std::thread::scope(|scope| {
        scope.spawn(|| {
            began.wait_for(inside);
            stop();
        });
        run();
    });
}
