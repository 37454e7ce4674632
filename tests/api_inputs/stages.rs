//! A fan-out as the input of another one.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use fanout::{CancelToken, Error, over};

use crate::common::{Census, Counter, Gate, caught, watch};

#[test]
fn three_deep() {
    let _dog = watch("three stages");
    let parsed = over((0..500_u32).map(|n| n.to_string()))
        .workers(2)
        .ordered()
        .map(|text, _cx| text.parse::<u64>().unwrap_or(0));
    let squared = over(parsed).workers(3).ordered().map(|n, _cx| n * n);
    let shown: Vec<String> = over(squared)
        .workers(2)
        .ordered()
        .map(|n, _cx| n.to_string())
        .collect();
    assert!(
        shown
            .into_iter()
            .eq((0..500_u64).map(|n| (n * n).to_string()))
    );
}

#[test]
fn an_unordered_stage_loses_and_doubles_nothing() {
    let _dog = watch("unordered stages");
    let first = over(0..1000_u32).workers(2).map(|n, _cx| n + 1);
    let second = over(first).workers(2).map(|n, _cx| n * 2);
    let all: HashSet<u32> = over(second).workers(2).map(|n, _cx| n).collect();
    assert_eq!(all, (1..=1000).map(|n| n * 2).collect());
}

/// The stages run at the same time: the first need not be over before the second begins.
#[test]
fn stages_overlap() {
    let _dog = watch("stages that need each other");
    let second_has = Counter::new();
    let first = over(0..3_usize).workers(1).ordered().map(|n, _cx| {
        // Its last item waits until the second stage has had the first one.
        if n == 2 {
            second_has.wait_for(1);
        }
        n
    });
    let all: Vec<usize> = over(first)
        .workers(1)
        .ordered()
        .map(|n, _cx| {
            second_has.add(1);
            n
        })
        .collect();
    assert_eq!(all, [0, 1, 2]);
}

/// Each stage has its own number of workers.
#[test]
fn a_stage_has_its_own_workers() {
    let _dog = watch("stages that meet");
    let meeting = std::sync::Barrier::new(3);
    let first = over(0..3).workers(3).map(|n, _cx| {
        meeting.wait();
        n
    });
    let mut all = over(first).workers(1).map(|n, _cx| n).collect_unordered();
    all.sort_unstable();
    assert_eq!(all, [0, 1, 2]);
}

#[test]
fn a_failing_stage_hands_on_results() {
    let _dog = watch("a failing stage");
    let stage = |fails_at: u32| {
        over(0..100_u32)
            .workers(2)
            .ordered()
            .cancel_on_error()
            .map(move |n, _cx| if n == fails_at { Err(n) } else { Ok(n) })
    };
    // Seen by the next stage, as iterating it would show it.
    let all: Vec<Result<u32, u32>> = over(stage(5)).ordered().map(|end, _cx| end).collect();
    assert_eq!(all, [Ok(0), Ok(1), Ok(2), Ok(3), Ok(4), Err(5)]);
    // Handed on by the stages behind it.
    let second = over(stage(50))
        .workers(2)
        .ordered()
        .cancel_on_error()
        .map(|n, _cx| n.map(|n| n * 2));
    let third: Result<Vec<u32>, u32> = over(second)
        .workers(2)
        .ordered()
        .cancel_on_error()
        .map(|n, _cx| n)
        .collect();
    assert_eq!(third, Err(50));
}

/// An error behind a stage ends the stages before it, also endless ones.
#[test]
fn an_error_ends_the_stages_before_it() {
    let _dog = watch("endless stages");
    let census = Census::new();
    let first = over((0..).map(|n| census.make(n))).workers(2).ordered();
    let second = over(first.map(|item, _cx| item)).workers(2).ordered();
    let third = over(second.map(|item, _cx| item)).workers(2).ordered();
    let end: Result<Vec<u64>, u64> = third
        .cancel_on_error()
        .map(|item, _cx| match item.value {
            40 => Err(item.value),
            value => Ok(value),
        })
        .collect();
    assert_eq!(end, Err(40));
    census.assert_all_gone();
}

#[test]
fn a_panic_crosses_the_stages() {
    let _dog = watch("panicking stages");
    for panics in 0..3 {
        let census = Census::new();
        let at = |stage: usize, n: u64| {
            if stage == panics && n == 30 {
                std::panic::resume_unwind(Box::new(("stage", stage)));
            }
        };
        let payload = caught(|| {
            let first = over((0..).map(|n| census.make(n))).workers(2).ordered();
            let first = first.map(|item, _cx| {
                at(0, item.value);
                item
            });
            let second = over(first).workers(2).map(|item, _cx| {
                at(1, item.value);
                item
            });
            over(second)
                .workers(2)
                .map(|item, _cx| at(2, item.value))
                .run();
        });
        assert_eq!(payload.downcast_ref(), Some(&("stage", panics)));
        census.assert_all_gone();
    }
}

#[test]
fn a_token_and_a_deadline_stop_the_whole_chain() {
    let _dog = watch("chains that are stopped");
    let token = CancelToken::new();
    let begun = Gate::new();
    let first = over(0_u64..).workers(2).map(|n, _cx| n);
    let end = std::thread::scope(|scope| {
        scope.spawn(|| {
            begun.wait();
            token.cancel();
        });
        over(first)
            .workers(2)
            .cancel_with(&token)
            .map(|_, _cx| begun.open())
            .run()
    });
    assert_eq!(end, Err(Error::Cancelled));

    let first = over(0_u64..).workers(2).map(|n, _cx| n);
    let end = over(first)
        .workers(2)
        .timeout(Duration::from_millis(5))
        .map(|_, _cx| ())
        .run();
    assert_eq!(end, Err(Error::DeadlineExceeded));
}

/// A token of an inner stage ends that stage: the next one is handed what it says.
#[test]
fn the_token_of_a_stage_is_its_own() {
    let _dog = watch("a cancelled stage");
    let token = CancelToken::new();
    token.cancel();
    let first = over(0_u64..).workers(2).cancel_with(token).map(|n, _cx| n);
    let all: Vec<Result<u64, Error>> = over(first).workers(2).ordered().map(|n, _cx| n).collect();
    assert_eq!(all, [Err(Error::Cancelled)]);
}

/// A stage is a run: it reports, and has state.
#[test]
fn a_stage_has_hooks_and_state() {
    let _dog = watch("a stage with hooks");
    let (reported, items) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let first = over(vec![1, 2, 3])
        .workers(2)
        .local(|| 0)
        .map(|n, w| {
            *w.local += n;
            n
        })
        .on_report(|report| {
            reported.fetch_add(1, Ordering::Relaxed);
            items.fetch_add(report.items() as usize, Ordering::Relaxed);
        });
    let sum: Vec<i32> = over(first).map(|n, _cx| n).collect_unordered();
    assert_eq!(sum.iter().sum::<i32>(), 6);
    assert_eq!(reported.into_inner(), 1);
    assert_eq!(items.into_inner(), 3);
}

#[test]
fn a_chain_can_be_streamed() {
    let _dog = watch("a chain as a stream");
    let first = over(0_u64..).workers(2).ordered().map(|n, _cx| n);
    let mut stream = over(first)
        .workers(2)
        .ordered()
        .map(|n, _cx| n * 2)
        .stream();
    let all: Vec<u64> = stream.by_ref().take(100).collect();
    assert!(all.into_iter().eq((0..100).map(|n| n * 2)));
    drop(stream);
}
