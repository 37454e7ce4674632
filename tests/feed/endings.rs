//! Errors, panics, tokens, deadlines, early drops: what is left in the feed goes, once, and is counted.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use fanout::{CancelToken, Context, Ended, Error, Feed, Report, over};

use crate::common::{Census, Counted, until_stopped, watch};

/// Pushes two of its kind, without end.
fn grow(item: &Counted, feed: &Feed<Counted>, census: &Census) {
    feed.push(census.make(item.value + 1));
    feed.push(census.make(item.value + 1));
}

#[test]
fn an_error_ends_it() {
    let _dog = watch("a feed and an error");
    for workers in [1, 2, 4] {
        let census = Census::new();
        let mut report: Option<Report> = None;
        let end = over([census.make(0)])
            .workers(workers)
            .cancel_on_error()
            .map_feed(|item: Counted, feed, _cx| {
                grow(&item, feed, &census);
                if item.value == 50 {
                    Err("deep enough")
                } else {
                    Ok(())
                }
            })
            .on_report(|told| report = Some(told.clone()))
            .run();
        assert_eq!(end, Err("deep enough"));
        census.assert_all_gone();
        let report = report.expect("the run reports");
        assert_eq!(report.ended(), Ended::Failed);
        // What was made ran, or was dropped because of the stop.
        assert!(report.dropped_pushes() > 0);
        assert_eq!(report.items() + report.dropped_pushes(), census.made());
    }
}

#[test]
fn a_panic_comes_home() {
    let _dog = watch("a feed and a panic");
    for workers in [1, 2, 4] {
        let census = Census::new();
        let payload = catch_unwind(AssertUnwindSafe(|| {
            over([census.make(0)])
                .workers(workers)
                .map_feed(|item: Counted, feed, _cx| {
                    grow(&item, feed, &census);
                    if item.value == 50 {
                        std::panic::panic_any(77_u32);
                    }
                })
                .run();
        }))
        .expect_err("it panics");
        assert_eq!(payload.downcast_ref::<u32>(), Some(&77));
        census.assert_all_gone();
    }
}

#[test]
fn a_token_and_a_deadline_end_it() {
    let _dog = watch("feeds that are stopped");
    for workers in [1, 3] {
        let census = Census::new();
        let token = CancelToken::new();
        let run = |census: &Census| over([census.make(0)]).workers(workers);
        let end = run(&census)
            .cancel_with(&token)
            .map_feed(|item: Counted, feed, _cx| {
                grow(&item, feed, &census);
                if item.value == 30 {
                    token.cancel();
                }
            })
            .run();
        assert_eq!(end, Err(Error::Cancelled));
        let end = run(&census)
            .timeout(Duration::from_millis(10))
            .map_feed(|item: Counted, feed, cx: &Context| {
                grow(&item, feed, &census);
                if item.value == 30 {
                    until_stopped(cx);
                }
            })
            .run();
        assert_eq!(end, Err(Error::DeadlineExceeded));
        census.assert_all_gone();
    }
}

#[test]
fn a_stream_dropped_anywhere() {
    let _dog = watch("streams of fed items, dropped early");
    for taken in 0..40 {
        let census = Census::new();
        let inner = census.clone();
        let root = census.make(0);
        let mut results = over([root])
            .workers(1 + taken % 4)
            .window(10)
            .map_feed(move |item: Counted, feed, _cx| {
                grow(&item, feed, &inner);
                item
            })
            .stream();
        for _ in 0..taken {
            assert!(results.next().is_some());
        }
        drop(results);
        census.assert_all_gone();
    }
}

/// After a stop `try_push` gives the item back; before, when the window's worth is waiting.
#[test]
fn an_item_that_is_given_back() {
    let _dog = watch("try_push");
    for workers in [1, 2] {
        let token = CancelToken::new();
        let end = over([true])
            .workers(workers)
            .window(4)
            .cancel_with(&token)
            .map_feed(|root, feed, cx: &Context| {
                if !root {
                    return;
                }
                let mut pushed = 0;
                while feed.try_push(false).is_ok() {
                    pushed += 1;
                    // Others may take some meanwhile, but not for ever.
                    assert!(pushed < 1_000_000);
                }
                assert!(pushed >= 4);
                token.cancel();
                while !cx.is_cancelled() {
                    std::thread::yield_now();
                }
                assert_eq!(feed.try_push(false), Err(false));
            })
            .run();
        assert_eq!(end, Err(Error::Cancelled));
    }
}
