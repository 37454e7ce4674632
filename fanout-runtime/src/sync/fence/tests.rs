//! Two threads count up each a word of its own, and note after each step how far the other was: no step and step may miss each
//! other.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::thread;

use super::Fence;
use crate::sync::checking::watched;

#[derive(Default)]
#[repr(align(128))]
struct Word(AtomicU32);

/// The last step of whoever ends it.
const OVER: u32 = u32::MAX;

/// Steps until one side is over: writes to `mine`, looks at `other`, and notes what it saw.
fn run([mine, other]: [&Word; 2], steps: u32, fence: impl Fn()) -> Vec<u32> {
    let mut seen = Vec::with_capacity(steps as usize);
    // Nothing would be shown if one had ended before the other began.
    mine.0.store(1, Relaxed);
    while other.0.load(Relaxed) == 0 {
        thread::yield_now();
    }
    for step in 1..=steps {
        mine.0.store(step, Relaxed);
        fence();
        let other = other.0.load(Relaxed);
        if other == OVER {
            return seen;
        }
        seen.push(other);
    }
    mine.0.store(OVER, Relaxed);
    seen
}

/// Of the often side: so the seldom one has as much time without its fence as with it.
const STEPS: u32 = 3_000_000;

/// How many steps missed each other. `light` and `heavy` stand between write and look. (Without fences there are some thousand.)
fn missed(light: impl Fn() + Send + 'static, heavy: impl Fn()) -> usize {
    let words: Arc<[Word; 2]> = Arc::default();
    let often = {
        let words = words.clone();
        thread::spawn(move || run([&words[0], &words[1]], STEPS, light))
    };
    let seldom = run([&words[1], &words[0]], 10 * STEPS, heavy);
    let often = often.join().expect("the often side panicked");
    // Step n of one side saw the other before its step m; if that saw the first before its step n, they missed.
    (1..)
        .zip(&often)
        .filter(|(n, seen)| {
            let step_after = **seen as usize;
            seldom.get(step_after).is_some_and(|seen| seen < n)
        })
        .count()
}

/// Several times, as the two may not have had a core each all the time.
fn never_missed(light: impl Fn() + Copy + Send + 'static, heavy: impl Fn() + Copy) {
    for _ in 0..4 {
        assert_eq!(missed(light, heavy), 0);
    }
}

/// One after the other, so that two threads have two cores.
#[test]
fn no_kind_of_fence_lets_both_sides_miss_each_other() {
    watched(|| {
        let even = Fence::Even;
        never_missed(move || even.light(), || even.heavy());
        Fence::prepare();
        let asymmetric = Fence::asymmetric_if(true);
        never_missed(move || asymmetric.light(), || asymmetric.heavy());
        // If the kernel refuses its fence.
        #[cfg(any(target_os = "linux", target_os = "android"))]
        never_missed(|| Fence::Asymmetric.light(), super::system::wait_for_writes);
    });
}

#[test]
fn nobody_pays_where_it_is_not_wanted() {
    assert_eq!(Fence::asymmetric_if(false), Fence::Even);
}
