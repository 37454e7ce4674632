//! What the tests share.

// Each test binary has its own copy of this module and uses a part of it.
#![allow(dead_code, unused_imports, unused_macros)]

pub mod census;
pub mod examples;
pub mod gauge;
pub mod panics;
pub mod process;
pub mod program;
pub mod signals;
pub mod site;
#[macro_use]
pub mod terminals;
pub mod threads;
#[cfg(unix)]
pub mod tree;
pub mod watchdog;

pub use census::{Census, Counted};
pub use gauge::Gauge;
pub use panics::{Bomb, caught, payload_text};
pub use process::{dies_of_abort, own_process};
pub use signals::{Counter, Gate};
pub use watchdog::watch;

/// A small generator of numbers that look random: the same in every run, so that a failure can be seen again.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed ^ 0x9e37_79b9_7f4a_7c15)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % n
    }
}

/// Sleeps in an item until its run is stopped.
pub fn until_stopped(cx: &fanout::Context) {
    let stopped = cx.sleep(std::time::Duration::MAX);
    assert!(stopped.is_err(), "nobody sleeps that long");
}

/// Waits until everyone is there.
pub fn meet(everyone: &std::sync::Barrier) {
    everyone.wait();
}

/// Spends about `steps` nanoseconds without giving the processor up.
pub fn spin(steps: u64) {
    for step in 0..steps / 10 {
        std::hint::black_box(step);
    }
}
