//! [`Sizer`]: how many items a worker pulls at once, by what the last ones cost.
//!
//! A batch is to take about [`TARGET`]: long enough that handing it over costs little beside it, short enough that nobody
//! waits for it. Cost is known only afterwards, so a batch begins at one item, doubles while batches are short and falls
//! back to one when a batch took much longer than meant (slow items, or one slow among many). The idea of measured batch
//! sizes is that of guided self-scheduling (Polychronopoulos and Kuck, 1987).

use core::time::Duration;

/// What a batch is to take. (What it costs to hand one over is up to 3 us where two cores share three threads: with 50 us that was
/// felt.)
pub(crate) const TARGET: Duration = Duration::from_micros(100);
/// The largest batch that is pulled: more does not pay, and holds more memory.
const MOST: u32 = 512;
/// The largest range of what is in memory already: it holds none, and neighbours in memory are better used by one thread. (Two
/// that write to pages side by side, which the system has to provide first, wait for each other there.)
const MOST_IN_MEMORY: u32 = 1 << 16;

/// One worker's next batch size.
#[derive(Debug)]
pub(crate) struct Sizer {
    fixed: Option<u32>,
    next: u32,
    most: u32,
}

impl Sizer {
    /// `fixed`: what the user asked for.
    pub(crate) fn new(fixed: Option<usize>) -> Self {
        Self {
            fixed: fixed.map(|n| n as u32),
            next: 1,
            most: MOST,
        }
    }

    /// As [`new`](Self::new), for items that are in memory.
    pub(crate) fn in_memory(fixed: Option<usize>) -> Self {
        Self {
            most: MOST_IN_MEMORY,
            ..Self::new(fixed)
        }
    }

    /// The size of the next batch, at most `room`. A size that the user asked for is taken whole, or as far as there is
    /// room.
    pub(crate) fn size(&self, room: u32) -> u32 {
        self.fixed.unwrap_or(self.next).min(room).max(1)
    }

    /// Learns from a batch of `items` whose slower half (pulling or running) took `took`.
    pub(crate) fn learn(&mut self, items: u32, took: Duration) {
        if items == 0 || self.fixed.is_some() {
            return;
        }
        if took > TARGET * 4 {
            self.next = 1;
            return;
        }
        let each = (took.as_nanos() as u64 / u64::from(items)).max(1);
        let ideal = (TARGET.as_nanos() as u64 / each).clamp(1, u64::from(self.most)) as u32;
        self.next = ideal.min(self.next.saturating_mul(2)).max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_by_doubling_up_to_the_target() {
        let mut sizer = Sizer::new(None);
        let mut sizes = Vec::new();
        for _ in 0..12 {
            let size = sizer.size(u32::MAX);
            sizes.push(size);
            sizer.learn(size, Duration::from_nanos(1000) * size);
        }
        assert_eq!(sizes[..8], [1, 2, 4, 8, 16, 32, 64, 100]);
        assert_eq!(sizes[11], 100);
    }

    #[test]
    fn falls_back_to_one_after_a_slow_batch() {
        let mut sizer = Sizer::new(None);
        for _ in 0..10 {
            let size = sizer.size(u32::MAX);
            sizer.learn(size, Duration::from_nanos(10) * size);
        }
        assert_eq!(sizer.size(u32::MAX), 512);
        sizer.learn(512, Duration::from_millis(2));
        assert_eq!(sizer.size(u32::MAX), 1);
    }

    #[test]
    fn a_fixed_size_is_kept_and_room_is_respected() {
        let mut sizer = Sizer::new(Some(7));
        sizer.learn(7, Duration::from_secs(1));
        assert_eq!((sizer.size(100), sizer.size(3)), (7, 3));
    }
}
