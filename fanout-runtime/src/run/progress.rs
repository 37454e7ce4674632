//! [`Tally`]: how many items are done, and who tells it.
//!
//! # Protocol
//!
//! `on_progress` is user code, so no lock is held while it runs; yet it hears of numbers that only rise, and the last one
//! is the last. So one worker at a time is the *teller*:
//!
//! 1. A worker adds what it has done to `done`, and *then* asks for the teller's place (`telling`).
//! 2. If the place is taken it goes on: the teller will look at `done` again after it has given its place up.
//! 3. A teller reads `done`, tells it, gives the place up, and looks again. If `done` has grown it is back at 1.
//!
//! Both sides change one word and then change the other (1.: `done`, `telling`; 3.: `telling`, and a look at `done` behind
//! it), so either the worker finds the place free or the teller finds what the worker added.

#[cfg(all(test, fanout_loom))]
mod loom_tests;

use crate::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How many items are done.
#[derive(Debug)]
pub(crate) struct Tally {
    done: AtomicU64,
    telling: AtomicBool,
    /// What was told last. The teller's.
    told: AtomicU64,
}

impl Tally {
    pub(crate) fn new() -> Self {
        Self {
            done: AtomicU64::new(0),
            telling: AtomicBool::new(false),
            told: AtomicU64::new(0),
        }
    }

    /// Adds `items`, and calls `tell` with the sum unless another worker is about to. Where `tell` panics (it then returns
    /// `false`) nobody is told anything any more.
    pub(crate) fn add(&self, items: u64, tell: impl Fn(u64) -> bool) {
        // Relaxed: published by the swap of `telling` below.
        self.done.fetch_add(items, Ordering::Relaxed);
        loop {
            // AcqRel. Release: whoever finds the place taken leaves what it has added to the teller. Acquire: the teller has
            // all that was left to the one before it.
            if self.telling.swap(true, Ordering::AcqRel) {
                return;
            }
            // Relaxed, all: what was added before a swap that this one has acquired is seen, and `told` is the teller's, handed
            // on by these swaps. A sum may be told before the one who added to it last comes here.
            let done = self.done.load(Ordering::Relaxed);
            if done != self.told.load(Ordering::Relaxed) {
                self.told.store(done, Ordering::Relaxed);
                if !tell(done) {
                    return;
                }
            }
            // AcqRel, a swap and no store: Acquire, so that the look behind it sees what was added by whoever has found the
            // place taken until now. Release: the next teller hears a sum no lower than this one.
            self.telling.swap(false, Ordering::AcqRel);
            if self.done.load(Ordering::Relaxed) == done {
                return;
            }
        }
    }
}
