//! [`Shards`]: which items of a sharded run may run now.
//!
//! # Protocol
//!
//! A *shard* is what has equal hashes of keys. All of this is under the window's lock, which is taken for each item of such
//! a run; the items themselves are segments of one.
//!
//! 1. Items are [admitted](Shards::admit) in input order: after the pull that brought them, or before, when a thief takes
//!    over what a pull that goes on has brought so far. Pulls follow one another, so no item overtakes another on the way.
//! 2. *Sticky*: a shard is busy from when an item of it is admitted until none is left. One of its items is runnable or
//!    running; the others wait in the shard's queue, in input order. So equal keys run one at a time and in order.
//! 3. When an item is finished the next of its shard becomes runnable, and its worker, which still holds the lock, takes
//!    the runnable item with the lowest index: mostly that one, so a shard stays with a worker while it has any. Never an
//!    item that is less urgent, so the lowest is never left behind.
//! 4. *Pinned*: a hash belongs to one worker for the whole run, and each worker has a queue of its own. Those of workers for
//!    which the operating system gave no thread are served by others, always the same.
//!
//! No worker ever waits for a key: what cannot run yet is in a queue, inside the window, and whoever looks for work finds
//! what can. So no shard can hold up another, other than by filling the window.

#[cfg(all(test, fanout_loom))]
mod loom_tests;

use std::collections::{HashMap, VecDeque, hash_map::Entry};
use std::hash::{BuildHasherDefault, Hasher};

use crate::deliver::segment::Owner;

type Queue<I, O> = VecDeque<Owner<I, O>>;

/// The shards of a run that are in its window.
pub(super) enum Shards<I, O> {
    /// What waits, by hash.
    Sticky(HashMap<u64, Queue<I, O>, BuildHasherDefault<Hashed>>),
    /// What each worker is to run.
    Pinned(Vec<Queue<I, O>>),
}

impl<I, O> Shards<I, O> {
    pub(super) fn new(pinned: bool, workers: usize) -> Self {
        if pinned {
            Self::Pinned((0..workers).map(|_| VecDeque::new()).collect())
        } else {
            Self::Sticky(HashMap::default())
        }
    }

    /// An item that was pulled. Those that nobody has to wait for go to `runnable`.
    pub(super) fn admit(&mut self, hash: u64, owner: Owner<I, O>, runnable: &mut Queue<I, O>) {
        match self {
            Self::Sticky(busy) => match busy.entry(hash) {
                Entry::Occupied(mut shard) => shard.get_mut().push_back(owner),
                Entry::Vacant(shard) => {
                    shard.insert(VecDeque::new());
                    insert(runnable, owner);
                }
            },
            Self::Pinned(queues) => {
                let worker = hash % queues.len() as u64;
                queues[worker as usize].push_back(owner);
            }
        }
    }

    /// An item was finished, or will not be.
    pub(super) fn finished(&mut self, hash: u64, runnable: &mut Queue<I, O>) {
        let Self::Sticky(busy) = self else {
            return;
        };
        let Entry::Occupied(mut shard) = busy.entry(hash) else {
            return;
        };
        match shard.get_mut().pop_front() {
            None => {
                shard.remove();
            }
            Some(owner) => insert(runnable, owner),
        }
    }

    /// What `worker` is to run now, if there is anything. `given`: how many workers there are.
    pub(super) fn take(
        &mut self,
        worker: usize,
        given: usize,
        runnable: &mut Queue<I, O>,
    ) -> Option<Owner<I, O>> {
        match self {
            Self::Sticky(_) => runnable.pop_front(),
            Self::Pinned(queues) => queues
                .iter_mut()
                .enumerate()
                .filter(|(at, _)| serves(worker, *at, given))
                // The lowest of all that this worker serves.
                .map(|(_, queue)| queue)
                .filter(|queue| !queue.is_empty())
                .min_by_key(|queue| queue.front().map(index))
                .and_then(VecDeque::pop_front),
        }
    }

    /// Whether nothing is there that one worker alone can run. While there is, nobody leaves: it may become another's.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Sticky(_) => true,
            Self::Pinned(queues) => queues.iter().all(VecDeque::is_empty),
        }
    }

    pub(super) fn clear(&mut self) {
        match self {
            Self::Sticky(busy) => busy.clear(),
            Self::Pinned(queues) => queues.iter_mut().for_each(VecDeque::clear),
        }
    }
}

/// Whether `worker` serves the queue at `at`, where there are workers below `given`. With none the consumer serves all.
fn serves(worker: usize, at: usize, given: usize) -> bool {
    match given {
        0 => true,
        given => worker == at % given,
    }
}

fn index<I, O>(owner: &Owner<I, O>) -> u64 {
    owner.segment().unclaimed().0
}

/// In input order: mostly at the back.
fn insert<I, O>(queue: &mut Queue<I, O>, owner: Owner<I, O>) {
    if queue.back().is_none_or(|last| index(last) < index(&owner)) {
        queue.push_back(owner);
        return;
    }
    let at = queue.partition_point(|other| index(other) < index(&owner));
    queue.insert(at, owner);
}

/// For keys that are hashes already.
#[derive(Debug, Default)]
pub(super) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        // Not called for a `u64`.
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
