//! Workers and consumers that wait for input or room.

use crate::common::{Counter, caught, watch};
use crate::{silent, when_inside};
use fanout::{CancelToken, Error, over};
use std::sync::Arc;
use std::time::Duration;

#[test]
fn a_token_wakes_workers_that_wait_on_a_silent_channel() {
    let _dog = watch("a silent channel");
    for workers in [1, 2, 8] {
        let (sender, receiver) = silent();
        let token = CancelToken::new();
        sender.send(1).expect("the receiver is here");
        let began = Counter::new();
        when_inside(
            &began,
            1,
            || token.cancel(),
            || {
                let end = over(receiver)
                    .workers(workers)
                    .cancel_with(&token)
                    .map(|_, _| began.tick())
                    .run();
                assert_eq!(end, Err(Error::Cancelled));
            },
        );
        drop(sender);
    }
}

#[test]
fn an_error_wakes_workers_that_wait_on_a_silent_channel() {
    let _dog = watch("an error beside a silent channel");
    for workers in [1, 2, 8] {
        let (sender, receiver) = silent();
        sender.send(1).expect("the receiver is here");
        let end = over(receiver.clone())
            .workers(workers)
            .cancel_on_error()
            .map(|n, _| Err::<(), u64>(n))
            .run();
        assert_eq!(end, Err(1));
        sender.send(2).expect("the receiver is here");
        let end: Result<Vec<()>, u64> = over(receiver)
            .workers(workers)
            .ordered()
            .cancel_on_error()
            .map(|n, _| Err(n))
            .collect();
        assert_eq!(end, Err(2));
        drop(sender);
    }
}

#[test]
fn a_panic_wakes_workers_that_wait_on_a_silent_channel() {
    let _dog = watch("a panic beside a silent channel");
    for workers in [1, 2, 8] {
        let (sender, receiver) = silent();
        sender.send(1).expect("the receiver is here");
        let payload = caught(|| {
            over(receiver)
                .workers(workers)
                .ordered()
                .map(|n, _| assert_ne!(n, 1, "on purpose"))
                .for_each(|()| {});
        });
        assert!(crate::common::payload_text(&*payload).contains("on purpose"));
        drop(sender);
    }
}

#[test]
fn a_deadline_wakes_workers_that_wait_on_a_silent_channel() {
    let _dog = watch("a deadline beside a silent channel");
    for workers in [1, 2, 8] {
        let (sender, receiver) = silent();
        let end = over(receiver)
            .workers(workers)
            .timeout(Duration::from_millis(30))
            .map(|_, _| ())
            .run();
        assert_eq!(end, Err(Error::DeadlineExceeded));
        drop(sender);
    }
}

#[test]
fn dropping_a_stream_wakes_workers_that_wait_on_a_silent_channel() {
    let _dog = watch("a dropped stream over a silent channel");
    for workers in [1, 2, 8] {
        let (sender, receiver) = silent();
        sender.send(1).expect("the receiver is here");
        let mut results = over(receiver).workers(workers).map(|n, _| n).stream();
        assert_eq!(results.next(), Some(1));
        drop(results);
        // The run has dropped its end of the channel.
        assert!(sender.send(2).is_err());
    }
}

#[test]
fn stopping_a_stream_ends_a_consumer_that_waits() {
    let _dog = watch("a stream stopped by its token");
    for workers in [1, 2, 8] {
        let (sender, receiver) = silent();
        sender.send(1).expect("the receiver is here");
        let mut results = over(receiver).workers(workers).map(|n, _| n).stream();
        let token = results.token();
        assert_eq!(results.next(), Some(1));
        std::thread::scope(|scope| {
            scope.spawn(|| token.cancel());
            // Blocks until the token is cancelled, whichever comes first.
            assert_eq!(results.next(), None);
        });
        assert_eq!(results.next(), None);
        drop(sender);
    }
}

#[test]
fn a_stop_wakes_workers_that_wait_for_room() {
    let _dog = watch("a full window");
    for ordered in [false, true] {
        for workers in [1, 2, 8] {
            let began = Arc::new(Counter::new());
            let count = began.clone();
            let run = over(0_u64..)
                .workers(workers)
                .window(8)
                .batch(1)
                .map(move |n, _| {
                    count.add(1);
                    n
                });
            let results = if ordered {
                run.ordered().stream()
            } else {
                run.stream()
            };
            // All that fits has run; from here on the workers can only wait for room, or look for it.
            began.wait_for(8);
            drop(results);
            assert_eq!(began.get(), 8, "{workers} workers, ordered: {ordered}");
        }
    }
}
