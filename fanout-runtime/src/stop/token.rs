//! Cancellation from outside: a tree of tokens.
//!
//! # The protocol
//!
//! Each token is a handle of a node; clones share it. A node keeps its parent alive, and its parent
//! knows it weakly, so a token nobody holds costs nothing, and a token in the middle of a chain may be
//! dropped without cutting the chain.
//!
//! 1. A node is live, then cancelled, for ever. It becomes so only in [`CancelToken::cancel`], under
//!    the node's own lock, which also guards its watchers: so a watcher (a child, or a callback) is
//!    either registered before the cancellation and then seen by it, or finds the node cancelled.
//! 2. Marking goes down the tree with the tree's `marking` lock held. So once *any* call of `cancel`
//!    has returned, everything below is marked, also if another thread is the one that marks.
//! 3. Callbacks are collected while marking and called after it, outside all locks: whoever is woken
//!    finds the whole subtree cancelled, and may use tokens as it likes.
//! 4. Locks are taken in the order `marking`, one node's state; never two nodes' states. Nothing is
//!    dropped under a node's lock that could be the last owner of a node or of a callback.
//! 5. Nothing recurses along the tree: cancelling keeps a list, dropping walks up in a loop. Chains
//!    may be as deep as memory allows.

mod watchers;

#[cfg(all(test, fanout_loom))]
mod loom_tests;
#[cfg(all(test, fanout_shuttle, not(fanout_loom)))]
mod shuttle_tests;
#[cfg(all(test, not(any(fanout_loom, fanout_shuttle))))]
mod tests;

use self::watchers::{Callback, Key, Watcher, Watchers};
use crate::sync::atomic::{AtomicBool, Ordering};
use crate::sync::{Arc, Mutex, OnceLock};
use crossbeam_channel::{Receiver, Sender};
use std::convert::Infallible;
use std::fmt;

/// Stops runs from outside, one or many, and whole trees of them.
///
/// Clones are the same token. A [`child`](Self::child) is cancelled with its parent, never the other
/// way round.
///
/// ```
/// use fanout_runtime::CancelToken;
///
/// let all = CancelToken::new();
/// let (first, second) = (all.child(), all.child());
/// first.cancel();
/// assert!(first.is_cancelled() && !second.is_cancelled());
/// all.cancel();
/// assert!(second.is_cancelled() && all.child().is_cancelled());
/// ```
#[derive(Clone)]
pub struct CancelToken {
    node: Arc<Node>,
}

struct Node {
    /// Written once, under the lock of `state`; read without it.
    cancelled: AtomicBool,
    state: Mutex<State>,
    /// Made by the first call of `done`; most tokens never need it.
    done: OnceLock<Receiver<Infallible>>,
    /// The parent, and where this node is in its list. Taken out when the node is dropped.
    parent: Option<(Arc<Node>, Key)>,
    /// One per tree (point 2). Held while marking, during which no foreign code runs.
    marking: Arc<Mutex<()>>,
}

struct State {
    watchers: Watchers,
    /// Keeps `done` connected; goes when the node is cancelled.
    done_sender: Option<Sender<Infallible>>,
}

impl CancelToken {
    /// A token of its own, not cancelled.
    #[must_use]
    pub fn new() -> Self {
        Self {
            node: Arc::new(Node::new(false, None, Arc::new(Mutex::new(())))),
        }
    }

    /// A token that is cancelled with this one, and can also be cancelled alone.
    ///
    /// The child of a cancelled token is cancelled from the start. Children that are dropped leave
    /// nothing behind.
    #[must_use]
    pub fn child(&self) -> Self {
        let marking = Arc::clone(&self.node.marking);
        let mut state = self.node.state.lock();
        let node = if self.node.is_marked() {
            // It needs no place in the tree, as nothing can happen to it any more.
            Arc::new(Node::new(true, None, marking))
        } else {
            // Cyclic, because the parent's list refers to the child and the child to its place there.
            Arc::new_cyclic(|child| {
                let key = state.watchers.add(Watcher::Child(child.clone()));
                Node::new(false, Some((Arc::clone(&self.node), key)), marking)
            })
        };
        drop(state);
        Self { node }
    }

    /// Cancels this token and all below it. The second time it does nothing.
    ///
    /// Once any call has returned, every descendant says that it is cancelled.
    pub fn cancel(&self) {
        let effects = {
            // Blocks while another thread marks a part of the same tree.
            let _marking = self.node.marking.lock();
            mark_all(&self.node)
        };
        effects.run();
    }

    /// Whether this token or one above it has been cancelled: one atomic load.
    #[inline]
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.node.is_marked()
    }

    /// A channel that never carries a message, and disconnects when this token is cancelled: for
    /// `select!` beside other channels.
    ///
    /// Use it while you hold the token (or a clone): when the last one is dropped the channel
    /// disconnects too.
    #[must_use]
    pub fn done(&self) -> &Receiver<Infallible> {
        if let Some(done) = self.node.done.get() {
            return done;
        }
        // The lock makes this thread the only one that initialises, so it never waits in `OnceLock`.
        let mut state = self.node.state.lock();
        self.node.done.get_or_init(|| {
            let (sender, receiver) = crossbeam_channel::bounded(0);
            if !self.node.is_marked() {
                state.done_sender = Some(sender);
            }
            receiver
        })
    }

    /// As [`is_cancelled`](Self::is_cancelled), but fit for the re-check between `Event::listen` and
    /// `wait` (`sync::event`, invariant 2), if cancelling then notifies that event.
    #[cfg(test)]
    pub(crate) fn recheck_cancelled(&self) -> bool {
        // Read-modify-write: it is ordered with the one that marks. Release, so that the registration
        // before it is visible to the thread that marks; Acquire as in `is_cancelled`.
        self.node.cancelled.fetch_or(false, Ordering::AcqRel)
    }

    /// Calls `callback` once when this token is cancelled, on the thread that cancels; at once, and
    /// here, if it already is.
    ///
    /// The callback may still run while, or just after, the registration is dropped: so it owns what
    /// it touches. It must not panic and not block.
    pub(crate) fn on_cancel(&self, callback: impl Fn() + Send + Sync + 'static) -> Registration {
        let callback: Callback = Arc::new(callback);
        let mut state = self.node.state.lock();
        if self.node.is_marked() {
            drop(state);
            callback();
            return Registration(None);
        }
        let key = state.watchers.add(Watcher::Callback(callback));
        drop(state);
        Registration(Some((Arc::clone(&self.node), key)))
    }
}

impl Default for CancelToken {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for CancelToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CancelToken")
            .field("cancelled", &self.is_cancelled())
            .finish_non_exhaustive()
    }
}

impl Node {
    fn new(cancelled: bool, parent: Option<(Arc<Node>, Key)>, marking: Arc<Mutex<()>>) -> Self {
        Self {
            cancelled: AtomicBool::new(cancelled),
            state: Mutex::new(State {
                watchers: Watchers::new(),
                done_sender: None,
            }),
            done: OnceLock::new(),
            parent,
            marking,
        }
    }

    #[inline]
    fn is_marked(&self) -> bool {
        // Acquire: who sees the cancellation sees what was written before `cancel` was called.
        self.cancelled.load(Ordering::Acquire)
    }

    /// Cancels this node alone; `None` if it was cancelled before.
    fn mark(&self) -> Option<State> {
        let mut state = self.state.lock();
        // Release for `is_marked`; Acquire and read-modify-write for `recheck_cancelled`.
        if self.cancelled.swap(true, Ordering::AcqRel) {
            return None;
        }
        Some(State {
            watchers: std::mem::replace(&mut state.watchers, Watchers::new()),
            done_sender: state.done_sender.take(),
        })
    }

    /// Takes a watcher out, if it is still there. It is returned so that it is dropped outside the
    /// lock (point 4).
    #[must_use = "to be dropped outside the lock"]
    fn forget_watcher(&self, key: Key) -> Option<Watcher> {
        let mut state = self.state.lock();
        // After the cancellation the list is gone, and its keys mean nothing.
        if self.is_marked() {
            return None;
        }
        Some(state.watchers.remove(key))
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // A loop, as a chain of parents of which each is the last owner of the next would recurse
        // (point 5).
        let mut place = self.parent.take();
        while let Some((parent, key)) = place {
            drop(parent.forget_watcher(key));
            place = Arc::into_inner(parent).and_then(|mut parent| parent.parent.take());
        }
    }
}

/// What has to happen after marking, outside the locks.
struct Effects {
    callbacks: Vec<Callback>,
    done_senders: Vec<Sender<Infallible>>,
    /// Kept until the `marking` lock is released: the last owner of a node runs its `Drop`.
    nodes: Vec<Arc<Node>>,
}

/// Marks `top` and all below it (point 2; the caller holds `marking`).
fn mark_all(top: &Arc<Node>) -> Effects {
    let mut effects = Effects {
        callbacks: Vec::new(),
        done_senders: Vec::new(),
        nodes: Vec::new(),
    };
    let mut next = Some(Arc::clone(top));
    let mut visited = 0;
    while let Some(node) = next {
        if let Some(state) = node.mark() {
            effects.done_senders.extend(state.done_sender);
            for watcher in state.watchers.into_all() {
                match watcher {
                    Watcher::Callback(callback) => effects.callbacks.push(callback),
                    // A child that is being dropped needs no mark.
                    Watcher::Child(child) => effects.nodes.extend(child.upgrade()),
                }
            }
        }
        // `nodes` is the list of those to visit and of those visited, in one.
        next = effects.nodes.get(visited).map(Arc::clone);
        visited += 1;
    }
    effects
}

impl Effects {
    fn run(mut self) {
        self.done_senders.clear();
        self.call();
    }

    fn call(&mut self) {
        while let Some(callback) = self.callbacks.pop() {
            callback();
        }
    }
}

impl Drop for Effects {
    /// Finds callbacks left only when one of them unwound. The others must not be lost: threads may
    /// sleep until they come.
    fn drop(&mut self) {
        self.call();
    }
}

/// Unregisters a callback when dropped.
#[must_use = "dropping it unregisters the callback"]
pub(crate) struct Registration(Option<(Arc<Node>, Key)>);

impl Drop for Registration {
    fn drop(&mut self) {
        if let Some((node, key)) = self.0.take() {
            drop(node.forget_watcher(key));
        }
    }
}
