//! Many inputs, on all cores, with somebody who sees if one never ends.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::judge::Verdict;
use super::{Dice, try_one};

/// An input takes well below a millisecond, on a machine that has nothing more urgent to do.
const PATIENCE: Duration = Duration::from_secs(60);

/// How many inputs there are in an ordinary test run.
const FEW: u64 = 1_500;

fn range(wanted: &str) -> Option<Range<u64>> {
    let number = |text: &str| text.parse().ok();
    match wanted.split_once("..") {
        None => Some(0..number(wanted)?),
        Some((from, to)) => Some(number(from)?..number(to)?),
    }
}

#[test]
fn soup() {
    let numbers = match std::env::var("FANOUT_SOUP") {
        Ok(wanted) => range(&wanted).expect("FANOUT_SOUP is a number of inputs, or `from..to`"),
        Err(_) => 0..FEW,
    };
    let count = numbers.end - numbers.start;
    let begun = Instant::now();
    let next = AtomicU64::new(numbers.start);
    let verdicts = [const { AtomicU64::new(0) }; 3];
    thread::scope(|scope| {
        let (done, waiting) = channel::<()>();
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            let done = done.clone();
            let (next, verdicts) = (&next, &verdicts);
            scope.spawn(move || {
                let _done = done;
                loop {
                    let k = next.fetch_add(1, Relaxed);
                    if k >= numbers.end {
                        break;
                    }
                    let verdict = try_one(&mut Dice::numbered(k));
                    verdicts[verdict as usize].fetch_add(1, Relaxed);
                }
            });
        }
        drop(done);
        let mut before = 0;
        while waiting.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            let now: u64 = verdicts.iter().map(|of| of.load(Relaxed)).sum();
            if now == before {
                eprintln!("an input near {now} is not over after {PATIENCE:?}");
                std::process::abort();
            }
            before = now;
            println!("{now} inputs so far");
        }
    });
    let [accepted, rejected, unreadable] = verdicts.map(AtomicU64::into_inner);
    assert_eq!(
        accepted + rejected + unreadable,
        count,
        "a thread ended early"
    );
    println!(
        "{count} inputs in {:?}: {accepted} accepted, {rejected} rejected, {unreadable} no functions",
        begun.elapsed()
    );
    // An input that is rejected tries little of the macro.
    assert!(
        Verdict::Accepted as usize == 0 && accepted * 20 > count,
        "hardly any input is right"
    );
}
