//! [`Block`]: the part of a test that must leave nothing behind, and how a run finds the one that it belongs to.
//!
//! 1. Each thread knows at most one block, the innermost. A thread of the pool has the one of the run that it is inside of;
//!    other threads have the one that they are covered by.
//! 2. A run asks its thread once, when it starts, and is listed in that block and in those around it until it is over.
//! 3. A block's list is under a lock, which is held for a few instructions and never while another is taken.

use core::fmt;

use super::open::{Listed, OpenRun};
use crate::sync::time::Instant;
use crate::sync::{Arc, Condvar, Mutex, thread_local};
use std::cell::{Cell, RefCell};

thread_local! {
    static INNERMOST: RefCell<Block> = const { RefCell::new(Block(None)) };

    /// Whether there is one. All that a run outside of a block looks at: a variable without a destructor is a plain load.
    static IS_IN_ONE: Cell<bool> = const { Cell::new(false) };
}

/// The part of a test that [`no_leaks`](super::no_leaks) watches, to be carried to threads that it starts itself.
///
/// ```
/// use fanout_runtime::{over, testing};
/// use std::thread;
///
/// testing::no_leaks(|| {
///     let block = testing::this_block();
///     thread::scope(|scope| {
///         scope.spawn(|| {
///             block.cover(|| {
///                 let numbers = over(1_u64..).map(|n, _cx| n).stream();
///                 assert_eq!(testing::open_runs().len(), 1);
///                 drop(numbers);
///             });
///         });
///     });
/// });
/// ```
#[derive(Clone)]
pub struct Block(Option<Arc<Inner>>);

struct Inner {
    around: Block,
    open: Mutex<Vec<Arc<Listed>>>,
    /// Where the end of the block waits for `open` to be empty.
    none_open: Condvar,
}

/// The block that this thread is in, or one that nothing is counted in.
#[inline]
pub fn this_block() -> Block {
    if IS_IN_ONE.try_with(Cell::get).unwrap_or(false) {
        innermost()
    } else {
        Block(None)
    }
}

#[cold]
fn innermost() -> Block {
    // None while the thread's locals are being destroyed.
    INNERMOST
        .try_with(|innermost| innermost.borrow().clone())
        .unwrap_or(Block(None))
}

/// From now on this thread is in `block`. Returns the one that it was in.
pub(crate) fn enter(block: Block) -> Block {
    let is_one = !block.is_none();
    // An error means that the thread ends, and starts no run.
    let _ = IS_IN_ONE.try_with(|flag| flag.set(is_one));
    INNERMOST
        .try_with(|innermost| innermost.replace(block))
        .unwrap_or(Block(None))
}

impl Block {
    /// A block inside of `around`.
    pub(super) fn new_inside(around: &Self) -> Self {
        Self(Some(Arc::new(Inner {
            around: around.clone(),
            open: Mutex::new(Vec::new()),
            none_open: Condvar::new(),
        })))
    }

    pub(crate) const fn none() -> Self {
        Self(None)
    }

    pub(crate) fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// Runs `f` as if on the thread that the block was taken from: runs that it starts count in the block.
    pub fn cover<R>(&self, f: impl FnOnce() -> R) -> R {
        let _uncovered = Uncover(enter(self.clone()));
        f()
    }

    /// The runs that were started in the block and are not over.
    pub fn open_runs(&self) -> Vec<OpenRun> {
        let Some(inner) = &self.0 else {
            return Vec::new();
        };
        let open = inner.open.lock().clone();
        // Outside the lock: it asks other locks.
        open.iter().map(|run| run.describe()).collect()
    }

    /// Waits until no run is open, or `until`. Returns those that are.
    pub(super) fn wait_for_the_end(&self, until: Option<Instant>) -> Vec<OpenRun> {
        if let Some(inner) = &self.0 {
            let mut late = false;
            let mut open = inner.open.lock();
            while !open.is_empty() && !late {
                // Blocks until the last run is over, a second at most.
                (open, late) = inner.none_open.wait_deadline(open, until);
            }
        }
        self.open_runs()
    }

    pub(super) fn list(&self, run: &Arc<Listed>) {
        for inner in self.and_those_around() {
            inner.open.lock().push(Arc::clone(run));
        }
    }

    pub(super) fn strike_off(&self, run: &Arc<Listed>) {
        for inner in self.and_those_around() {
            let mut open = inner.open.lock();
            open.retain(|other| !Arc::ptr_eq(other, run));
            if open.is_empty() {
                inner.none_open.notify_all();
            }
        }
    }

    fn and_those_around(&self) -> impl Iterator<Item = &Inner> {
        core::iter::successors(self.0.as_deref(), |inner| inner.around.0.as_deref())
    }
}

impl fmt::Debug for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Block")
            .field("open_runs", &self.open_runs())
            .finish()
    }
}

/// Puts the thread's block back, after a panic as well.
struct Uncover(Block);

impl Drop for Uncover {
    fn drop(&mut self) {
        enter(core::mem::replace(&mut self.0, Block(None)));
    }
}
