//! Order per key as most people write it: a thread for each lane, a channel for each thread, and the hash of an item's key
//! says which lane the item goes to.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash};
use std::thread;

use crossbeam_channel::bounded;

/// `window`: room for so many items in all lanes together. Returns what each lane's thread counted.
pub fn run<T, K>(
    input: impl Iterator<Item = T>,
    lanes: usize,
    window: usize,
    key: impl Fn(&T) -> K,
    work: impl Fn(T) + Sync,
) -> Vec<u64>
where
    T: Send,
    K: Hash,
{
    let hashes = BuildHasherDefault::<DefaultHasher>::new();
    let work = &work;
    thread::scope(|scope| {
        let (senders, threads): (Vec<_>, Vec<_>) = (0..lanes)
            .map(|_| {
                let (sender, items) = bounded(window / lanes);
                let count = || items.into_iter().map(work).count() as u64;
                (sender, scope.spawn(count))
            })
            .unzip();
        for item in input {
            let lane = hashes.hash_one(key(&item)) % lanes as u64;
            // Where one lane is full this waits, whatever the others could do with the next items.
            if senders[lane as usize].send(item).is_err() {
                break;
            }
        }
        drop(senders);
        threads
            .into_iter()
            .map(|thread| match thread.join() {
                Ok(count) => count,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    })
}
