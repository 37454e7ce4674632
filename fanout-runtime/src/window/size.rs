//! How many items the window holds, where nobody said how many. It grows, and never shrinks.
//!
//! *By cost*: from a few for each worker, while nothing is known, to a thousand where items are short. What takes long tends to
//! be large, so of that there are fewer.
//!
//! *By flow*: a thousand tiny items are soon done. Then workers sleep because the window is full, and the consumer because it is
//! empty, in turns, thousands of times a second, and on a virtual machine each turn takes the processor some 30 us. So where a
//! consumer has handed over several windows, and still has to wait, the window grows on until what it holds bridges its longest
//! nap ([`super::pace`]). A run of some thousand items, and one whose consumer is always behind or does not come, have no more
//! than cost says. What has grown stays: a head that is slow later on, or a consumer that stops then, finds the wider window.

use core::time::Duration;

use super::state::{Limits, State};
use crate::pull::Pull;

/// Without a measurement, and in any case: for each worker.
const FIRST: usize = 4;
/// Of items that take long: for each worker.
const LONG: usize = 32;
/// Of short ones, or [`FIRST`] for each worker where that is more.
const SHORT: usize = 1024;

/// How much work for each worker bridges a nap, with some to spare: the consumer is woken before the window is full.
const BRIDGE: Duration = Duration::from_micros(2_500);
/// How many times larger than by cost the window gets by flow.
const WIDER: usize = 16;
/// Not beyond so many bytes of items and results, themselves: what they own elsewhere is not known.
const BYTES: usize = 512 << 10;
/// So many windows handed over are a flow.
const A_WHILE: usize = 4;

/// The size that a window begins with.
pub(super) fn first(limits: &Limits) -> usize {
    limits.window.unwrap_or(FIRST * limits.workers)
}

impl<P: Pull, O> State<P, O> {
    /// A batch has shown what items cost.
    pub(super) fn grow_by_cost(&mut self, limits: &Limits) {
        if limits.window.is_none() {
            let most = if self.cost.is_short() {
                most_of_short(limits.workers)
            } else {
                (LONG * limits.workers).min(SHORT)
            };
            self.size = self.size.max((self.size * 2).min(most));
        }
    }

    /// The consumer has handed over all that is there, and has to wait for more. Returns whether there is more room now.
    pub(super) fn grow_by_flow(&mut self, limits: &Limits) -> bool {
        // Of items with keys, the window is what has to be looked through; and where items push others, all that a window of them
        // has pushed is waiting.
        let never =
            limits.window.is_some() || P::SHARDED || self.feed.is_some() || !self.cost.is_cheap();
        if never || self.handed_over < A_WHILE * self.size {
            return false;
        }
        let each = (size_of::<P::Item>() + size_of::<O>()).max(1);
        let bridge = BRIDGE * self.busy_limit(limits).max(1) as u32;
        let most = self
            .cost
            .items_in(bridge)
            .min(WIDER * most_of_short(limits.workers))
            .min(BYTES / each);
        let grows = 2 * self.size <= most;
        if grows {
            self.size *= 2;
            self.handed_over = 0;
        }
        grows
    }
}

/// How many short items the window holds, before it grows by flow.
pub(crate) fn most_of_short(workers: usize) -> usize {
    (FIRST * workers).max(SHORT)
}
