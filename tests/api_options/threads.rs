//! Which threads run the items.

use std::collections::BTreeSet;
use std::sync::{Arc, Barrier};
use std::thread;

use fanout::over;

use crate::common::watch;

/// A run of items that meet, so that each of its workers has one.
#[test]
fn named_threads() {
    let _dog = watch("named threads");
    let meeting = Barrier::new(3);
    let names: BTreeSet<String> = over(vec![(); 3])
        .workers(3)
        .name("fetch")
        .map(|(), _cx| {
            meeting.wait();
            thread::current().name().unwrap_or("none").to_owned()
        })
        .collect();
    let expected = ["fetch-0", "fetch-1", "fetch-2"].map(str::to_owned);
    assert_eq!(names, BTreeSet::from(expected));
    // With one worker, too, the thread is another one.
    let names: Vec<Option<String>> = over([()])
        .workers(1)
        .ordered()
        .name(String::from("alone"))
        .map(|(), _cx| thread::current().name().map(str::to_owned))
        .collect();
    assert_eq!(names, [Some("alone-0".to_owned())]);
    // Threads of later runs do not keep the name.
    let named = over(0..20).workers(2).map(|_, _cx| {
        thread::current()
            .name()
            .is_some_and(|name| name.starts_with("fetch"))
    });
    assert!(!named.collect_unordered().contains(&true));
}

/// Needs more stack than a thread has by default.
#[inline(never)]
fn deep(frames: u32) -> u64 {
    let frame = std::hint::black_box([u64::from(frames); 1024]);
    match frames {
        0 => 0,
        _ => deep(frames - 1) + frame[(frames % 1024) as usize],
    }
}

#[test]
fn threads_with_a_large_stack() {
    let _dog = watch("deep recursion");
    // 2000 frames of 8 KiB are 16 MiB.
    let sums: Vec<u64> = over(vec![2000, 1000])
        .workers(2)
        .ordered()
        .stack_size(64 << 20)
        .map(|frames, _cx| deep(frames))
        .collect();
    assert_eq!(sums, [2_001_000, 500_500]);
    let sums = over(0..4_u32).workers(2).stack_size(64 << 20).name("deep");
    let mut sums = sums.map(|_, _cx| deep(2000)).collect_unordered();
    sums.dedup();
    assert_eq!(sums, [2_001_000]);
}

/// With a name, a stack size or `dedicated` no item runs on the thread that consumes.
#[test]
fn the_consumer_only_consumes() {
    let _dog = watch("threads of items");
    let here = thread::current().id();
    let elsewhere = move |_: u32, _: &fanout::Context| assert_ne!(thread::current().id(), here);
    for workers in [1, 2, 4] {
        let run = || over(0..200_u32).workers(workers);
        run().dedicated().map(elsewhere).run();
        run()
            .dedicated()
            .ordered()
            .map(elsewhere)
            .for_each(|()| thread::yield_now());
        let count = run()
            .dedicated()
            .map(elsewhere)
            .scope(|results| results.count());
        assert_eq!(count, 200);
        assert_eq!(run().dedicated().map(elsewhere).stream().count(), 200);
        let vec: Vec<u32> = (0..200).collect();
        let run_by_index = over(vec).workers(workers).dedicated().ordered();
        assert_eq!(run_by_index.map(elsewhere).collect::<Vec<()>>().len(), 200);
        run().name("own").map(elsewhere).run();
        run().stack_size(1 << 20).map(elsewhere).run();
        assert_eq!(run().name("own").map(elsewhere).stream().count(), 200);
    }
}

/// One worker that may help is the plain loop on the calling thread.
#[test]
fn one_worker_is_this_thread() {
    let _dog = watch("one worker");
    let here = thread::current().id();
    let all: Vec<bool> = over(0..50)
        .workers(1)
        .ordered()
        .map(|_, _cx| thread::current().id() == here)
        .collect();
    assert_eq!(all, [true; 50]);
}

/// A run with threads of its own has as many as it asked for, though the caller is none of them.
#[test]
fn own_threads_are_all_there() {
    let _dog = watch("items that meet on own threads");
    for workers in [1, 3, 9] {
        let meeting = Arc::new(Barrier::new(workers));
        let meet = meeting.clone();
        let mut ids = over(vec![(); workers])
            .workers(workers)
            .dedicated()
            .map(move |(), _cx| {
                meet.wait();
                format!("{:?}", thread::current().id())
            })
            .collect_unordered();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), workers);
    }
}
