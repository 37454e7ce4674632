//! Promise 5, for stages: a chain that was cancelled never passes for one that is complete.

mod common;

use std::thread;
use std::time::Duration;

use common::{Dice, Gate, until_stopped, watch};
use fanout::{CancelToken, Error, over};

const ITEMS: u64 = 20_000;

/// The cancellation comes at another moment each time, and each time the answer is all of it or an error. (The stage stops
/// because the last run does, and what the last run sees of that must not look like the end of the input.)
#[test]
fn are_whole_or_cancelled() {
    let _dog = watch("a few hundred cancelled chains");
    let mut dice = Dice::new(5);
    let mut cancelled = 0;
    for _ in 0..300 {
        let token = CancelToken::new();
        let begun = Gate::new();
        let outcome = thread::scope(|scope| {
            let pause = dice.below(400);
            let (begun, token) = (&begun, &token);
            scope.spawn(move || {
                begun.wait();
                (0..pause).for_each(|_| thread::yield_now());
                token.cancel();
            });
            over(over(0..ITEMS).workers(2).map(|n, _cx| n))
                .workers(2)
                .cancel_with(token)
                .map(|n, _cx| {
                    begun.open();
                    n
                })
                .collect_unordered()
        });
        match outcome {
            Ok(all) => assert_eq!(all.len() as u64, ITEMS),
            Err(error) => {
                assert_eq!(error, Error::Cancelled);
                cancelled += 1;
            }
        }
    }
    assert!(cancelled > 0, "no chain was cancelled before its end");
}

/// A deadline ends a run whose input is a stage that brings nothing, and the items of that stage are told.
#[test]
fn end_at_their_deadline() {
    let _dog = watch("chains with a deadline");
    for workers in [1, 2] {
        let (_open, silent) = fanout::channel::bounded::<u64>(1);
        let stage = over(silent).workers(2).map(|n, _cx| n);
        let end = over(stage)
            .workers(workers)
            .timeout(Duration::from_millis(20))
            .map(|_, _cx| ())
            .run();
        assert_eq!(end, Err(Error::DeadlineExceeded));

        let stage = over(0..3_u64).workers(2).map(|_, cx| until_stopped(cx));
        let end = over(stage)
            .workers(workers)
            .ordered()
            .timeout(Duration::from_millis(20))
            .map(|(), _cx| ())
            .collect::<Vec<()>>();
        assert_eq!(end, Err(Error::DeadlineExceeded));
    }
}
