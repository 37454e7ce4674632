//! Whole runs, from the input to the terminal, as small as they can be, in every interleaving up to a
//! few preemptions: the
//! hand-over through the window, the end that nobody has to announce, stop and wake. A wake-up that is lost shows as a
//! deadlock.

use crate::stop::CancelToken;
use crate::sync::Arc;
use crate::sync::atomic::{AtomicUsize, Ordering};
use crate::sync::checking::{interleavings as model, large};
use crate::{Error, Feed, over};
use loom::thread;

/// A worker and the consumer: every result comes, in order, although each fills the whole window.
#[test]
fn loom_run_hands_over_in_order() {
    model(2, || {
        let run = over(1..3).ordered().workers(1).dedicated().window(1);
        let mut outs = Vec::new();
        run.map(|n, _cx| n * 10).for_each(|n| outs.push(n));
        assert_eq!(outs, [10, 20]);
    });
}

/// Two workers and the consumer: the last worker out ends it, whichever that is.
#[test]
fn loom_run_two_workers_and_a_consumer() {
    large(|| {
        let run = over(1..3).ordered().workers(2).window(2).batch(1);
        let mut outs = Vec::new();
        run.map(|n, _cx| n * 10).for_each(|n| outs.push(n));
        assert_eq!(outs, [10, 20]);
    });
}

/// The run stops while the worker waits for room, or for the source, or runs: it is woken, and nothing is left of it.
#[test]
fn loom_run_dropped_in_the_middle() {
    model(2, || {
        let item = Arc::new(());
        let source = core::iter::repeat_with({
            let item = item.clone();
            move || item.clone()
        });
        let mut stream = over(source)
            .workers(1)
            .dedicated()
            .window(1)
            .map(|item, _cx| item)
            .stream();
        assert!(stream.next().is_some());
        drop(stream);
        assert_eq!(Arc::strong_count(&item), 1);
    });
}

/// A token against the natural end: all of it, or cancelled; and both can be.
#[test]
fn loom_run_cancelled_or_complete() {
    use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

    static ENDS: [AtomicBool; 2] = [AtomicBool::new(false), AtomicBool::new(false)];
    model(2, || {
        let token = CancelToken::new();
        let canceller = {
            let token = token.clone();
            thread::spawn(move || token.cancel())
        };
        let run = over(1..2)
            .ordered()
            .workers(1)
            .dedicated()
            .cancel_with(&token)
            .map(|n, _cx| n * 10);
        let mut outs = Vec::new();
        let end = run.for_each(|n| outs.push(n));
        match end {
            Ok(()) => assert_eq!(outs, [10]),
            Err(Error::Cancelled) => {}
            Err(other) => panic!("{other:?}"),
        }
        // Std's own atomics: they say what happened over all executions.
        ENDS[usize::from(end.is_ok())].store(true, Relaxed);
        canceller.join().unwrap();
    });
    assert!(ENDS.iter().all(|end| end.load(Relaxed)));
}

/// An error wakes the consumer, which waits for a result that will not come.
#[test]
fn loom_run_with_an_error() {
    model(2, || {
        let run = over(1..4)
            .ordered()
            .workers(1)
            .dedicated()
            .window(1)
            .cancel_on_error()
            .map(|n, _cx| if n == 2 { Err(n) } else { Ok(n) });
        let mut outs = Vec::new();
        assert_eq!(run.for_each(|n| outs.push(n)), Err(2));
        assert_eq!(outs, [1]);
    });
}

/// By index: the calling thread and one helper, which may come late, or not at all.
#[test]
fn loom_run_by_index() {
    model(2, || {
        let run = over(vec![1, 2]).ordered().workers(2).batch(1);
        let outs: Vec<u32> = run.map(|n, _cx| n * 10).collect();
        assert_eq!(outs, [10, 20]);
    });
}

/// Two items of one key on two workers: never at once, in order, and whoever waits for the key is told.
#[test]
fn loom_run_with_one_key() {
    large(|| {
        let inside = AtomicUsize::new(0);
        let run = over(1..3).ordered().workers(2).window(2).batch(2);
        let mut outs = Vec::new();
        run.shard_by(|_: &u32| 0)
            .map(|n, _cx| {
                // Relaxed: a value that was not handed on with the key would be seen here.
                assert_eq!(inside.fetch_add(1, Ordering::Relaxed), 0);
                inside.fetch_sub(1, Ordering::Relaxed);
                n * 10
            })
            .for_each(|n| outs.push(n));
        assert_eq!(outs, [10, 20]);
    });
}

/// Each worker has keys of its own: whichever pulls, the other is told of what is its.
#[test]
fn loom_run_with_pinned_keys() {
    model(1, || {
        let run = over(1..4).workers(2).window(3).batch(3);
        let mut sum = 0;
        run.shard_by(|n: &u32| *n)
            .pinned()
            .map(|n, _cx| n)
            .for_each(|n| sum += n);
        assert_eq!(sum, 6);
    });
}

/// An item pushes another, at the moment when the other worker finds nothing to do: it is never lost, and the run ends.
#[test]
fn loom_run_that_feeds_itself() {
    model(1, || {
        let mut outs = Vec::new();
        over(1..2)
            .workers(2)
            .window(2)
            .batch(1)
            .map_feed(|n: u32, feed: &Feed<u32>, _cx| {
                if n < 2 {
                    feed.push(n + 1);
                }
                n
            })
            .for_each(|n| outs.push(n));
        outs.sort_unstable();
        assert_eq!(outs, [1, 2]);
    });
}

/// One worker feeds itself: the last item is found to be the last.
#[test]
fn loom_run_of_one_that_feeds_itself() {
    model(2, || {
        let mut outs = Vec::new();
        over(1..2)
            .workers(1)
            .dedicated()
            .window(1)
            .map_feed(|n: u32, feed: &Feed<u32>, _cx| {
                if n < 2 {
                    feed.push(n + 1);
                }
                n
            })
            .for_each(|n| outs.push(n));
        assert_eq!(outs, [1, 2]);
    });
}
