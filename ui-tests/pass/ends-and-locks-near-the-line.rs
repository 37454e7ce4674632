//! What looks like an end of a channel in the workers' hands, a result behind a lock, or atomics side by side, and is none.
#![deny(warnings)]

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, RwLock, mpsc};

use fanout::{CancelToken, fan_out};

/// The place for a reply is the item's own.
#[fan_out(workers = 2)]
fn answer((n, reply): (u32, mpsc::Sender<u32>)) {
    let _ = reply.send(n * 2);
}

/// An end that is lent for a reason.
#[fan_out(workers = 2, allow(FO206, reason = "updates for the terminal; the caller drops the sender"))]
fn with_progress(n: u32, #[shared] progress: &mpsc::Sender<u32>) -> u32 {
    let _ = progress.send(n);
    n * 2
}

/// A type of one's own.
pub struct Sender(u32);

#[fan_out]
fn mail(n: u32, #[shared] from: &Sender) -> u32 {
    n + from.0
}

/// Read by all, written by none.
#[fan_out]
fn look_up(word: &str, #[shared] table: &HashMap<String, u32>) -> Option<u32> {
    table.get(word).copied()
}

/// A pool of buffers: what is pushed was taken out.
#[fan_out(workers = 2)]
fn with_a_buffer(n: usize, #[shared] free: &Mutex<Vec<Vec<u8>>>) -> usize {
    let mut buffer = free.lock().unwrap().pop().unwrap_or_default();
    buffer.resize(n, 0);
    let size = buffer.len();
    free.lock().unwrap().push(buffer);
    size
}

/// A lock around one value, and a list that is only read.
#[fan_out]
fn settings(n: u32, #[shared] scale: &RwLock<u32>, #[shared] all: &RwLock<Vec<u32>>) -> u32 {
    let mut own = vec![n];
    own.extend(all.read().unwrap().iter());
    own.len() as u32 * *scale.read().unwrap()
}

/// Locks for parts of a map.
#[fan_out]
fn in_shards(n: u32, #[shared] shards: &[Mutex<HashMap<u32, u32>>]) {
    let shard = n as usize % shards.len();
    *shards[shard].lock().unwrap().entry(n).or_default() += 1;
}

/// Known to be a map behind a lock.
#[fan_out(allow(FO207))]
fn cached(n: u32, #[shared] slow: &Mutex<HashMap<u32, u32>>) -> u32 {
    *slow.lock().unwrap().entry(n).or_insert(n * 2)
}

/// One counter has no neighbour.
#[fan_out]
fn one_counter(n: u64, #[shared] sum: &AtomicU64, #[shared] stop: &CancelToken) {
    if !stop.is_cancelled() {
        sum.fetch_add(n, Relaxed);
    }
}

#[repr(align(128))]
pub struct CachePadded<T>(T);

#[fan_out]
fn padded(n: usize, #[shared] counts: &[CachePadded<AtomicU64>]) {
    counts[n % counts.len()].0.fetch_add(1, Relaxed);
}

#[fan_out(allow(FO208))]
fn seldom_written(n: u32, #[shared] small: &AtomicU64, #[shared] large: &AtomicU64) {
    match n {
        0 => small.fetch_add(1, Relaxed),
        u32::MAX => large.fetch_add(1, Relaxed),
        _ => 0,
    };
}

fn main() {
    let (reply, replies) = mpsc::channel();
    answer([(1, reply.clone()), (2, reply)]).run();
    assert_eq!(replies.iter().sum::<u32>(), 6);
    let (progress, updates) = mpsc::channel();
    assert_eq!(with_progress([3], &progress).collect_unordered(), [6]);
    drop(progress);
    assert_eq!(updates.iter().count(), 1);
    assert_eq!(mail([1], &Sender(1)).collect_unordered(), [2]);
    let table = HashMap::from([(String::from("a"), 1)]);
    assert_eq!(look_up(["a"], &table).collect_unordered(), [Some(1)]);
    assert_eq!(with_a_buffer([4], &Mutex::default()).collect_unordered(), [4]);
    assert_eq!(settings([1], &RwLock::new(2), &RwLock::new(vec![1])).collect_unordered(), [4]);
    in_shards([1], &[Mutex::default(), Mutex::default()]).run();
    assert_eq!(cached([2], &Mutex::default()).collect_unordered(), [4]);
    one_counter([1], &AtomicU64::new(0), &CancelToken::new()).run();
    padded([1], &[CachePadded(AtomicU64::new(0))]).run();
    seldom_written([1], &AtomicU64::new(0), &AtomicU64::new(0)).run();
}
