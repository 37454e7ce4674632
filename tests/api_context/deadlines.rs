//! Deadlines of runs and of items, at the edges of the clock too.

use std::sync::Arc;
use std::time::{Duration, Instant};

use fanout::{CancelReason, Error, over};

use crate::common::{Gate, watch};

const HOUR: Duration = Duration::from_secs(3600);

#[test]
fn a_run_without_time_starts_nothing() {
    let _dog = watch("runs whose deadline has passed");
    for workers in 1..4 {
        let run = || over(vec![0_u32, 1]).workers(workers);
        let end = run()
            .timeout(Duration::ZERO)
            .map(crate::no_item_may_start)
            .run();
        assert_eq!(end, Err(Error::DeadlineExceeded));
        let end = run()
            .deadline(Instant::now())
            .map(crate::no_item_may_start)
            .run();
        assert_eq!(end, Err(Error::DeadlineExceeded));
        let past = Instant::now().checked_sub(Duration::from_millis(1));
        let end = run()
            .deadline(past.unwrap_or_else(Instant::now))
            .map(crate::no_item_may_start);
        assert_eq!(end.run(), Err(Error::DeadlineExceeded));
        // The earliest holds, wherever it stands.
        let end = run().timeout(HOUR).timeout(Duration::ZERO).timeout(HOUR);
        assert_eq!(
            end.map(crate::no_item_may_start).run(),
            Err(Error::DeadlineExceeded)
        );
        let end = run()
            .deadline(Instant::now())
            .timeout(HOUR)
            .map(crate::no_item_may_start);
        assert_eq!(end.run(), Err(Error::DeadlineExceeded));
    }
}

#[test]
fn a_limit_that_the_clock_does_not_know_is_none() {
    let _dog = watch("runs with all the time in the world");
    let run = || over(vec![1, 2]).workers(2);
    let none = |_: i32, cx: &fanout::Context| {
        assert_eq!(cx.deadline(), None);
        assert_eq!(cx.remaining(), None);
    };
    let end: Result<(), Error> = run().timeout(Duration::MAX).map(none).run();
    assert_eq!(end, Ok(()));
    assert_eq!(run().timeout(None).map(none).run(), Ok(()));
    assert_eq!(run().deadline(None).map(none).run(), Ok(()));
    assert_eq!(run().timeout(None::<Duration>).map(none).run(), Ok(()));
    run().item_timeout(Duration::MAX).map(none).run();
    run().item_timeout(None).map(none).run();
}

#[test]
fn the_earlier_deadline_is_the_one_that_is_told() {
    let _dog = watch("deadlines that are told");
    let before = Instant::now();
    let long = Duration::from_secs(10_000);
    let within = |cx: &fanout::Context, limit: Duration| {
        let deadline = cx.deadline().expect("there is one");
        let remaining = cx.remaining().expect("there is one");
        assert!(deadline >= before + limit && deadline <= Instant::now() + limit);
        assert!(remaining <= limit && remaining > Duration::ZERO);
    };
    let run = || over(vec![1, 2]).workers(2);
    let end = run().timeout(HOUR).map(|_, cx| within(cx, HOUR)).run();
    assert_eq!(end, Ok(()));
    let end = run()
        .timeout(HOUR)
        .item_timeout(long)
        .map(|_, cx| within(cx, HOUR));
    assert_eq!(end.run(), Ok(()));
    let end = run()
        .timeout(long)
        .item_timeout(HOUR)
        .map(|_, cx| within(cx, HOUR));
    assert_eq!(end.run(), Ok(()));
    run()
        .item_timeout(long)
        .item_timeout(HOUR)
        .map(|_, cx| within(cx, HOUR))
        .run();
    let exact = before + HOUR;
    let end = run()
        .deadline(exact)
        .map(|_, cx| assert_eq!(cx.deadline(), Some(exact)));
    assert_eq!(end.run(), Ok(()));
}

/// An item whose time is over is told, and its result is still its result; the next item has its time anew.
#[test]
fn a_late_item_is_told_and_counts() {
    let _dog = watch("late items");
    let all: Vec<usize> = over(vec![1, 2, 3])
        .workers(2)
        .ordered()
        .item_timeout(Duration::ZERO)
        .map(|n, cx| {
            assert!(cx.is_cancelled());
            assert_eq!(cx.remaining(), Some(Duration::ZERO));
            let cancelled = cx.checkpoint().expect_err("its time is over");
            assert_eq!(cancelled.reason(), CancelReason::ItemDeadline);
            assert_eq!(cx.sleep(Duration::ZERO), Err(cancelled));
            n
        })
        .collect();
    assert_eq!(all, [1, 2, 3]);
    let deadlines: Vec<Option<Instant>> = over(vec![1, 2, 3])
        .workers(1)
        .ordered()
        .item_timeout(HOUR)
        .map(|_, cx| {
            std::thread::sleep(Duration::from_millis(1));
            cx.deadline()
        })
        .collect();
    assert!(deadlines.is_sorted_by(|one, next| one < next));
}

/// The end of an item's time is no stop: `done` and tokens do not tell it.
#[test]
fn a_late_items_token_is_not_cancelled() {
    let _dog = watch("a late item's token");
    over([()])
        .item_timeout(Duration::ZERO)
        .map(|(), cx| {
            assert!(cx.is_cancelled());
            assert!(!cx.token().is_cancelled());
            let empty = fanout::channel::TryRecvError::Empty;
            assert_eq!(cx.done().try_recv(), Err(empty));
        })
        .run();
}

/// What was finished before the deadline is still delivered by a stream, and then the deadline is.
#[test]
fn finished_results_are_delivered_behind_the_deadline() {
    let _dog = watch("a stream behind its deadline");
    let mut limit = Duration::from_millis(20);
    loop {
        let last = Arc::new(Gate::new());
        let begun = last.clone();
        let mut stream = over(0_u64..)
            .workers(2)
            .batch(1)
            .dedicated()
            .ordered()
            .timeout(limit)
            .map(move |n, cx| {
                if n >= 3 {
                    begun.open();
                    // Until the deadline.
                    let _ = cx.done().recv();
                }
                n
            })
            .stream();
        std::thread::sleep(limit * 2);
        if last.is_open() {
            let all: Vec<_> = stream.by_ref().take(3).collect();
            assert_eq!(all, [Ok(0), Ok(1), Ok(2)]);
            // Those that were inside may still come, and then the deadline does.
            let mut rest: Vec<_> = stream.collect();
            assert_eq!(rest.pop(), Some(Err(Error::DeadlineExceeded)));
            assert!(rest.len() <= 2 && rest.iter().zip(3..).all(|(end, n)| *end == Ok(n)));
            break;
        }
        // The items had no time to begin.
        limit *= 2;
    }
}

/// A run is `Ok` exactly if its input's end was seen and every result handed over, whatever the time is by then.
#[test]
fn a_deadline_during_the_consumer() {
    let _dog = watch("a consumer that is slower than the deadline");
    let mut seen = Vec::new();
    let deadline = Instant::now() + Duration::from_millis(20);
    let end = over(0_u64..)
        .workers(2)
        .ordered()
        .deadline(deadline)
        .map(|n, _cx| n)
        .for_each(|n| {
            while Instant::now() < deadline {
                std::thread::yield_now();
            }
            seen.push(n);
        });
    assert_eq!(end, Err(Error::DeadlineExceeded));
    assert!(seen.iter().copied().eq(0..seen.len() as u64));
}

/// The other way round: a run whose last item was inside when it was told to stop has given everything, so it is `Ok`.
#[test]
fn a_run_that_was_finished_all_the_same_is_complete() {
    let _dog = watch("a run that is cancelled in its last item");
    for workers in [1, 2] {
        let token = fanout::CancelToken::new();
        let all: Result<Vec<u32>, Error> = over(vec![7])
            .workers(workers)
            .ordered()
            .cancel_with(&token)
            .map(|n, cx| {
                token.cancel();
                assert!(cx.is_cancelled());
                n
            })
            .collect();
        assert_eq!(all, Ok(vec![7]), "{workers} workers");
    }
}
