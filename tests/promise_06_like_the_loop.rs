//! `ordered` with `cancel_on_error` is what the sequential loop gives: every result before the first failing index, then
//! that failure, whatever the threads do. Unordered: the first failure in time, and a panic beats an error.

mod common;

use common::{Counter, Dice, Gate, caught, payload_text, watch};
use fanout::channel::Receiver;
use fanout::{Error, over};
use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

/// What an item does.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Deed {
    Value,
    Fail,
    Panic,
}

/// What came out: the values up to the end, and how it ended (the index of a panic has a minus before it).
type Trace = (Vec<u64>, Result<(), i64>);

fn act(deed: Deed, index: u64) -> Result<u64, u64> {
    match deed {
        Deed::Value => Ok(index * 3),
        Deed::Fail => Err(index),
        Deed::Panic => panic!("{index}"),
    }
}

fn the_loop(deeds: &[Deed]) -> Trace {
    let mut values = Vec::new();
    for (index, deed) in (0..).zip(deeds) {
        match deed {
            Deed::Value => values.push(index * 3),
            Deed::Fail => return (values, Err(index as i64)),
            Deed::Panic => return (values, Err(-(index as i64))),
        }
    }
    (values, Ok(()))
}

fn traced(run: impl FnOnce(&Mutex<Vec<u64>>) -> Result<(), u64>) -> Trace {
    let values = Mutex::new(Vec::new());
    let end = match catch_unwind(AssertUnwindSafe(|| run(&values))) {
        Ok(end) => end.map_err(|index| index as i64),
        Err(payload) => Err(-payload_text(&*payload)
            .parse::<i64>()
            .expect("the index, as thrown")),
    };
    (values.into_inner().expect("not poisoned"), end)
}

/// Deeds, most of them values, and how long each takes.
fn story(dice: &mut Dice) -> Vec<(Deed, u64)> {
    let failures = dice.below(40);
    (0..dice.below(150))
        .map(|_| {
            let deed = match dice.below(500) {
                n if n < failures => Deed::Fail,
                n if n < failures * 3 / 2 => Deed::Panic,
                _ => Deed::Value,
            };
            let time = match dice.below(20) {
                0 => 100_000,
                1..5 => 5_000,
                _ => 0,
            };
            (deed, time)
        })
        .collect()
}

#[test]
fn every_way_to_consume_gives_what_the_loop_gives() {
    let _dog = watch("a hundred stories");
    let mut dice = Dice::new(6);
    for _ in 0..100 {
        let story = story(&mut dice);
        let deeds: Vec<Deed> = story.iter().map(|(deed, _)| *deed).collect();
        let expected = the_loop(&deeds);
        let workers = 1 + dice.below(6) as usize;
        let window = 1 + dice.below(40) as usize;
        let work = |(index, (deed, time)): (u64, (Deed, u64)), _: &fanout::Context| {
            common::spin(time);
            act(deed, index)
        };
        let input = || (0..).zip(story.clone());
        let run = || {
            over(input())
                .workers(workers)
                .window(window)
                .ordered()
                .cancel_on_error()
                .map(work)
        };
        let for_each = traced(|values| run().for_each(|value| values.lock().unwrap().push(value)));
        assert_eq!(for_each, expected, "for_each");
        let try_for_each = traced(|values| {
            run().try_for_each(|value| {
                values.lock().unwrap().push(value);
                Ok(())
            })
        });
        assert_eq!(try_for_each, expected, "try_for_each");
        let scope = traced(|values| {
            run().scope(|mut results| {
                results.try_for_each(|value| {
                    values.lock().unwrap().push(value?);
                    Ok(())
                })
            })
        });
        assert_eq!(scope, expected, "scope");
        let collect = traced(|values| {
            *values.lock().unwrap() = run().collect::<Vec<u64>>()?;
            Ok(())
        });
        assert_eq!(collect.1, expected.1, "collect");
        let by_index = traced(|values| {
            let items: Vec<_> = input().collect();
            let run = over(items).workers(workers).ordered().cancel_on_error();
            *values.lock().unwrap() = run.map(work).collect::<Vec<u64>>()?;
            Ok(())
        });
        assert_eq!(by_index.1, expected.1, "collect by index");
        if expected.1.is_ok() {
            assert_eq!((&collect.0, &by_index.0), (&expected.0, &expected.0));
        }
    }
}

/// Items 0..9 of which 7 fails before 3 does, for three workers.
#[derive(Default)]
struct SevenThenThree {
    eight_runs: Gate,
    seven_failed: Gate,
}

impl SevenThenThree {
    /// `fail` is called for both.
    fn item<T>(
        &self,
        index: u64,
        cx: &fanout::Context,
        fail: impl Fn(u64) -> Result<u64, T>,
    ) -> Result<u64, T> {
        match index {
            3 => {
                self.seven_failed.wait();
                fail(3)
            }
            7 => {
                self.eight_runs.wait();
                fail(7)
            }
            8 => {
                self.eight_runs.open();
                // Closed by the failure of item 7, which reaches only what comes after it.
                let _closed = cx.done().recv();
                self.seven_failed.open();
                Ok(8)
            }
            n => Ok(n),
        }
    }
}

#[test]
fn of_two_errors_the_lower_index_wins_although_it_came_later() {
    let _dog = watch("errors at 3 and 7");
    for _ in 0..100 {
        let mut delivered = Vec::new();
        let story = SevenThenThree::default();
        let mut lost = 0;
        let end = over(0..9)
            .workers(3)
            .batch(1)
            .ordered()
            .cancel_on_error()
            .map(|n, cx| story.item(n, cx, Err))
            .on_report(|report| lost = report.lost_errors())
            .for_each(|n| delivered.push(n));
        assert_eq!((delivered, end, lost), (vec![0, 1, 2], Err(3), 1));
        let story = SevenThenThree::default();
        let end: Result<Vec<u64>, u64> = over((0..9).collect::<Vec<u64>>())
            .workers(3)
            .ordered()
            .cancel_on_error()
            .map(|n, cx| story.item(n, cx, Err))
            .collect();
        assert_eq!(end, Err(3));
    }
}

#[test]
fn of_two_panics_the_lower_index_wins_although_it_came_later() {
    let _dog = watch("panics at 3 and 7");
    for _ in 0..30 {
        let story = SevenThenThree::default();
        let mut lost = 0;
        let payload = caught(|| {
            over(0..9)
                .workers(3)
                .batch(1)
                .ordered()
                .map(|n, cx| story.item::<Infallible>(n, cx, |at| std::panic::panic_any(at)))
                .on_report(|report| lost = report.lost_panics())
                .for_each(drop);
        });
        assert_eq!(payload.downcast_ref::<u64>(), Some(&3));
        assert_eq!(lost, 1);
    }
}

#[test]
fn in_order_an_error_below_a_panic_wins_as_in_the_loop() {
    let _dog = watch("an error at 3, a panic at 7");
    let story = SevenThenThree::default();
    let end = over(0..9)
        .workers(3)
        .batch(1)
        .ordered()
        .cancel_on_error()
        .map(|n, cx| {
            story.item(n, cx, |at| {
                if at == 7 {
                    std::panic::panic_any(at);
                }
                Err(at)
            })
        })
        .for_each(drop);
    assert_eq!(end, Err(3));
}

#[test]
fn in_order_a_panic_below_an_error_wins_as_in_the_loop() {
    let _dog = watch("a panic at 3, an error at 7");
    let story = SevenThenThree::default();
    let payload = caught(|| {
        over(0..9)
            .workers(3)
            .batch(1)
            .ordered()
            .cancel_on_error()
            .map(|n, cx| {
                story.item(n, cx, |at| {
                    if at == 3 {
                        std::panic::panic_any(at);
                    }
                    Err(at)
                })
            })
            .for_each(drop)
    });
    assert_eq!(payload.downcast_ref::<u64>(), Some(&3));
}

#[test]
fn without_order_a_panic_beats_an_error_that_came_before_it() {
    let _dog = watch("a panic after an error");
    for _ in 0..30 {
        let began = Counter::new();
        let mut lost = (0, 0);
        let payload = caught(|| {
            over(0..2)
                .workers(2)
                .cancel_on_error()
                .map(|n, cx| {
                    began.add(1);
                    began.wait_for(2);
                    if n == 0 {
                        return Err::<(), _>("lost");
                    }
                    // Closed by the error of the other.
                    let _closed = cx.done().recv();
                    panic!("later, and worse");
                })
                .on_report(|report| lost = (report.lost_errors(), report.lost_panics()))
                .run()
        });
        assert_eq!(payload_text(&*payload), "later, and worse");
        assert_eq!(lost, (1, 0));
    }
}

#[test]
fn an_error_says_its_index() {
    let _dog = watch("errors with their index");
    let token = fanout::CancelToken::new();
    for workers in [1, 2, 5] {
        let end = over(0..100)
            .workers(workers)
            .ordered()
            .cancel_on_error()
            .cancel_with(&token)
            .map(|n, _| if n >= 41 { Err(n) } else { Ok(()) })
            .run();
        let error = end.expect_err("item 41 failed");
        assert_eq!((error.index(), error.into_item()), (Some(41), Some(41)));
    }
}

#[test]
fn what_a_stop_caused_is_never_the_error() {
    let _dog = watch("an error that others only follow");
    for ordered in [false, true] {
        for _ in 0..30 {
            let began = Counter::new();
            let work = |n: u64, cx: &fanout::Context| {
                began.add(1);
                if n == 1 {
                    began.wait_for(4);
                    return Err("cause");
                }
                match cx.sleep(std::time::Duration::MAX) {
                    Err(_) => Err::<(), _>("consequence"),
                    Ok(()) => unreachable!("nobody sleeps that long"),
                }
            };
            let run = over(1..5_u64).workers(4).cancel_on_error().map(work);
            let end = if ordered {
                run.ordered().run()
            } else {
                run.run()
            };
            assert_eq!(end, Err("cause"));
        }
    }
}

#[test]
fn everything_before_the_failure_is_run_and_nothing_far_behind_it() {
    let _dog = watch("what is run around a failure");
    for workers in [1, 2, 8] {
        let run = AtomicU64::new(0);
        let end: Result<Vec<()>, u64> = over((0..500_000).collect::<Vec<u64>>())
            .workers(workers)
            .ordered()
            .cancel_on_error()
            .map(|n, _| {
                run.fetch_add(u64::from(n < 700), SeqCst);
                if n == 700 { Err(n) } else { Ok(()) }
            })
            .collect();
        assert_eq!(end, Err(700));
        assert_eq!(run.into_inner(), 700, "{workers} workers");
    }
}

#[test]
fn a_failure_while_the_window_is_full_stalls_nobody() {
    let _dog = watch("a failing head before a full window");
    for _ in 0..100 {
        let behind = Counter::new();
        let end = over(0..1_000_u64)
            .workers(3)
            .window(6)
            .batch(1)
            .ordered()
            .cancel_on_error()
            .map(|n, _| {
                if n == 0 {
                    // All that fits behind the head has run.
                    behind.wait_for(5);
                    return Err("head");
                }
                behind.add(1);
                Ok(())
            })
            .for_each(|()| unreachable!("the head comes first"));
        assert_eq!(end, Err("head"));
        assert_eq!(behind.get(), 5);
    }
}

#[test]
fn a_panicking_next_counts_at_the_index_it_would_have_had() {
    let _dog = watch("next() panics at 5");
    let input = |at: u64| (0..).inspect(move |n| assert_ne!(*n, at, "of the input"));
    for workers in [1, 2, 5] {
        let mut delivered = Vec::new();
        let payload = caught(|| {
            over(input(5))
                .workers(workers)
                .ordered()
                .map(|n, _| n)
                .for_each(|n| delivered.push(n));
        });
        assert!(payload_text(&*payload).contains("of the input"));
        assert_eq!(delivered, [0, 1, 2, 3, 4], "{workers} workers");
        // An error below it comes first.
        let end = over(input(5))
            .workers(workers)
            .ordered()
            .cancel_on_error()
            .map(|n, _| if n == 4 { Err(n) } else { Ok(()) })
            .for_each(drop);
        assert_eq!(end, Err(4), "{workers} workers");
    }
}

#[test]
fn collecting_into_a_result_runs_everything_and_keeps_the_lowest_failure() {
    let _dog = watch("results collected without cancel_on_error");
    use std::collections::BTreeSet;
    for workers in [1, 2, 5] {
        let run = AtomicU64::new(0);
        let work = |n: u64, _: &fanout::Context| {
            run.fetch_add(1, SeqCst);
            common::spin((5_000 - n) * 5);
            if n % 1_000 == 999 { Err(n) } else { Ok(n) }
        };
        let items: Vec<u64> = (0..5_000).collect();
        let ordered: Result<Vec<u64>, u64> = over(&items)
            .workers(workers)
            .ordered()
            .map(|n, cx| work(*n, cx))
            .collect();
        assert_eq!(ordered, Err(999));
        let streamed: Result<Vec<u64>, u64> = over(0..5_000)
            .workers(workers)
            .ordered()
            .map(work)
            .collect();
        assert_eq!(streamed, Err(999));
        let unordered: Result<BTreeSet<u64>, u64> =
            over(0..5_000).workers(workers).map(work).collect();
        assert_eq!(unordered, Err(999));
        let all = over(0..5_000)
            .workers(workers)
            .map(work)
            .collect_all_errors::<Vec<u64>>();
        assert_eq!(all, Err(vec![999, 1_999, 2_999, 3_999, 4_999]));
        assert_eq!(run.into_inner(), 20_000);
    }
}

#[test]
fn a_cancelled_run_never_looks_like_a_short_one() {
    let _dog = watch("a run cancelled in its middle");
    let never: Receiver<u64> = fanout::channel::never();
    let token = fanout::CancelToken::new();
    std::thread::scope(|scope| {
        scope.spawn(|| token.cancel());
        let all: Result<Vec<u64>, Error> = over(never)
            .workers(3)
            .ordered()
            .cancel_with(&token)
            .map(|n, _| n)
            .collect();
        assert_eq!(all, Err(Error::Cancelled));
    });
}
