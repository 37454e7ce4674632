//! A run inside an item: it is told to stop by the token that the context hands on, and not otherwise.

use std::time::Duration;

use fanout::{CancelToken, Error, over};

use crate::common::{Counter, Gate, watch};

#[test]
fn a_nested_run_is_stopped_by_the_token_it_was_given() {
    let _dog = watch("a nested run that has no end of its own");
    let token = CancelToken::new();
    let begun = Gate::new();
    let inner_ended = Gate::new();
    let end = std::thread::scope(|scope| {
        scope.spawn(|| {
            begun.wait();
            token.cancel();
        });
        over(0_u64..)
            .workers(2)
            .cancel_with(&token)
            .map(|n, cx| {
                if n > 0 {
                    let _ = cx.done().recv();
                    return;
                }
                let inner = over(0_u64..)
                    .workers(2)
                    .cancel_with(cx.token())
                    .map(|_, _cx| begun.open())
                    .run();
                assert_eq!(inner, Err(Error::Cancelled));
                inner_ended.open();
            })
            .run()
    });
    assert_eq!(end, Err(Error::Cancelled));
    assert!(inner_ended.is_open());
}

/// Of an ordered run, too, whose failures reach only the items after them.
#[test]
fn a_failure_stops_the_nested_runs_of_the_items_after_it() {
    let _dog = watch("nested runs around a failure");
    let inside = Counter::new();
    let after_was_stopped = Gate::new();
    let end = over([0, 1, 2])
        .workers(3)
        .ordered()
        .cancel_on_error()
        .map(|n, cx| match n {
            1 => {
                inside.wait_for(1);
                Err("item 1")
            }
            2 => {
                let inner = over(0_u64..)
                    .workers(2)
                    .cancel_with(cx.token())
                    .map(|i, _cx| {
                        if i == 0 {
                            inside.add(1);
                        }
                    })
                    .run();
                assert_eq!(inner, Err(Error::Cancelled));
                after_was_stopped.open();
                Ok(0)
            }
            _ => {
                after_was_stopped.wait();
                // The failure at 1 is behind this one, which is still needed whole.
                let inner = over(0..50_u64).workers(2).cancel_with(cx.token());
                inner.map(|_, _cx| ()).run().map_err(|_| "stopped")?;
                Ok(n)
            }
        })
        .collect::<Vec<i32>>();
    assert_eq!(end, Err("item 1"));
}

/// The run's deadline comes through as well, as a cancellation.
#[test]
fn the_deadline_reaches_a_nested_run() {
    let _dog = watch("a nested run under a deadline");
    let mut limit = Duration::from_millis(10);
    loop {
        let inner_ended = Gate::new();
        let end = over(0_u64..)
            .workers(2)
            .timeout(limit)
            .map(|_, cx| {
                let inner = over(0_u64..).workers(2).cancel_with(cx.token());
                assert_eq!(inner.map(|_, _cx| ()).run(), Err(Error::Cancelled));
                inner_ended.open();
            })
            .run();
        assert_eq!(end, Err(Error::DeadlineExceeded));
        if inner_ended.is_open() {
            break;
        }
        // It had no time to begin.
        limit *= 2;
    }
}

/// Cancelling the token that was handed on does not reach back, nor to other items.
#[test]
fn a_handed_on_token_is_a_child() {
    let _dog = watch("tokens of items");
    for ordered in [false, true] {
        let work = |n: u32, cx: &fanout::Context| {
            let (token, other) = (cx.token(), cx.token());
            token.cancel();
            assert!(token.is_cancelled());
            assert!(!other.is_cancelled() && !cx.is_cancelled());
            assert_eq!(cx.checkpoint(), Ok(()));
            n
        };
        let all: Vec<u32> = if ordered {
            over(0..20).workers(2).ordered().map(work).collect()
        } else {
            over(0..20).workers(2).map(work).collect_unordered()
        };
        assert_eq!(all.len(), 20);
    }
}
