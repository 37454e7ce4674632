//! A book of what runs at the moment, by key.

use std::collections::HashMap;
use std::sync::Mutex;

/// Who is inside an item, by key, and which item of the key was the last.
#[derive(Debug, Default)]
pub struct Lanes(Mutex<HashMap<u64, Lane>>);

#[derive(Debug, Default)]
struct Lane {
    inside: bool,
    last: Option<u64>,
    ran: u64,
}

impl Lanes {
    /// Item `index` of `key` runs `f`. Panics if another of the key is running, or one that comes after it has run.
    pub fn run<R>(&self, key: u64, index: u64, f: impl FnOnce() -> R) -> R {
        {
            let mut lanes = self.0.lock().unwrap();
            let lane = lanes.entry(key).or_default();
            assert!(!lane.inside, "two items of key {key} at once");
            assert!(lane.last < Some(index), "item {index} of key {key} is late");
            lane.inside = true;
            lane.last = Some(index);
        }
        let result = f();
        let mut lanes = self.0.lock().unwrap();
        let lane = lanes.entry(key).or_default();
        lane.inside = false;
        lane.ran += 1;
        result
    }

    /// How many items ran.
    pub fn ran(&self) -> u64 {
        self.0.lock().unwrap().values().map(|lane| lane.ran).sum()
    }
}
