//! Streams and scopes: what their own methods say.

use std::time::Duration;

use fanout::{Ended, Error, NotReady, Stream, over};

use crate::common::{Census, Counter, Gate, watch};
use std::sync::Arc;

#[test]
fn a_fan_out_can_be_looped_over() {
    let _dog = watch("for over a fan-out");
    let mut sum = 0;
    for n in over(vec![1, 2, 3]).workers(2).map(|n, _cx| n * 10) {
        sum += n;
    }
    assert_eq!(sum, 60);
}

#[test]
fn it_is_ready_when_a_result_is() {
    let _dog = watch("try_next and next_timeout");
    let gate = Arc::new(Gate::new());
    let opened = gate.clone();
    // Dedicated, so that no item runs on this thread, for which it would wait.
    let mut stream = over(vec![0, 1])
        .workers(2)
        .dedicated()
        .ordered()
        .map(move |n, _cx| {
            opened.wait();
            n
        })
        .stream();
    assert_eq!(stream.try_next(), Err(NotReady));
    assert_eq!(stream.next_timeout(Duration::ZERO), Err(NotReady));
    let soon = Duration::from_millis(1);
    assert_eq!(stream.next_timeout(soon), Err(NotReady));
    gate.open();
    assert_eq!(stream.next_timeout(Duration::MAX), Ok(Some(0)));
    let second = loop {
        match stream.try_next() {
            Err(NotReady) => std::thread::yield_now(),
            other => break other,
        }
    };
    assert_eq!(second, Ok(Some(1)));
    assert_eq!(stream.next(), None);
    assert_eq!(stream.try_next(), Ok(None));
    assert_eq!(stream.next_timeout(Duration::MAX), Ok(None));
    assert_eq!(stream.finish(), Ok(()));
}

/// After `stop` no item starts; what is finished still comes, then there is nothing, and no error was made up.
#[test]
fn a_stopped_stream_ends() {
    let _dog = watch("a stopped stream");
    let mut stream = over(0_u32..).workers(2).ordered().map(|n, _cx| n).stream();
    assert_eq!(stream.next(), Some(0));
    stream.stop();
    let rest: Vec<u32> = stream.by_ref().collect();
    assert!(rest.iter().zip(1..).all(|(n, expected)| *n == expected));
    assert_eq!(stream.next(), None);
    assert_eq!(stream.finish(), Ok(()));
}

#[test]
fn an_error_is_the_last_that_comes() {
    let _dog = watch("a failing stream");
    let mut stream = over(0_u32..)
        .workers(3)
        .ordered()
        .cancel_on_error()
        .map(|n, _cx| if n < 5 { Ok(n) } else { Err(n) })
        .stream();
    let all: Vec<_> = stream.by_ref().collect();
    assert_eq!(all, [Ok(0), Ok(1), Ok(2), Ok(3), Ok(4), Err(5)]);
    assert_eq!(stream.next(), None);
    assert_eq!(stream.finish(), Ok(()), "the error was handed over already");
}

#[test]
fn finish_tells_the_error_that_was_not_taken() {
    let _dog = watch("finish");
    let (second_began, stopped) = (Gate::new(), Arc::new(Gate::new()));
    let second_was_stopped = stopped.clone();
    let stream = over(vec![0_u32, 1])
        .workers(2)
        .dedicated()
        .ordered()
        .cancel_on_error()
        .map(move |n, cx| {
            if n == 0 {
                second_began.wait();
                return Err("first");
            }
            second_began.open();
            // Closed by the failure below.
            let _ = cx.done().recv();
            second_was_stopped.open();
            Ok(n)
        })
        .stream();
    stopped.wait();
    assert_eq!(stream.finish(), Err(Err("first")));
}

#[test]
fn a_dropped_stream_leaves_nothing() {
    let _dog = watch("a dropped stream");
    let census = Census::new();
    let items = census.clone();
    let mut stream = over((0..).map(move |n| items.make(n)))
        .workers(3)
        .map(|item, _cx| item)
        .stream();
    assert!(stream.next().is_some());
    drop(stream);
    census.assert_all_gone();
}

#[test]
fn a_streams_token_stops_it_from_elsewhere() {
    let _dog = watch("a stream's token");
    // Without a token of the caller's the run has no way to say `Cancelled`, so the stream just ends.
    let mut plain: Stream<u64> = over(0_u64..).workers(2).map(|n, _cx| n).stream();
    let token = plain.token();
    std::thread::spawn(move || token.cancel())
        .join()
        .expect("cancel");
    assert!(plain.by_ref().count() < usize::MAX);
    assert_eq!(plain.finish(), Ok(()));

    let mut stoppable = over(0_u64..)
        .workers(2)
        .timeout(None)
        .map(|n, _cx| n)
        .stream();
    let token = stoppable.token();
    std::thread::spawn(move || token.cancel())
        .join()
        .expect("cancel");
    assert_eq!(stoppable.by_ref().last(), Some(Err(Error::Cancelled)));
    assert_eq!(
        stoppable.finish(),
        Ok(()),
        "the end was handed over already"
    );
}

#[test]
fn a_stream_may_move_between_its_results() {
    let _dog = watch("a stream that moves");
    let mut stream = over(vec![1, 2, 3])
        .workers(2)
        .ordered()
        .map(|n, _cx| n)
        .stream();
    assert_eq!(stream.next(), Some(1));
    let rest = std::thread::spawn(move || stream.collect::<Vec<_>>());
    assert_eq!(rest.join().expect("it goes on there"), [2, 3]);
}

/// A scope borrows what it likes and returns what its closure does.
#[test]
fn a_scope_borrows() {
    let _dog = watch("a scope");
    let words = vec![String::from("b"), String::from("a")];
    let called = Counter::new();
    let mut ended = None;
    let first: Option<&str> = over(&words)
        .workers(2)
        .ordered()
        .map(|word: &String, _cx| {
            called.add(1);
            word.as_str()
        })
        .on_report(|report| ended = Some(report.ended()))
        .scope(|mut results| {
            assert_eq!(results.next(), Some("b"));
            let second = results.next();
            assert_eq!(results.next(), None);
            assert_eq!(results.try_next(), Ok(None));
            second
        });
    assert_eq!(first, Some("a"));
    assert_eq!(called.get(), 2);
    assert_eq!(ended, Some(Ended::Completed));
}

/// Leaving a scope early, also by forgetting its stream, stops the run and waits for the workers.
#[test]
fn a_scope_that_is_left_early_has_stopped() {
    let _dog = watch("scopes that are left early");
    let census = Census::new();
    let forgotten = over((0..).map(|n| census.make(n)))
        .workers(3)
        .map(|item, _cx| item)
        .scope(|mut results| {
            let first = results.next().map(|item| item.value);
            std::mem::forget(results);
            first
        });
    assert!(forgotten.is_some());
    census.assert_all_gone();

    let mut ended = None;
    over(0_u64..)
        .workers(3)
        .map(|n, _cx| n)
        .on_report(|report| ended = Some(report.ended()))
        .scope(|results| {
            results.stop();
            assert!(results.count() < usize::MAX);
        });
    assert_eq!(ended, Some(Ended::Stopped));
}

/// A scoped stream can be finished, and stopped from elsewhere, as any other.
#[test]
fn a_scope_has_a_token_and_an_end_of_its_own() {
    let _dog = watch("finishing inside a scope");
    let text = String::from("1 2 x 4");
    let parse = || {
        over(text.split(' '))
            .workers(2)
            .ordered()
            .cancel_on_error()
            .map(|word, _cx| word.parse::<u32>().map_err(|_| word))
    };
    let end = parse().scope(|mut results| {
        assert_eq!(results.next(), Some(Ok(1)));
        assert_eq!(results.next(), Some(Ok(2)));
        assert_eq!(results.next(), Some(Err("x")));
        results.finish()
    });
    assert_eq!(end, Ok(()));
    let count = over(0_u64..)
        .workers(2)
        .map(|n, _cx| n)
        .scope(|mut results| {
            let token = results.token();
            assert!(results.next().is_some());
            token.cancel();
            results.count()
        });
    // What was finished still came; after it the endless input was not asked again.
    assert!(count < 1_000_000);
}
