//! Options that change what the results are, or only how soon helpers wake.

use std::collections::BTreeMap;
use std::time::Duration;

use fanout::{Error, Stream, over};

use crate::common::watch;

#[test]
fn indexed_results() {
    let _dog = watch("indexed");
    let words = ["a", "b", "c"];
    let ordered: Vec<(u64, &str)> = over(words)
        .workers(2)
        .ordered()
        .map(|word, _cx| word)
        .indexed()
        .collect();
    assert_eq!(ordered, [(0, "a"), (1, "b"), (2, "c")]);
    let unordered: BTreeMap<u64, &str> = over(words.into_iter().filter(|_| true))
        .workers(2)
        .map(|word, _cx| word)
        .indexed()
        .collect();
    assert_eq!(unordered, BTreeMap::from([(0, "a"), (1, "b"), (2, "c")]));
    let stream: Stream<(u64, &str)> = over(words).map(|word, _cx| word).indexed().stream();
    assert!(
        stream
            .into_iter()
            .all(|(at, word)| words[at as usize] == word)
    );
}

/// The index goes into the `Ok`, so that the error stays the user's own.
#[test]
fn indexed_results_that_can_fail() {
    let _dog = watch("indexed with errors");
    let run = |texts: [&'static str; 3]| {
        over(texts)
            .workers(2)
            .ordered()
            .cancel_on_error()
            .map(|text, _cx| text.parse::<u32>().map_err(|_| text))
            .indexed()
    };
    let all: Result<Vec<(u64, u32)>, &str> = run(["5", "6", "7"]).collect();
    assert_eq!(all, Ok(vec![(0, 5), (1, 6), (2, 7)]));
    let all: Result<Vec<(u64, u32)>, &str> = run(["5", "x", "7"]).collect();
    assert_eq!(all, Err("x"));
    let all: Result<Vec<(u64, u32)>, Error<&str>> = run(["5", "x", "7"])
        .timeout(Duration::from_secs(3600))
        .collect();
    assert_eq!(all.map_err(Error::into_item), Err(Some("x")));
    // Without `cancel_on_error` the result is an item, as it is.
    let all: Vec<(u64, Result<u32, &str>)> = over(["5", "x"])
        .ordered()
        .map(|text, _cx| text.parse::<u32>().map_err(|_| text))
        .indexed()
        .collect();
    assert_eq!(all, [(0, Ok(5)), (1, Err("x"))]);
}

#[test]
fn indexed_keeps_the_state() {
    let _dog = watch("indexed with state");
    let (all, counts): (Vec<(u64, char)>, Vec<u32>) = over(['a', 'b'])
        .workers(1)
        .ordered()
        .local(|| 0)
        .map(|letter, w| {
            *w.local += 1;
            letter
        })
        .indexed()
        .collect_with_locals();
    assert_eq!(all, [(0, 'a'), (1, 'b')]);
    assert_eq!(counts, [2]);
}

/// Only the wake-up is put off: the results and the number of workers are the same.
#[test]
fn cpu_bound_changes_no_result() {
    let _dog = watch("cpu_bound");
    for workers in [1, 2, 5] {
        for len in [0, 1, 3, 2000_u64] {
            let vec: Vec<u64> = (0..len).collect();
            let run = || over(&vec).workers(workers).cpu_bound();
            let all: Vec<u64> = run().ordered().map(|n, _cx| n * 2).collect();
            assert!(all.into_iter().eq((0..len).map(|n| n * 2)));
            let mut all = run().map(|n, _cx| *n).collect_unordered();
            all.sort_unstable();
            assert_eq!(all, vec);
            let sum = over(0..len).workers(workers).cpu_bound().local(|| 0);
            let sum = sum.map(|n, w| *w.local += n).merge(|a, b| a + b);
            assert_eq!(sum, (0..len).sum());
        }
    }
}

/// Long items get their workers with `cpu_bound` as well.
#[test]
fn cpu_bound_wakes_helpers_for_long_items() {
    let _dog = watch("long items with cpu_bound");
    let ids = std::sync::Mutex::new(std::collections::HashSet::new());
    while ids.lock().expect("no panic").len() < 2 {
        // Once is enough; on a busy machine a helper may come late for a round.
        over(0..50)
            .workers(2)
            .cpu_bound()
            .map(|_, _cx| {
                let id = std::thread::current().id();
                ids.lock().expect("no panic").insert(id);
                std::thread::sleep(Duration::from_millis(1));
            })
            .run();
    }
}

#[test]
fn nothing_happens_before_a_terminal() {
    let _dog = watch("a fan-out that is not run");
    let input = std::iter::from_fn(|| -> Option<u32> { panic!("it was asked") });
    let run = over(input)
        .workers(2)
        .name("none")
        .on_worker(|_| panic!("a worker was started"))
        .map(|n, _cx| n);
    assert!(format!("{run:?}").contains("workers: Some(2)"));
    drop(run);
}
