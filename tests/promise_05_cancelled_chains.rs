//! Promise 5, for stages: a chain that was cancelled never passes for one that is complete.

mod common;

use std::thread;

use common::{Dice, Gate, watch};
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
