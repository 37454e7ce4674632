//! After a panic everything can be used again: the thread, the function, the next run.

use super::common::watch;
use super::{assert_thrown, throw};
use fanout::over;
use std::collections::HashSet;
use std::sync::{Barrier, Mutex};
use std::thread::ThreadId;

#[test]
fn runs_after_a_panic_are_whole() {
    let _dog = watch("a thousand panics and whole runs between them");
    for round in 0..1_000 {
        let workers = 1 + round as usize % 4;
        assert_thrown(round, "round", || {
            over(0..20)
                .workers(workers)
                .map(|n, _| {
                    if n == round % 20 {
                        throw(round)
                    }
                })
                .run();
        });
        let all: Vec<u64> = over(0..20)
            .workers(workers)
            .ordered()
            .map(|n, _| n)
            .collect();
        assert!(all.into_iter().eq(0..20));
    }
}

#[test]
fn a_thread_that_panicked_is_not_used_again() {
    let _dog = watch("threads after a panic");
    let panicked = Mutex::new(HashSet::<ThreadId>::new());
    let this = std::thread::current().id();
    for _ in 0..50 {
        let everyone = Barrier::new(4);
        let _payload = super::common::caught(|| {
            over(0..4)
                .workers(4)
                .dedicated()
                .map(|_, _| {
                    panicked.lock().unwrap().insert(std::thread::current().id());
                    everyone.wait();
                    throw(0);
                })
                .for_each(|()| {});
        });
        let everyone = Barrier::new(4);
        over(0..4)
            .workers(4)
            .dedicated()
            .map(|_, _| {
                everyone.wait();
                let thread = std::thread::current().id();
                assert!(thread == this || !panicked.lock().unwrap().contains(&thread));
            })
            .for_each(|()| {});
    }
    // Four fresh ones each time: thread ids are never given twice.
    assert_eq!(panicked.into_inner().unwrap().len(), 200);
}
