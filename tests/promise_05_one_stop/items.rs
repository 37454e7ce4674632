//! Items that sleep or select, and consumers that give up.

use crate::common::{Counter, caught, watch};
use crate::{silent, when_inside};
use fanout::channel::Receiver;
use fanout::{CancelToken, Error, over};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

#[test]
fn a_token_wakes_items_that_sleep() {
    let _dog = watch("sleeping items");
    for workers in [1, 2, 5] {
        let token = CancelToken::new();
        let began = Counter::new();
        let woken = AtomicUsize::new(0);
        when_inside(
            &began,
            workers,
            || token.cancel(),
            || {
                let end = over(vec![Duration::MAX; 100])
                    .workers(workers)
                    .cancel_with(&token)
                    .map(|long, cx| {
                        began.add(1);
                        let cancelled = cx.sleep(long).expect_err("cancelled long before");
                        assert_eq!(cancelled.reason(), fanout::CancelReason::Stopped);
                        woken.fetch_add(1, SeqCst);
                    })
                    .run();
                assert_eq!(end, Err(Error::Cancelled));
            },
        );
        assert_eq!(woken.into_inner(), workers);
        assert_eq!(began.get(), workers, "nothing starts after the stop");
    }
}

#[test]
fn an_error_wakes_items_that_sleep_or_select() {
    let _dog = watch("items that sleep or select");
    let began = Counter::new();
    let never: Receiver<()> = fanout::channel::never();
    let end = over(0..6)
        .workers(6)
        .cancel_on_error()
        .map(|n, cx| {
            began.add(1);
            match n {
                0 => {
                    began.wait_for(6);
                    return Err("first");
                }
                1 | 2 => crate::common::until_stopped(cx),
                3 => fanout::channel::select! {
                    recv(cx.done()) -> _ => {},
                    recv(never) -> _ => unreachable!("nobody sends"),
                },
                4 => {
                    while cx.checkpoint().is_ok() {
                        std::thread::yield_now();
                    }
                }
                _ => {
                    while !cx.token().is_cancelled() {
                        std::thread::yield_now();
                    }
                }
            }
            Err::<(), _>("caused by the stop")
        })
        .run();
    assert_eq!(end, Err("first"));
}

#[test]
fn a_panic_wakes_items_that_sleep() {
    let _dog = watch("items that sleep beside a panic");
    let began = Counter::new();
    let payload = caught(|| {
        over(0..4)
            .workers(4)
            .map(|n, cx| {
                began.add(1);
                began.wait_for(4);
                assert_ne!(n, 2, "on purpose");
                crate::common::until_stopped(cx);
            })
            .run();
    });
    assert!(crate::common::payload_text(&*payload).contains("on purpose"));
}

#[test]
fn the_closure_of_try_for_each_wakes_everybody() {
    let _dog = watch("a consumer that gives up");
    let (sender, receiver) = silent();
    (0..4).for_each(|n| sender.send(n).expect("the receiver is here"));
    let began = Counter::new();
    let end = over(receiver)
        .workers(4)
        .map(|n, cx| {
            began.add(1);
            if n > 0 {
                crate::common::until_stopped(cx);
            }
            n
        })
        .try_for_each(|n| {
            began.wait_for(3);
            Err(n)
        });
    assert_eq!(end, Err(0));
    drop(sender);
}

#[test]
fn a_consumer_that_panics_wakes_everybody() {
    let _dog = watch("a consumer that panics");
    let (sender, receiver) = silent();
    (0..4).for_each(|n| sender.send(n).expect("the receiver is here"));
    let payload = caught(|| {
        over(receiver)
            .workers(4)
            .map(|n, cx| {
                if n > 0 {
                    crate::common::until_stopped(cx);
                }
            })
            .for_each(|()| panic!("of the consumer"));
    });
    assert_eq!(crate::common::payload_text(&*payload), "of the consumer");
    drop(sender);
}
