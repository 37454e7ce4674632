//! Keyed order: items with equal keys one at a time.

use super::FanOut;
use crate::input::{KeyFn, Open, ShardedSource};

impl<S: Open, W, O, E, H> FanOut<S, W, O, E, H> {
    /// Items with equal keys run one at a time, in input order, and their results are handed over in that order, in an
    /// unordered run too; different keys run in parallel.
    ///
    /// A key stays with a worker only while it has items in the window, so a slow or frequent key delays itself and no other,
    /// and no worker is idle while an item in the window could run. An item that has to wait for its key takes its place in
    /// the window, so memory is bounded as ever: a window full of one key is one item at a time.
    ///
    /// The key may borrow from the item. A closure needs the type of its parameter. What counts is the key's 64-bit hash:
    /// two keys with the same are one. `key` is called once for each item, on the thread that pulls it, and not at all
    /// where there is one worker.
    ///
    /// ```
    /// use std::{collections::HashMap, sync::Mutex};
    ///
    /// struct Event { user: String, balance: i64 }
    /// # let events = [("ann", 1), ("bob", 7), ("ann", 2), ("ann", 3)];
    /// # let events = events.map(|(user, balance)| Event { user: user.to_owned(), balance });
    ///
    /// let latest = Mutex::new(HashMap::new());
    /// fanout_runtime::over(events)
    ///     .workers(4)
    ///     .shard_by(|event: &Event| event.user.clone())
    ///     .map(|event, _cx| { latest.lock().unwrap().insert(event.user, event.balance); })
    ///     .run();
    /// // The last of each user's events came last.
    /// assert_eq!(latest.into_inner().unwrap()["ann"], 3);
    /// ```
    pub fn shard_by<F, M>(self, key: F) -> FanOut<ShardedSource<S, F::Itself>, W, O, E, H>
    where
        F: KeyFn<S::Item, M>,
    {
        FanOut {
            source: ShardedSource::new(self.source, key.itself()),
            work: self.work,
            hooks: self.hooks,
            settings: self.settings,
            kind: self.kind,
        }
    }
}

impl<S, F, W, O, E, H> FanOut<ShardedSource<S, F>, W, O, E, H> {
    /// Each key belongs to one worker for the whole run, by its hash: a worker's state then owns its keys, and the states
    /// that [`locals`](FanOut::locals) returns have no key in common.
    ///
    /// The price is that a slow or frequent key delays the others of its worker, and that workers may be idle while others
    /// have work. Where the operating system refuses threads, the keys of the missing workers go to others, whole.
    ///
    /// ```
    /// use std::collections::HashMap;
    ///
    /// let counts: Vec<HashMap<&str, u32>> = fanout_runtime::over("a b a c b a".split(' '))
    ///     .workers(2)
    ///     .shard_by(|word: &&str| word.len())
    ///     .pinned()
    ///     .local(HashMap::new)
    ///     .map(|word, w| { *w.local.entry(word).or_default() += 1; })
    ///     .locals();
    /// // No word is in two of them, so there is nothing to merge.
    /// let all: HashMap<_, _> = counts.into_iter().flatten().collect();
    /// assert_eq!(all["a"], 3);
    /// ```
    pub fn pinned(mut self) -> Self {
        self.settings.pinned = true;
        self
    }
}
