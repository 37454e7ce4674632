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

/// How many steps missed each other in `steps` of the seldom side. `light` and `heavy` stand between write and look. (Without
/// fences there are some thousand in a million.)
fn missed(steps: u32, light: impl Fn() + Send + 'static, heavy: impl Fn()) -> usize {
    let words: Arc<[Word; 2]> = Arc::default();
    let often = {
        let words = words.clone();
        thread::spawn(move || run([&words[0], &words[1]], 20_000_000, light))
    };
    let seldom = run([&words[1], &words[0]], steps, heavy);
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

#[test]
fn even_fences_keep_both_sides_in_order() {
    watched(|| {
        let even = Fence::Even;
        assert_eq!(missed(1_000_000, move || even.light(), || even.heavy()), 0);
    });
}

#[test]
fn the_heavy_side_alone_keeps_both_sides_in_order() {
    watched(|| {
        let fence = Fence::asymmetric_if(true);
        assert_eq!(missed(5_000, move || fence.light(), || fence.heavy()), 0);
    });
}

#[test]
fn nobody_pays_where_it_is_not_wanted() {
    assert_eq!(Fence::asymmetric_if(false), Fence::Even);
}

#[cfg(any(target_os = "linux", target_os = "android"))]
#[test]
fn time_is_a_fence_if_the_kernel_refuses_its_own() {
    watched(|| {
        let light = || Fence::Asymmetric.light();
        assert_eq!(missed(100, light, super::system::wait_for_writes), 0);
    });
}
