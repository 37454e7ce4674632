//! The system refuses threads: the run goes on with those it has, the caller included, and the report says so.

mod common;

use common::{Census, Counted, Counter, caught, watch};
use fanout::testing_hooks::refuse_threads;
use fanout::{Context, over, over_local};
use std::sync::Barrier;
use std::thread;
use std::time::Duration;

/// Which attempts to get a thread fail: the `k`th, alone or with all that come after it.
fn plans() -> impl Iterator<Item = (usize, u64, bool)> {
    (1..=8_usize).flat_map(|workers| {
        (0..=workers as u64).flat_map(move |k| [(workers, k, false), (workers, k, true)])
    })
}

/// Calls `run(workers)` under each plan.
fn under_each_plan(what: &str, run: impl Fn(usize)) {
    for (workers, k, from_k_on) in plans() {
        let _dog = watch(format!(
            "{what}: {workers} workers, refused at {k}, from there on: {from_k_on}"
        ));
        let guard = refuse_threads(move |attempt| attempt == k || (from_k_on && attempt > k));
        run(workers);
        drop(guard);
    }
}

const ITEMS: u64 = 60;

fn work(item: Counted, _: &Context) -> u64 {
    common::spin(2_000);
    item.value
}

#[test]
fn of_collect() {
    let items = Census::new();
    let input = || (0..ITEMS).map(|n| items.make(n));
    under_each_plan("collect", |workers| {
        let all: Vec<u64> = over(input()).workers(workers).ordered().map(work).collect();
        assert!(all.into_iter().eq(0..ITEMS));
        let in_memory: Vec<Counted> = input().collect();
        let all: Vec<u64> = over(in_memory)
            .workers(workers)
            .ordered()
            .map(work)
            .collect();
        assert!(all.into_iter().eq(0..ITEMS));
        let mut all = over(input()).workers(workers).map(work).collect_unordered();
        all.sort_unstable();
        assert!(all.into_iter().eq(0..ITEMS));
        items.assert_all_gone();
    });
}

#[test]
fn of_for_each_and_run() {
    let items = Census::new();
    let input = || (0..ITEMS).map(|n| items.make(n));
    under_each_plan("for_each and run", |workers| {
        let mut next = 0;
        over(input())
            .workers(workers)
            .ordered()
            .map(work)
            .for_each(|n| {
                assert_eq!(n, next);
                next += 1;
            });
        assert_eq!(next, ITEMS);
        over(input())
            .workers(workers)
            .map(|item, cx| {
                work(item, cx);
            })
            .run();
        let mut results = 0;
        over(input())
            .workers(workers)
            .dedicated()
            .map(work)
            .for_each(|_| results += 1);
        assert_eq!(results, ITEMS);
        over(input())
            .workers(workers)
            .name("refused")
            .map(|item, cx| {
                work(item, cx);
            })
            .run();
        items.assert_all_gone();
    });
}

#[test]
fn of_streams() {
    let items = Census::new();
    under_each_plan("streams", |workers| {
        let inner = items.clone();
        let input = (0..ITEMS).map(move |n| inner.make(n));
        let results = over(input.clone())
            .workers(workers)
            .ordered()
            .map(work)
            .stream();
        assert!(results.eq(0..ITEMS));
        let results = over(input.clone())
            .workers(workers)
            .window(3)
            .map(work)
            .stream();
        assert_eq!(results.count() as u64, ITEMS);
        over(input.clone())
            .workers(workers)
            .ordered()
            .map(work)
            .scope(|results| {
                assert!(results.eq(0..ITEMS));
            });
        let mut early = over(input).workers(workers).map(work).stream();
        assert!(early.next().is_some());
        drop(early);
        items.assert_all_gone();
    });
}

#[test]
fn of_locals() {
    let items = Census::new();
    let states = Census::new();
    let input = || (0..ITEMS).map(|n| items.make(n));
    under_each_plan("locals", |workers| {
        let run = || {
            over(input())
                .workers(workers)
                .local(|| (states.make(0), 0))
                .map(|_item, worker| worker.local.1 += 1)
        };
        let counts = run().locals();
        assert!(counts.len() <= workers);
        assert_eq!(counts.iter().map(|(_, count)| count).sum::<u64>(), ITEMS);
        drop(counts);
        let merged = run().merge(|one, other| (one.0, one.1 + other.1));
        assert_eq!(merged.1, ITEMS);
        drop(merged);
        items.assert_all_gone();
        states.assert_all_gone();
    });
}

#[test]
fn of_inputs_that_are_pulled_here_or_wait() {
    under_each_plan("other inputs", |workers| {
        let all: Vec<u64> = fanout::over_local(0..ITEMS)
            .workers(workers)
            .ordered()
            .map(|n, _| n)
            .collect();
        assert!(all.into_iter().eq(0..ITEMS));
        let (sender, receiver) = fanout::channel::bounded(1);
        std::thread::scope(|scope| {
            scope.spawn(move || (0..ITEMS).for_each(|n| sender.send(n).expect("a receiver")));
            let all: Vec<u64> = over(receiver)
                .workers(workers)
                .ordered()
                .map(|n, _| n)
                .collect();
            assert!(all.into_iter().eq(0..ITEMS));
        });
        let stage = over(0..ITEMS).workers(workers).ordered().map(|n, _| n * 2);
        let all: Vec<u64> = over(stage)
            .workers(workers)
            .ordered()
            .map(|n, _| n + 1)
            .collect();
        assert!(all.into_iter().eq((0..ITEMS).map(|n| n * 2 + 1)));
    });
}

#[test]
fn of_runs_that_fail() {
    let items = Census::new();
    let input = || (0..ITEMS).map(|n| items.make(n));
    under_each_plan("failures", |workers| {
        let failed = over(input())
            .workers(workers)
            .ordered()
            .cancel_on_error()
            .map(|item, _| {
                if item.value == 20 {
                    Err(item.value)
                } else {
                    Ok(())
                }
            })
            .run();
        assert_eq!(failed, Err(20));
        let payload = caught(|| {
            over(input())
                .workers(workers)
                .map(|item, _| assert_ne!(item.value, 20, "on purpose"))
                .run();
        });
        assert!(common::payload_text(&*payload).contains("on purpose"));
        items.assert_all_gone();
    });
}

#[test]
fn the_report_says_so() {
    let _dog = watch("reports of refused threads");
    let everyone = std::sync::Barrier::new(3);
    let run = |items: usize| {
        let mut refused = None;
        let mut most = 0;
        over(vec![(); items])
            .workers(4)
            .map(|(), _| common::meet(&everyone))
            .on_report(|report| {
                refused = Some(report.refused_workers());
                most = report.started_workers();
            })
            .run();
        (refused.expect("a report"), most)
    };
    // Two threads and the caller are enough for a meeting of three.
    let guard = refuse_threads(|attempt| attempt >= 2);
    assert_eq!(run(9), (true, 3));
    drop(guard);
    let (refused, _) = run(9);
    assert!(!refused);
}

#[test]
fn a_run_after_a_refusal_is_a_run_like_any_other() {
    let _dog = watch("runs after refusals");
    for _ in 0..50 {
        let guard = refuse_threads(|_| true);
        let all: Vec<u64> = over(0..50).workers(4).ordered().map(|n, _| n).collect();
        assert!(all.into_iter().eq(0..50));
        drop(guard);
        // No latch stays set: four do meet again.
        let everyone = std::sync::Barrier::new(4);
        over(0..4)
            .workers(4)
            .map(|_, _| common::meet(&everyone))
            .run();
    }
}

#[test]
fn nested_runs_get_on_without_any_thread() {
    let _dog = watch("nested runs without threads");
    let guard = refuse_threads(|_| true);
    let all: Vec<u64> = over(0..10)
        .workers(3)
        .ordered()
        .map(|n, _| {
            over(0..n)
                .workers(3)
                .map(|m, _| m)
                .collect_unordered()
                .into_iter()
                .sum()
        })
        .collect();
    drop(guard);
    assert!(all.into_iter().eq((0..10_u64).map(|n| (0..n).sum())));
}

#[test]
fn a_deadline_needs_no_timer_thread_of_its_own() {
    let _dog = watch("a deadline without a thread for its timer");
    let guard = refuse_threads(|_| true);
    let limit = std::time::Duration::from_millis(20);
    let end = over(0..3)
        .workers(3)
        .timeout(limit)
        .map(|_, cx| common::until_stopped(cx))
        .run();
    assert_eq!(end, Err(fanout::Error::DeadlineExceeded));
    let end = over(0_u64..).workers(3).timeout(limit).map(|_, _| ()).run();
    assert_eq!(end, Err(fanout::Error::DeadlineExceeded));
    let end = over(fanout::channel::never::<u64>())
        .workers(3)
        .timeout(limit)
        .map(|_, _| ())
        .run();
    assert_eq!(end, Err(fanout::Error::DeadlineExceeded));
    drop(guard);
}

/// A consumer that is inside an item hands nothing over, so where there is any other thread it stays outside: these items
/// meet in pairs, and the window has room for one more.
#[test]
fn a_consumer_only_consumes_where_there_is_a_thread() {
    let _dog = watch("items that meet, with a thread less than asked for");
    let caller = thread::current().id();
    for _ in 0..100 {
        let _guard = refuse_threads(|attempt| attempt >= 2);
        let pairs: Vec<Barrier> = (0..30).map(|_| Barrier::new(2)).collect();
        let all: Vec<usize> = over((0..60).collect::<Vec<_>>())
            .workers(3)
            .window(3)
            .ordered()
            .map(|n: usize, _cx| {
                assert_ne!(thread::current().id(), caller);
                pairs[n / 2].wait();
                n
            })
            .collect();
        assert!(all.into_iter().eq(0..60));
    }
    for named in [false, true] {
        let _guard = refuse_threads(|attempt| attempt >= 2);
        let run = over(0..100).workers(3).dedicated();
        let run = if named { run.name("refused") } else { run };
        run.map(|_, _cx| assert_ne!(thread::current().id(), caller))
            .run();
    }
}

/// An iterator may wait for what became of an item that it has given out: as the loop does, so does what is left of the pool.
#[test]
fn an_input_that_waits_for_the_item_before() {
    for given in [0, 1, 2] {
        let _dog = watch(format!("an input with feedback, and {given} threads"));
        for _ in 0..20 {
            let guard = refuse_threads(move |attempt| attempt >= given);
            let done = Counter::new();
            let input = (0..50_usize).inspect(|n| done.wait_for(*n));
            over(input)
                .workers(4)
                .map(|_, _cx| {
                    done.add(1);
                })
                .run();
            drop(guard);

            let _guard = refuse_threads(move |attempt| attempt >= given);
            let done = Counter::new();
            let input = (0..50_usize).inspect(|n| done.wait_for(*n));
            over_local(input)
                .workers(4)
                .map(|_, _cx| {
                    done.add(1);
                })
                .run();
        }
    }
}

/// With no thread but the caller's, a consumer that waits for a while waits in the channel.
#[test]
fn a_message_that_comes_while_a_lonely_consumer_waits() {
    let _dog = watch("a stream without threads over a channel");
    let _guard = refuse_threads(|_| true);
    let (sender, messages) = fanout::channel::bounded(0);
    let mut results = over(messages).workers(2).map(|n: u32, _cx| n + 1).stream();
    assert!(results.try_next().is_err());
    thread::scope(|scope| {
        scope.spawn(|| sender.send(1));
        // The watchdog bites long before an hour has passed.
        assert_eq!(results.next_timeout(Duration::from_secs(3600)), Ok(Some(2)));
        assert!(results.next_timeout(Duration::from_millis(1)).is_err());
    });
}
