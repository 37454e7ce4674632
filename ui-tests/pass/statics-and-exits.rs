#![deny(warnings)]

use fanout::fan_out;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock};

static TOTAL: AtomicU64 = AtomicU64::new(0);
static LOG: Mutex<Vec<u64>> = Mutex::new(Vec::new());
const MAX: usize = 2;

#[fan_out]
fn counts(n: u64) -> u64 {
    static SEEN: AtomicU64 = AtomicU64::new(0);
    static FIRST: OnceLock<u64> = OnceLock::new();
    SEEN.fetch_add(1, Ordering::Relaxed);
    TOTAL.fetch_add(n, Ordering::Relaxed);
    LOG.lock().unwrap().push(n);
    *FIRST.get_or_init(|| n)
}

#[fan_out]
fn table(n: u64) -> u64 {
    let mut parts = [n, 1, 2];
    unsafe {
        *parts.get_unchecked_mut(MAX) += 1;
    }
    parts.iter().sum()
}

struct Door;

impl Door {
    fn exit(&self, n: u64) -> u64 {
        n
    }
}

/// It is the process that is meant to go on.
#[fan_out]
fn exits(n: u64, #[shared] process: &Door) -> u32 {
    fn abort(n: u64) -> u64 {
        n
    }
    std::process::id().min((process.exit(n) + abort(n)) as u32)
}

fn main() {
    assert_eq!(counts([1]).collect_unordered(), [1]);
    assert_eq!(table([1]).collect_unordered(), [5]);
    assert_eq!(exits([0], &Door).collect_unordered(), [0]);
    assert_eq!(TOTAL.load(Ordering::Relaxed), 1);
}
