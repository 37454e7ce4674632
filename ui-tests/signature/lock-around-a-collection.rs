#![deny(warnings)]

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, RwLock};

use fanout::fan_out;

#[fan_out(workers = 4)]
fn count(word: String, #[shared] counts: &Mutex<HashMap<String, u32>>) {
    *counts.lock().unwrap().entry(word).or_default() += 1;
}

#[fan_out(workers = 4)]
fn seen(n: u32, #[shared] seen: Arc<RwLock<BTreeSet<u32>>>) -> bool {
    seen.write().unwrap().insert(n)
}

#[fan_out(workers = 4)]
fn gather(n: u32, #[shared] all: &Mutex<Vec<u32>>) {
    let mut all = all.lock().unwrap();
    all.push(n * 2);
}

fn main() {
    count([String::new()], &Mutex::default()).run();
    let _ = seen([1], Arc::default()).collect_unordered();
    gather([1], &Mutex::default()).run();
}
