//! `sleep` ends early for each way in which an item can be cancelled, and `done` beside a channel does too.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use fanout::channel::{never, select, unbounded};
use fanout::{CancelReason, CancelToken, Context, Error, over};

use crate::common::{Gate, watch};

const HOUR: Duration = Duration::from_secs(3600);

fn sleep_for_ever(cx: &Context) -> Option<CancelReason> {
    cx.sleep(HOUR).err().map(|cancelled| cancelled.reason())
}

#[test]
fn a_sleep_lasts_its_time() {
    let _dog = watch("sleeping");
    let long = Duration::from_millis(5);
    over([(), ()])
        .workers(2)
        .map(|(), cx| {
            let begun = Instant::now();
            assert_eq!(cx.sleep(long), Ok(()));
            assert!(begun.elapsed() >= long);
            assert_eq!(cx.sleep(Duration::ZERO), Ok(()));
        })
        .run();
}

#[test]
fn a_token_wakes_it() {
    let _dog = watch("a sleep that a token ends");
    let token = CancelToken::new();
    let begun = Gate::new();
    let woken = Mutex::new(None);
    let end = over([0, 1, 2])
        .workers(2)
        .cancel_with(&token)
        .map(|n, cx| match n {
            0 => {
                begun.open();
                *woken.lock().expect("no panic") = sleep_for_ever(cx);
            }
            1 => {
                begun.wait();
                token.cancel();
            }
            _ => panic!("both workers are inside until the run is stopped"),
        })
        .run();
    assert_eq!(end, Err(Error::Cancelled));
    let woken = woken.into_inner().expect("no panic");
    assert_eq!(woken, Some(CancelReason::Stopped));
}

/// The longest sleep there is has no end on the clock.
#[test]
fn an_error_wakes_it() {
    let _dog = watch("a sleep that an error ends");
    for ordered in [false, true] {
        let begun = Gate::new();
        let woken = Gate::new();
        let work = |n: u32, cx: &Context| {
            if n == 0 {
                begun.wait();
                return Err("item 0");
            }
            begun.open();
            let cancelled = cx.sleep(Duration::MAX).expect_err("nothing else ends it");
            assert_eq!(cancelled.reason(), CancelReason::Stopped);
            woken.open();
            Ok(())
        };
        let run = over([0, 1]).workers(2).cancel_on_error();
        let end = if ordered {
            run.ordered().map(work).run()
        } else {
            run.map(work).run()
        };
        assert_eq!(end, Err("item 0"));
        assert!(woken.is_open());
    }
}

#[test]
fn a_panic_wakes_it() {
    let _dog = watch("a sleep that a panic ends");
    let (begun, woken) = (Gate::new(), Gate::new());
    let payload = crate::common::caught(|| {
        over([0, 1])
            .workers(2)
            .map(|n, cx| {
                if n == 0 {
                    begun.wait();
                    std::panic::resume_unwind(Box::new("item 0"));
                }
                begun.open();
                assert!(cx.sleep(Duration::MAX).is_err());
                woken.open();
            })
            .run();
    });
    assert_eq!(payload.downcast_ref(), Some(&"item 0"));
    assert!(woken.is_open());
}

/// The run's deadline ends it. Whether the item begins before that is up to the system, so this tries again with more time
/// if it did not.
#[test]
fn the_runs_deadline_wakes_it() {
    let _dog = watch("a sleep that the deadline ends");
    let mut limit = Duration::from_millis(10);
    loop {
        let woken = Mutex::new(None);
        let end = over(0_u64..)
            .workers(2)
            .timeout(limit)
            .map(|_, cx| *woken.lock().expect("no panic") = sleep_for_ever(cx))
            .run();
        assert_eq!(end, Err(Error::DeadlineExceeded));
        if let Some(reason) = woken.into_inner().expect("no panic") {
            assert_eq!(reason, CancelReason::Deadline);
            break;
        }
        limit *= 2;
    }
}

/// The item's own deadline ends its sleep, and the run goes on.
#[test]
fn the_items_deadline_wakes_it() {
    let _dog = watch("sleeps that the items' deadlines end");
    let reasons: Vec<Option<CancelReason>> = over([(); 4])
        .workers(2)
        .ordered()
        .item_timeout(Duration::from_millis(1))
        .map(|(), cx| sleep_for_ever(cx))
        .collect();
    assert_eq!(reasons, [Some(CancelReason::ItemDeadline); 4]);
}

#[test]
fn a_stopped_stream_wakes_it() {
    let _dog = watch("a sleep that a stream's end ends");
    let begun = std::sync::Arc::new(Gate::new());
    let opened = begun.clone();
    let stream = over(vec![()])
        .workers(1)
        .dedicated()
        .map(move |(), cx| {
            opened.open();
            sleep_for_ever(cx)
        })
        .stream();
    begun.wait();
    drop(stream);
}

/// A message, or the end of the run, whichever comes first.
#[test]
fn done_beside_a_channel() {
    let _dog = watch("done in a select");
    let (sender, messages) = unbounded();
    sender.send(7).expect("the receiver is here");
    let token = CancelToken::new();
    let (messaged, waiting, woken) = (Gate::new(), Gate::new(), Gate::new());
    let end = over(0_u64..)
        .workers(3)
        // One at a time, so that 0, 1 and 2 are the three that run.
        .batch(1)
        .cancel_with(&token)
        .map(|n, cx| match n {
            0 => select! {
                recv(messages) -> message => {
                    assert_eq!(message, Ok(7));
                    messaged.open();
                }
                recv(cx.done()) -> _ => panic!("nothing has stopped the run yet"),
            },
            1 => {
                waiting.open();
                select! {
                    recv(never::<u32>()) -> _ => unreachable!(),
                    recv(cx.done()) -> end => {
                        assert!(end.is_err(), "it closes, and never has a message");
                        woken.open();
                    }
                }
            }
            2 => {
                messaged.wait();
                waiting.wait();
                token.cancel();
            }
            _ => {
                let _ = cx.done().recv();
            }
        })
        .run();
    assert_eq!(end, Err(Error::Cancelled));
    assert!(woken.is_open());
}
