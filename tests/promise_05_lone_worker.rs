//! One worker over an input that blocks, and little room in the window: nothing that is there waits for what is not.

mod common;

use std::sync::Arc;
use std::sync::mpsc::channel;

use common::{Counter, watch};
use fanout::{Error, over};

/// After many quick items, so that batches are as large as they get.
#[test]
fn a_lone_worker_hands_over_each_result_before_it_asks_for_the_next() {
    const QUICK: u32 = 5_000;
    for ordered in [false, true] {
        let _dog = watch("one worker over an input that blocks");
        let (send, items) = channel();
        (0..QUICK).for_each(|n| send.send(n).unwrap());
        let run = over(items.into_iter()).workers(1).map(|n, _cx| n);
        let mut stream = if ordered {
            run.ordered().stream()
        } else {
            run.stream()
        };
        for n in 0..QUICK {
            assert_eq!(stream.next(), Some(n));
        }
        for n in 0..100 {
            // The worker is inside the input's `next`, and cannot come out before this is sent.
            send.send(n).unwrap();
            assert_eq!(stream.next(), Some(n));
        }
        drop(send);
        assert_eq!(stream.next(), None);
    }
}

#[test]
fn a_lone_worker_ends_as_others_do() {
    static TEXT: [&str; 4] = ["1", "2", "x", "4"];
    let _dog = watch("the ends of a run with one worker");
    let parse = |text: &str, _: &fanout::Context| text.parse::<u32>();
    let mut good = Vec::new();
    let end = over(TEXT.iter().copied())
        .workers(1)
        .ordered()
        .cancel_on_error()
        .map(parse)
        .for_each(|n| good.push(n));
    assert!(end.is_err());
    assert_eq!(good, [1, 2]);

    let mut stream = over(TEXT.iter().copied()).workers(1).map(parse).stream();
    assert_eq!(stream.by_ref().filter(Result::is_ok).count(), 3);
    assert_eq!(stream.finish(), Ok(()));

    let panics = std::panic::catch_unwind(|| {
        let input = (0..).map(|n: u32| if n < 3 { n } else { panic!("the input") });
        let stream = over(input).workers(1).map(|n, _cx| n).stream();
        for (seen, n) in (0_u32..).zip(stream) {
            assert_eq!(n, seen);
        }
    });
    assert_eq!(
        panics.unwrap_err().downcast_ref::<&str>(),
        Some(&"the input")
    );
}

#[test]
fn a_lone_worker_stops_between_items() {
    let _dog = watch("a token and one worker");
    let token = fanout::CancelToken::new();
    let pulled = Arc::new(Counter::new());
    let asked = pulled.clone();
    let mut stream = over(std::iter::repeat_with(move || asked.add(1)))
        .workers(1)
        .window(4)
        .cancel_with(&token)
        .map(|_, _cx| ())
        .stream();
    assert_eq!(stream.next(), Some(Ok(())));
    token.cancel();
    assert!(stream.any(|end| matches!(end, Err(Error::Cancelled))));
    assert_eq!(stream.next(), None);
}

/// Less than a quarter of the window is free, and stays so: it is used all the same.
#[test]
fn little_room_is_used_where_no_more_comes() {
    const WINDOW: usize = 64;
    for workers in [1, 2, 5] {
        let _dog = watch("little room in the window");
        let pulled = Arc::new(Counter::new());
        let asked = pulled.clone();
        let mut stream = over(std::iter::repeat_with(move || asked.add(1)))
            .workers(workers)
            .window(WINDOW)
            .dedicated()
            .map(|_, _cx| ())
            .stream();
        for taken in 1..=40 {
            assert_eq!(stream.next(), Some(()));
            if taken % 10 == 0 {
                // Whatever was taken is told a quarter of the window at a time, and when the consumer waits: so at most that
                // much less than the whole window has been asked for in the end.
                pulled.wait_for(taken + WINDOW - WINDOW / 4);
            }
        }
        drop(stream);
    }
}

/// Among items that cost nothing some wait for one behind them, as far as the window lets them: whoever is idle has to come
/// for it, however little room there is.
#[test]
fn items_that_wait_for_others_find_them_in_little_room() {
    const ITEMS: usize = 3_000;
    for (workers, window) in [(2, 16), (3, 16), (3, 64), (5, 64)] {
        let _dog = watch(format!("{workers} workers, a window of {window}"));
        let begun = Counter::new();
        let waits = |n: usize| n % 13 == 0 && n + window < ITEMS;
        let results: Vec<usize> = over((0..ITEMS).filter(|_| true))
            .workers(workers)
            .window(window)
            .ordered()
            .map(|n, _cx| {
                begun.tick();
                if waits(n) {
                    // All before it have begun, it and one more: the one behind it, or one that somebody was quicker with.
                    begun.wait_for(n + 2);
                }
                n
            })
            .scope(|stream| {
                let mut results = Vec::new();
                for n in stream {
                    if n % 7 == 0 {
                        common::spin(20_000);
                    }
                    results.push(n);
                }
                results
            });
        assert!(results.into_iter().eq(0..ITEMS));
    }
}
