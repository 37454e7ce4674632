//! [`Ready`]: what a loop over items needs of a worker's [`Hand`].
//!
//! Between two items a worker writes what others may read at any time, so the compiler cannot keep anything in a register that
//! is in memory others might see. What only this worker uses is therefore held by value while the loop runs, a small
//! state included: as a local variable of the loop, which is what it would be in a loop by hand. When the loop is left, by a panic
//! as well, all of it is the hand's again.

use crossbeam_utils::CachePadded;

use super::Hand;
use crate::stop::Stop;
use crate::worker::context::Context;

/// A [`Hand`] that has a state, on loan to a loop over items.
pub(crate) struct Ready<'h, L, N> {
    /// The state, if it is small. In cache lines of its own here, too, where it has to be in memory.
    small: Option<CachePadded<L>>,
    /// The state, if it is not; and where a small one has to be again.
    home: &'h mut Option<CachePadded<L>>,
    lane: &'h N,
    cx: &'h mut Context,
    stop: &'h Stop,
    /// What is the same for all items: whether the clock is wanted, for a deadline or a limit, and whether an item may have a
    /// token of its own.
    is_timed: bool,
    has_token: bool,
    /// How many items have come to their end since.
    items: u64,
    all_items: &'h mut u64,
}

/// What the item function is called with.
pub(crate) struct Given<'r, L, N> {
    pub(crate) local: &'r mut L,
    pub(crate) lane: &'r N,
    pub(crate) cx: &'r Context,
}

impl<'h, L, N> Ready<'h, L, N> {
    /// A state up to this size is moved, there and back: as cheap as to look where it is.
    const IS_SMALL: bool = size_of::<L>() <= 32;

    /// `None`: there is no state yet.
    #[inline(always)]
    pub(crate) fn of<G>(hand: &'h mut Hand<L, G, N>, stop: &'h Stop) -> Option<Self> {
        hand.local.as_ref()?;
        let small = if Self::IS_SMALL {
            hand.local.take().map(moved)
        } else {
            None
        };
        Some(Self {
            small,
            home: &mut hand.local,
            lane: &hand.lane,
            is_timed: is_timed(&hand.cx, stop),
            has_token: hand.cx.has_token(),
            cx: &mut hand.cx,
            stop,
            items: 0,
            all_items: &mut hand.items,
        })
    }

    /// [`Hand::is_plain`] was asked, and said yes: then it is a constant from here on.
    #[inline(always)]
    pub(crate) fn be_plain(&mut self) {
        debug_assert!(!self.is_timed && !self.has_token);
        self.is_timed = false;
        self.has_token = false;
    }

    /// Whether the item at `index` may still start.
    #[inline(always)]
    pub(crate) fn may_start(&self, index: u64) -> bool {
        self.stop.admits(index) && !(self.is_timed && self.stop.check_deadline())
    }

    /// Before the item at `index`.
    #[inline(always)]
    pub(crate) fn begin(&mut self, index: u64) -> Given<'_, L, N> {
        self.cx.begin(index);
        if self.is_timed {
            self.cx.begin_limit();
        }
        let local = if Self::IS_SMALL {
            self.small.as_deref_mut()
        } else {
            self.home.as_deref_mut()
        };
        let Some(local) = local else {
            unreachable!("fanout: a worker's state was lost; this is a bug in fanout");
        };
        Given {
            local,
            lane: self.lane,
            cx: self.cx,
        }
    }

    /// After it, if it has come to its end.
    #[inline(always)]
    pub(crate) fn end(&mut self) {
        self.items += 1;
        if self.has_token {
            self.cx.end();
        }
    }

    /// What the worker pushes further items with.
    #[inline(always)]
    pub(crate) fn lane(&self) -> &'h N {
        self.lane
    }
}

impl<L, G, N> Hand<L, G, N> {
    /// Whether there is neither a clock to look at nor a token to renew between two items.
    pub(crate) fn is_plain(&self, stop: &Stop) -> bool {
        !is_timed(&self.cx, stop) && !self.cx.has_token()
    }
}

#[inline(always)]
fn is_timed(cx: &Context, stop: &Stop) -> bool {
    cx.has_limit() || stop.deadline().is_some()
}

impl<L, N> Drop for Ready<'_, L, N> {
    #[inline(always)]
    fn drop(&mut self) {
        if Self::IS_SMALL {
            *self.home = self.small.take().map(moved);
        }
        *self.all_items += self.items;
    }
}

/// The value alone is moved, and not what it is padded with.
#[inline(always)]
fn moved<L>(state: CachePadded<L>) -> CachePadded<L> {
    CachePadded::new(CachePadded::into_inner(state))
}

#[cfg(all(test, not(any(fanout_loom, fanout_shuttle))))]
mod tests {
    use core::time::Duration;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::*;
    use crate::sync::Arc;

    fn hand<L>(stop: &Arc<Stop>, local: Option<L>, limit: Option<Duration>) -> Hand<L, (), ()> {
        let mut hand = Hand::new(0, Context::new(stop.clone(), 0, limit, true), (), None);
        hand.local = local.map(CachePadded::new);
        hand
    }

    /// A state of `N` words is the hand's again, as it was left: by the end of the loop, and by a panic in it.
    fn comes_home<const N: usize>() {
        let stop = Stop::new(None);
        let mut hand = hand(&stop, Some([0_u64; N]), None);
        for panics in [false, true] {
            let before = hand.items;
            let end = catch_unwind(AssertUnwindSafe(|| {
                let mut ready = Ready::of(&mut hand, &stop).expect("a state");
                for index in 0..3 {
                    let given = ready.begin(index);
                    given.local[0] += 1;
                    assert!(!panics || index < 2, "on purpose");
                    assert_eq!(given.cx.index(), index);
                    ready.end();
                }
            }));
            assert_eq!(end.is_err(), panics);
            assert_eq!(hand.items - before, if panics { 2 } else { 3 });
            assert_eq!(hand.cx.index(), 2);
        }
        assert_eq!(hand.local.as_deref().map(|local| local[0]), Some(6));
    }

    #[test]
    fn a_state_comes_home() {
        comes_home::<1>();
        comes_home::<4>();
        comes_home::<5>();
        comes_home::<100>();
    }

    #[test]
    fn without_a_state_nothing_is_ready() {
        let stop = Stop::new(None);
        assert!(Ready::of(&mut hand::<u64>(&stop, None, None), &stop).is_none());
    }

    #[test]
    fn limits_and_tokens_are_looked_at_where_there_are_some() {
        let stop = Stop::new(None);
        let mut hand = hand(&stop, Some(()), Some(Duration::from_secs(3600)));
        let mut ready = Ready::of(&mut hand, &stop).expect("a state");
        let given = ready.begin(7);
        assert!(given.cx.deadline().is_some());
        let token = given.cx.token();
        ready.end();
        assert!(ready.may_start(8) && !token.is_cancelled());
        stop.fail_at(8, crate::stop::Reason::Failed);
        // The token of an item that has ended is not told of what comes after.
        assert!(!ready.may_start(8) && ready.may_start(7) && !token.is_cancelled());
    }
}
