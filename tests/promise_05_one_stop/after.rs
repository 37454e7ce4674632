//! How little happens after the stop.

use crate::common::{caught, watch};
use fanout::{CancelToken, Error, over};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};

/// How many items began after the stop was visible, when `stop` is called by an item in the middle of a run.
fn begun_after(
    workers: usize,
    stop: impl Fn() + Sync,
    run: impl FnOnce(&(dyn Fn(u64) + Sync)),
) -> usize {
    let visible = AtomicBool::new(false);
    let after = AtomicUsize::new(0);
    run(&|n| {
        if visible.load(SeqCst) {
            after.fetch_add(1, SeqCst);
        }
        crate::common::spin(1_000);
        if n == 300 {
            stop();
            visible.store(true, SeqCst);
        }
    });
    let after = after.into_inner();
    assert!(visible.into_inner(), "the run got that far");
    assert!(
        after <= workers,
        "{after} items began after the stop, by {workers} workers"
    );
    after
}

#[test]
fn after_a_token_at_most_one_item_for_each_worker_begins() {
    let _dog = watch("items after a token");
    for workers in [1, 2, 3, 8] {
        for _ in 0..30 {
            let token = CancelToken::new();
            begun_after(
                workers,
                || token.cancel(),
                |item| {
                    let end = over(0..100_000)
                        .workers(workers)
                        .cancel_with(&token)
                        .map(|n, _| item(n))
                        .run();
                    assert_eq!(end, Err(Error::Cancelled));
                },
            );
            let token = CancelToken::new();
            begun_after(
                workers,
                || token.cancel(),
                |item| {
                    let end = over((0..100_000).collect::<Vec<_>>())
                        .workers(workers)
                        .cancel_with(&token)
                        .map(|n, _| item(n))
                        .run();
                    assert_eq!(end, Err(Error::Cancelled));
                },
            );
        }
    }
}

#[test]
fn a_run_that_stops_itself_leaves_most_items_alone() {
    let _dog = watch("items after an error or a panic");
    // The error becomes visible a moment after the item function has returned, so these count from what is left.
    for workers in [1, 2, 8] {
        let calls = AtomicUsize::new(0);
        let end = over((0..1_000_000).collect::<Vec<u32>>())
            .workers(workers)
            .cancel_on_error()
            .map(|n, _| {
                calls.fetch_add(1, SeqCst);
                if n == 0 { Err(n) } else { Ok(()) }
            })
            .run();
        assert_eq!(end, Err(0));
        let payload = caught(|| {
            over(0..1_000_000)
                .workers(workers)
                .map(|n, _| {
                    calls.fetch_add(1, SeqCst);
                    assert!(n > 0, "on purpose");
                })
                .run();
        });
        drop(payload);
        let calls = calls.into_inner();
        assert!(
            calls < 1_000_000,
            "{calls} of two million were run by {workers} workers"
        );
    }
}

#[test]
fn a_token_that_was_cancelled_before_lets_nothing_start() {
    let _dog = watch("a token that was cancelled before");
    let token = CancelToken::new();
    token.cancel();
    for workers in [1, 2, 8] {
        let pulled = AtomicUsize::new(0);
        let input = || {
            (0..100).inspect(|_| {
                pulled.fetch_add(1, SeqCst);
            })
        };
        let run = || over(input()).workers(workers).cancel_with(&token);
        let never = |_: i32, _: &fanout::Context| unreachable!("nothing starts");
        assert_eq!(run().map(never).run(), Err(Error::Cancelled));
        let all: Result<Vec<()>, Error> = run().ordered().map(never).collect();
        assert_eq!(all, Err(Error::Cancelled));
        assert_eq!(run().map(never).collect_unordered(), Err(Error::Cancelled));
        run().map(never).scope(|mut results| {
            assert_eq!(results.next(), Some(Err(Error::Cancelled)));
            assert_eq!(results.next(), None);
        });
        let by_index = over(vec![1; 100])
            .workers(workers)
            .cancel_with(&token)
            .map(never)
            .run();
        assert_eq!(by_index, Err(Error::Cancelled));
        assert_eq!(pulled.into_inner(), 0, "the input was asked");
    }
}

#[test]
fn cancelling_from_everywhere_and_twice() {
    let _dog = watch("a token cancelled from everywhere");
    struct CancelOnDrop<'a>(&'a CancelToken);
    impl Drop for CancelOnDrop<'_> {
        fn drop(&mut self) {
            self.0.cancel();
        }
    }
    for workers in [1, 2, 8] {
        // From next().
        let token = CancelToken::new();
        let input = (0..1_000).inspect(|n| {
            if *n == 30 {
                token.cancel();
            }
        });
        let end = over(input)
            .workers(workers)
            .cancel_with(&token)
            .map(|_, _| ())
            .run();
        assert_eq!(end, Err(Error::Cancelled));
        // From an item, more than once.
        let token = CancelToken::new();
        let end = over(vec![0; 1_000])
            .workers(workers)
            .cancel_with(&token)
            .map(|_, _| token.cancel())
            .run();
        assert_eq!(end, Err(Error::Cancelled));
        // From the drop of an item.
        let token = CancelToken::new();
        let end = over((0..1_000).map(|_| CancelOnDrop(&token)))
            .workers(workers)
            .cancel_with(&token)
            .map(|item, _| drop(item))
            .run();
        assert_eq!(end, Err(Error::Cancelled));
        // From the consumer.
        let token = CancelToken::new();
        let mut delivered = 0;
        let end = over(0..1_000_000)
            .workers(workers)
            .cancel_with(&token)
            .map(|_, _| ())
            .for_each(|()| {
                delivered += 1;
                token.cancel();
            });
        assert_eq!(end, Err(Error::Cancelled));
        assert!(delivered < 1_000_000);
        // After the end.
        let token = CancelToken::new();
        let end = over(0..10)
            .workers(workers)
            .cancel_with(&token)
            .map(|_, _| ())
            .run();
        token.cancel();
        assert_eq!(end, Ok(()));
    }
}
