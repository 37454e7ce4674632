//! A blocked `next()` or a running item cannot be interrupted: a run waits for it. Channel inputs and the context are the
//! answer, and they are in `promise_05_one_stop`.

mod common;

use common::{Gate, watch};
use fanout::{CancelToken, Error, over};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

#[test]
fn a_running_item_is_waited_for_by_the_drop_of_its_stream() {
    let _dog = watch("an item that does not look at its context");
    for workers in [1, 3] {
        let (began, go_on) = (Arc::new(Gate::new()), Arc::new(Gate::new()));
        let ended = Arc::new(AtomicBool::new(false));
        let (begins, goes_on, ends) = (began.clone(), go_on.clone(), ended.clone());
        let results = over(0..1)
            .workers(workers)
            .dedicated()
            .map(move |_, _| {
                begins.open();
                goes_on.wait();
                ends.store(true, SeqCst);
            })
            .stream();
        began.wait();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                drop(results);
                assert!(ended.load(SeqCst), "the drop did not wait");
            });
            go_on.open();
        });
    }
}

#[test]
fn a_running_item_is_waited_for_by_a_cancelled_run() {
    let _dog = watch("an item that goes on after the stop");
    for workers in [1, 3] {
        let token = CancelToken::new();
        let mut ended = vec![false; workers];
        let everyone = std::sync::Barrier::new(workers);
        let input = ended
            .iter_mut()
            .map(Some)
            .chain(std::iter::repeat_with(|| None));
        let end = over(input)
            .workers(workers)
            .cancel_with(&token)
            .map(|place, _| {
                if let Some(ended) = place {
                    everyone.wait();
                    token.cancel();
                    common::spin(200_000);
                    *ended = true;
                }
            })
            .run();
        assert_eq!(end, Err(Error::Cancelled));
        assert!(ended.into_iter().all(|ended| ended));
    }
}

#[test]
fn a_blocked_next_is_waited_for_and_its_item_is_not_run() {
    let _dog = watch("a next() that blocks");
    for workers in [1, 3] {
        let (blocked, go_on) = (Arc::new(Gate::new()), Arc::new(Gate::new()));
        let returned = Arc::new(AtomicBool::new(false));
        let (blocks, goes_on, returns) = (blocked.clone(), go_on.clone(), returned.clone());
        let input = (0..).inspect(move |n| {
            if *n == 1 {
                blocks.open();
                goes_on.wait();
                returns.store(true, SeqCst);
            }
        });
        let mut results = over(input)
            .workers(workers)
            .map(|n, _| assert_eq!(n, 0, "begun after the stop"))
            .stream();
        // What was there before the block is delivered.
        assert_eq!(results.next(), Some(()));
        blocked.wait();
        results.stop();
        go_on.open();
        drop(results);
        assert!(returned.load(SeqCst), "the drop did not wait");
    }
}

#[test]
fn what_is_ready_is_delivered_while_next_blocks() {
    let _dog = watch("results beside a next() that blocks");
    for workers in [1, 2, 5] {
        for ordered in [false, true] {
            let delivered = Arc::new(common::Counter::new());
            let seen = delivered.clone();
            // Blocks for ever unless the five before it reach the consumer.
            let input = (0..10_usize).inspect(move |n| {
                if *n == 5 {
                    seen.wait_for(5);
                }
            });
            let run = over(input).workers(workers).dedicated().map(|n, _| n);
            let results = if ordered {
                run.ordered().stream()
            } else {
                run.stream()
            };
            let count = results.inspect(|_| delivered.tick()).count();
            assert_eq!(count, 10);
        }
    }
}
