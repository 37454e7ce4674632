//! How many are inside something at once.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

/// Counts those inside, and remembers the most there were.
#[derive(Debug, Default)]
pub struct Gauge {
    inside: AtomicUsize,
    most: AtomicUsize,
    entered: AtomicUsize,
}

/// Somebody inside; leaves when dropped, so also by a panic.
#[must_use = "dropping it is leaving"]
#[derive(Debug)]
pub struct Inside<'a>(&'a Gauge);

impl Gauge {
    pub fn new() -> Self {
        Self::default()
    }
    pub fn enter(&self) -> Inside<'_> {
        self.entered.fetch_add(1, SeqCst);
        let now = self.inside.fetch_add(1, SeqCst) + 1;
        self.most.fetch_max(now, SeqCst);
        Inside(self)
    }
    pub fn inside(&self) -> usize {
        self.inside.load(SeqCst)
    }
    pub fn most(&self) -> usize {
        self.most.load(SeqCst)
    }
    pub fn entered(&self) -> usize {
        self.entered.load(SeqCst)
    }
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.0.inside.fetch_sub(1, SeqCst);
    }
}
