//! Panics in a run whose consumer holds a stream.

use super::common::{Census, caught, payload_text, watch};
use super::{Mine, assert_thrown, throw};
use fanout::{Stream, over};

const WORKERS: [usize; 3] = [1, 2, 8];

fn panics_at(place: u64, workers: usize) -> Stream<u64> {
    over(0..)
        .workers(workers)
        .ordered()
        .map(move |n, _| if n == place { throw(n) } else { n })
        .stream()
}

#[test]
fn next_resumes_the_panic_when_it_comes_to_it_and_then_there_is_nothing() {
    let _dog = watch("a panic in a stream");
    for workers in WORKERS {
        for place in [0, 1, 50] {
            let mut results = panics_at(place, workers);
            for n in 0..place {
                assert_eq!(results.next(), Some(n));
            }
            assert_thrown(place, "next", || results.next());
            assert_eq!(results.next(), None);
            assert_eq!(results.try_next(), Ok(None));
            assert_eq!(results.finish(), Ok(()));
        }
    }
}

#[test]
fn finish_resumes_the_panic() {
    let _dog = watch("a panic found by finish");
    for workers in WORKERS {
        let mut results = panics_at(1, workers);
        assert_eq!(results.next(), Some(0));
        // Item 1 may not have begun; then there is none, and the stream ends well.
        match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| results.finish())) {
            Ok(end) => assert_eq!(end, Ok(())),
            Err(payload) => assert_eq!(payload.downcast_ref(), Some(&Mine(1))),
        }
    }
    // Certain to have begun.
    let thrown = std::sync::Arc::new(super::common::Counter::new());
    let inner = thrown.clone();
    let results = over(0..1)
        .workers(1)
        .dedicated()
        .map(move |_, _| {
            inner.add(1);
            throw(5)
        })
        .stream();
    thrown.wait_for(1);
    assert_thrown(5, "finish", || results.finish());
}

#[test]
fn dropping_a_stream_never_panics_for_its_workers() {
    let _dog = watch("a dropped stream whose workers have panicked");
    for workers in WORKERS {
        let thrown = std::sync::Arc::new(super::common::Counter::new());
        let inner = thrown.clone();
        let results: Stream<()> = over(0..)
            .workers(workers)
            .dedicated()
            .map(move |_: u64, _| {
                inner.add(1);
                throw(1)
            })
            .stream();
        thrown.wait_for(1);
        drop(results);
    }
}

#[test]
fn a_loop_body_that_panics_ends_the_run() {
    let _dog = watch("a loop over a stream that panics");
    for workers in WORKERS {
        let census = Census::new();
        let inner = census.clone();
        let payload = caught(|| {
            let results = over(0..)
                .workers(workers)
                .map(move |n, _| inner.make(n))
                .stream();
            for result in results {
                assert!(result.value < 100, "the body");
            }
        });
        assert!(payload_text(&*payload).contains("the body"));
        census.assert_all_gone();
    }
}

#[test]
fn a_panic_wakes_a_consumer_that_waits() {
    let _dog = watch("a consumer that waits for a result that never comes");
    for workers in WORKERS {
        for ordered in [false, true] {
            let (sender, receiver) = fanout::channel::unbounded::<u64>();
            let run = over(receiver).workers(workers).map(|n, _| throw(n));
            let mut results: Stream<()> = if ordered {
                run.ordered().stream()
            } else {
                run.stream()
            };
            std::thread::scope(|scope| {
                scope.spawn(|| sender.send(8).expect("the receiver is here"));
                assert_thrown(8, "next", || results.next());
            });
        }
    }
}
