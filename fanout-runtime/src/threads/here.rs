//! What the current thread is to the crews.

use super::chain::Chain;
use super::roll::Roll;
use crate::sync::{Arc, Weak, thread_local};
use crate::testing::{Block, enter_block};
use std::cell::{Cell, RefCell};

thread_local! {
    /// The roll whose work this thread is in as a helper. One is enough: a helper takes the next job
    /// only after it has left the last.
    static INSIDE: RefCell<Option<Arc<Roll>>> = const { RefCell::new(None) };

    /// See [`do_not_reuse`].
    static SPENT: Cell<bool> = const { Cell::new(false) };
}

/// Tells that a panic of user code was caught on this thread: what it has in thread-local variables
/// may be in any state, so no other run is to get it. It ends after its present work. On a thread that
/// is nobody's helper this means nothing.
pub(crate) fn do_not_reuse() {
    SPENT.with(|spent| spent.set(true));
}

pub(super) fn may_be_reused() -> bool {
    SPENT.with(|spent| !spent.get())
}

/// Whether this thread is inside the work of `roll`, or helps a run that was started there: then
/// whoever waits for that work waits for this thread.
pub(super) fn is_inside(roll: &Roll) -> bool {
    // A thread whose locals are being destroyed has left.
    INSIDE
        .try_with(|inside| {
            inside.borrow().as_ref().is_some_and(|inner| {
                std::ptr::eq(Arc::as_ptr(inner), roll) || inner.is_nested_in(roll)
            })
        })
        .unwrap_or(false)
}

/// Whether this thread is inside the work of any run of `chain`, or helps one that was started there.
pub(super) fn is_inside_chain(chain: &Chain) -> bool {
    roll_of_chain(chain).is_some()
}

/// The run of `chain` whose work this thread is in, directly or as a helper of one that was started there.
pub(super) fn roll_of_chain(chain: &Chain) -> Option<Arc<Roll>> {
    INSIDE
        .try_with(|inside| {
            let inside = inside.borrow();
            let inner = inside.as_ref()?;
            if inner.chain().is(chain) {
                return Some(Arc::clone(inner));
            }
            let mut outer = inner.enclosing().iter().filter_map(Weak::upgrade);
            outer.find(|roll| roll.chain().is(chain))
        })
        .unwrap_or(None)
}

/// The runs whose work this thread is in, directly or as a helper of one that was started there.
pub(super) fn enclosing_rolls() -> Vec<Weak<Roll>> {
    INSIDE
        .try_with(|inside| {
            inside.borrow().as_ref().map_or(Vec::new(), |inner| {
                let mut rolls = inner.enclosing().to_vec();
                // Of streams that were started somewhere and live on elsewhere. Without this a chain
                // of them would grow for ever.
                rolls.retain(|roll| roll.strong_count() > 0);
                rolls.push(Arc::downgrade(inner));
                rolls
            })
        })
        .unwrap_or_default()
}

pub(super) fn go_inside(roll: &Arc<Roll>) {
    let entered = Arc::clone(roll);
    INSIDE.with(|inside| inside.replace(Some(entered)));
    let block = roll.chain().block();
    if !block.is_none() {
        enter_block(block.clone());
    }
}

pub(super) fn go_outside() {
    let left = INSIDE.with(|inside| inside.take());
    if left.is_some_and(|roll| !roll.chain().block().is_none()) {
        enter_block(Block::none());
    }
}
