//! Early drops, tokens, deadlines, panics: nothing is left behind in a shard's queue.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use fanout::{CancelToken, Context, Error, over};

use crate::common::{Bomb, Census, Counted, Counter, payload_text, until_stopped, watch};

fn key(item: &Counted) -> u64 {
    item.value % 3
}

#[test]
fn a_stream_dropped_anywhere() {
    let _dog = watch("sharded streams dropped early");
    for pinned in [false, true] {
        for taken in 0..60 {
            let census = Census::new();
            let made = census.clone();
            let run = over((0..).map(move |n| made.make(n)))
                .workers(3)
                .window(25)
                .shard_by(key);
            let run = if pinned { run.pinned() } else { run };
            let mut results = run.ordered().map(|item, _cx| item).stream();
            for n in 0..taken {
                assert_eq!(results.next().map(|item| item.value), Some(n));
            }
            drop(results);
            census.assert_all_gone();
        }
    }
}

#[test]
fn a_token_and_a_deadline() {
    let _dog = watch("sharded runs that are stopped");
    let census = Census::new();
    let items = || (0..500_u64).map(|n| census.make(n));
    let token = CancelToken::new();
    let end = over(items())
        .workers(3)
        .shard_by(key)
        .cancel_with(&token)
        .map(|_, cx: &Context| {
            token.cancel();
            until_stopped(cx);
        })
        .run();
    assert_eq!(end, Err(Error::Cancelled));
    let end = over(items())
        .workers(3)
        .shard_by(key)
        .timeout(Duration::from_millis(10))
        .map(|_, cx: &Context| until_stopped(cx))
        .run();
    assert_eq!(end, Err(Error::DeadlineExceeded));
    census.assert_all_gone();
}

/// A panic of the item function, of the key function, of a key's own code, of an item that waits for its key.
#[test]
fn panics_come_home() {
    let _dog = watch("sharded runs that panic");
    let census = Census::new();
    let items = || (0..200_u64).map(|n| census.make(n));
    for workers in [2, 5] {
        let in_an_item = || {
            over(items())
                .workers(workers)
                .shard_by(key)
                .map(|item, _cx| assert!(item.value != 70, "in an item"))
                .run();
        };
        let in_the_key_function = || {
            over(items())
                .workers(workers)
                .shard_by(|item: &Counted| {
                    assert!(item.value != 70, "in the key function");
                    item.value % 3
                })
                .map(|_, _cx| ())
                .run();
        };
        let started = Counter::new();
        let pulled = Counter::new();
        let in_a_drop = || {
            let input = (0..40_u64).map(|n| {
                pulled.add(1);
                (n, Bomb("in a drop"))
            });
            over(input)
                .workers(workers)
                .shard_by(|_: &(u64, Bomb)| 0)
                .cancel_on_error()
                .map(|(_, bomb), _cx| {
                    std::mem::forget(bomb);
                    started.add(1);
                    // Two more wait for their key.
                    pulled.wait_for(3);
                    Err::<(), _>("stop")
                })
                .run()
        };
        for (what, run) in [
            ("in an item", &in_an_item as &dyn Fn()),
            ("in the key function", &in_the_key_function),
            ("in a drop", &|| {
                let _ = in_a_drop();
            }),
        ] {
            let payload = catch_unwind(AssertUnwindSafe(run)).expect_err("it panics");
            assert_eq!(payload_text(&*payload), what);
        }
        assert_eq!(started.get(), 1);
    }
    census.assert_all_gone();
}
