//! Stops against ends, against each other, and through nested runs.

use crate::common::{Counter, Gate, watch};
use crate::{silent, when_inside};
use fanout::{CancelToken, Error, over};
use std::time::{Duration, Instant};

#[test]
fn a_run_is_complete_or_cancelled_and_never_short() {
    let _dog = watch("cancellation racing with the end");
    let (mut complete, mut cancelled) = (0, 0);
    let mut dice = crate::common::Dice::new(11);
    // Until both have been seen: a race that always ends the same way shows nothing.
    while complete < 20 || cancelled < 20 {
        let token = CancelToken::new();
        let go = Gate::new();
        let delay = dice.below(60_000);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                go.wait();
                crate::common::spin(delay);
                token.cancel();
            });
            let all: Result<Vec<u64>, Error> = over(0..200)
                .workers(2)
                .ordered()
                .cancel_with(&token)
                .map(|n, _| {
                    go.open();
                    n
                })
                .collect();
            match all {
                Ok(all) => {
                    assert!(all.into_iter().eq(0..200));
                    complete += 1;
                }
                Err(error) => {
                    assert_eq!(error, Error::Cancelled);
                    cancelled += 1;
                }
            }
        });
    }
}

#[test]
fn the_first_error_in_time_wins_and_never_one_that_it_caused() {
    let _dog = watch("the first error in time");
    for _ in 0..100 {
        let began = Counter::new();
        let end = over(0..8)
            .workers(8)
            .cancel_on_error()
            .map(|n, cx| {
                began.add(1);
                if n == 5 {
                    began.wait_for(8);
                    return Err(None);
                }
                cx.sleep(Duration::MAX).map_err(Some)
            })
            .run();
        assert_eq!(end, Err(None));
    }
}

#[test]
fn a_nested_run_is_stopped_through_the_context() {
    let _dog = watch("a nested run over a silent channel");
    let (sender, receiver) = silent();
    let token = CancelToken::new();
    let began = Counter::new();
    when_inside(
        &began,
        2,
        || token.cancel(),
        || {
            // The third is never begun, so the outer run is not complete either.
            let end = over(vec![receiver.clone(), receiver.clone(), receiver])
                .workers(2)
                .cancel_with(&token)
                .map(|input, cx| {
                    began.add(1);
                    let inner = over(input)
                        .workers(2)
                        .cancel_with(cx.token())
                        .map(|_, _| ())
                        .run();
                    assert_eq!(inner, Err(Error::Cancelled));
                })
                .run();
            assert_eq!(end, Err(Error::Cancelled));
        },
    );
    drop(sender);
}

#[test]
fn a_deadline_ends_a_run_of_many_short_items() {
    let _dog = watch("an endless run with a deadline");
    for workers in [1, 2, 4] {
        let began = Instant::now();
        let limit = Duration::from_millis(20);
        let end = over(0_u64..)
            .workers(workers)
            .timeout(limit)
            .map(|_, _| ())
            .run();
        assert_eq!(end, Err(Error::DeadlineExceeded));
        assert!(began.elapsed() >= limit, "it was over too early");
        let end = over(0_u64..)
            .workers(workers)
            .timeout(limit)
            .map(|n, _| n)
            .for_each(|_| {});
        assert_eq!(end, Err(Error::DeadlineExceeded));
    }
}

#[test]
fn a_deadline_reaches_items_in_every_way() {
    let _dog = watch("items that wait for the deadline");
    let end = over(0..4)
        .workers(4)
        .timeout(Duration::from_millis(30))
        .map(|n, cx| match n {
            0 => assert_eq!(
                cx.sleep(Duration::MAX)
                    .map_err(|cancelled| cancelled.reason()),
                Err(fanout::CancelReason::Deadline)
            ),
            1 => drop(cx.done().recv()),
            2 => {
                while !cx.is_cancelled() {
                    std::thread::yield_now();
                }
            }
            _ => {
                while cx.remaining() != Some(Duration::ZERO) {
                    std::thread::yield_now();
                }
            }
        })
        .run();
    assert_eq!(end, Err(Error::DeadlineExceeded));
}

#[test]
fn an_ordered_failure_reaches_sleeping_items_above_it_alone() {
    let _dog = watch("items below and above a failure");
    let began = Counter::new();
    let above = Gate::new();
    let end: Result<Vec<u64>, &str> = over(0..3_u64)
        .workers(3)
        .ordered()
        .cancel_on_error()
        .map(|n, cx| {
            began.add(1);
            began.wait_for(3);
            match n {
                0 => {
                    // Item 2 was woken by the failure of item 1, so this one would have been, too.
                    above.wait();
                    assert!(!cx.is_cancelled());
                    assert!(!cx.token().is_cancelled());
                    Ok(n)
                }
                1 => Err("of item 1"),
                _ => {
                    crate::common::until_stopped(cx);
                    above.open();
                    Err("caused by the stop")
                }
            }
        })
        .collect();
    assert_eq!(end, Err("of item 1"));
}
