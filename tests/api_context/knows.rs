//! Index, worker, and whether the item is still wanted.

use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};

use fanout::channel::unbounded;
use fanout::{CancelReason, CancelToken, Error, over};

use crate::common::{Counter, Gate, watch};

/// The index is the position in the input, whatever the input is and in whatever order the items run.
#[test]
fn the_index_is_the_position_in_the_input() {
    let _dog = watch("indexes");
    let all: Vec<u64> = (0..300).collect();
    over(all.clone())
        .workers(3)
        .map(|n, cx| assert_eq!(n, cx.index()))
        .run();
    over(&all)
        .workers(3)
        .map(|n, cx| assert_eq!(*n, cx.index()))
        .run();
    over(0..300)
        .workers(3)
        .map(|n, cx| assert_eq!(n, cx.index()))
        .run();
    over(0..300)
        .workers(1)
        .map(|n, cx| assert_eq!(n, cx.index()))
        .run();
    let (sender, receiver) = unbounded();
    (0..300).for_each(|n: u64| sender.send(n).expect("the receiver is here"));
    drop(sender);
    over(receiver)
        .workers(3)
        .map(|n, cx| assert_eq!(n, cx.index()))
        .run();
    let stage = over(0..300_u64).workers(2).ordered().map(|n, _cx| n);
    over(stage)
        .workers(3)
        .map(|n, cx| assert_eq!(n, cx.index()))
        .run();
    fanout::over_local(0..300)
        .workers(3)
        .map(|n, cx| assert_eq!(n, cx.index()))
        .run();
    // Of a stream, too.
    let stream = over(0..300)
        .workers(3)
        .ordered()
        .map(|n, cx| (n, cx.index()))
        .stream();
    assert!(stream.eq((0..300).map(|n| (n, n))));
}

/// Worker numbers are below the count, and two calls at once never have the same.
#[test]
fn the_worker_is_nobody_elses() {
    let _dog = watch("worker numbers");
    let busy: [AtomicBool; 4] = Default::default();
    over(0..2000)
        .workers(4)
        .map(|_, cx| {
            assert!(!busy[cx.worker()].swap(true, Ordering::AcqRel));
            if cx.index() % 16 == 0 {
                std::thread::yield_now();
            }
            busy[cx.worker()].store(false, Ordering::Release);
        })
        .run();
    let meeting = Barrier::new(3);
    let mut workers = over([(); 3])
        .workers(3)
        .map(|(), cx| {
            meeting.wait();
            cx.worker()
        })
        .collect_unordered();
    workers.sort_unstable();
    assert_eq!(workers, [0, 1, 2]);
}

#[test]
fn an_item_of_a_run_that_goes_on_is_wanted() {
    let _dog = watch("items that are wanted");
    over(0..10)
        .workers(2)
        .map(|_, cx| {
            assert!(!cx.is_cancelled());
            assert_eq!(cx.checkpoint(), Ok(()));
            assert_eq!(cx.deadline(), None);
            assert_eq!(cx.remaining(), None);
        })
        .run();
}

#[test]
fn a_running_item_sees_the_token() {
    let _dog = watch("an item that looks");
    let token = CancelToken::new();
    let seen = Gate::new();
    let end = over(0_u64..)
        .workers(2)
        .cancel_with(&token)
        .map(|n, cx| {
            if n > 0 {
                let _ = cx.done().recv();
                return;
            }
            assert!(!cx.is_cancelled());
            token.cancel();
            assert!(cx.is_cancelled());
            let cancelled = cx.checkpoint().expect_err("it is cancelled");
            assert_eq!(cancelled.reason(), CancelReason::Stopped);
            seen.open();
        })
        .run();
    assert!(seen.is_open());
    assert_eq!(end, Err(Error::Cancelled));
}

/// A failure of an ordered run reaches the items after it and not the ones before it, which are still needed.
#[test]
fn an_ordered_failure_is_for_the_items_after_it() {
    let _dog = watch("items around a failure");
    let others = Counter::new();
    let (failed, checked) = (Gate::new(), Gate::new());
    let mut before = Vec::new();
    let end = over([0, 1, 2])
        .workers(3)
        .ordered()
        .cancel_on_error()
        .map(|n, cx| match n {
            0 => {
                others.add(1);
                failed.wait();
                assert!(!cx.is_cancelled() && cx.checkpoint().is_ok());
                checked.open();
                Ok(n)
            }
            1 => {
                others.wait_for(2);
                Err("item 1")
            }
            _ => {
                others.add(1);
                // Closed when item 1 has failed.
                assert!(cx.done().recv().is_err());
                assert!(cx.is_cancelled());
                failed.open();
                Ok(n)
            }
        })
        .for_each(|n| before.push(n));
    assert_eq!(end, Err("item 1"));
    assert_eq!(before, [0]);
    assert!(checked.is_open());
}

/// The error of another item, and a dropped stream, are seen by items that run.
#[test]
fn a_running_item_sees_the_end_of_its_run() {
    let _dog = watch("runs that end while an item is inside");
    let begun = Gate::new();
    let end = over([0, 1])
        .workers(2)
        .cancel_on_error()
        .map(|n, cx| {
            if n == 0 {
                begun.wait();
                return Err("item 0");
            }
            begun.open();
            assert!(cx.done().recv().is_err());
            assert_eq!(
                cx.checkpoint().map_err(|c| c.reason()),
                Err(CancelReason::Stopped)
            );
            Ok(())
        })
        .run();
    assert_eq!(end, Err("item 0"));

    let (begun, seen) = (
        std::sync::Arc::new(Gate::new()),
        std::sync::Arc::new(Gate::new()),
    );
    let (opened, looked) = (begun.clone(), seen.clone());
    let stream = over(vec![()])
        .workers(1)
        .dedicated()
        .map(move |(), cx| {
            opened.open();
            while !cx.is_cancelled() {
                std::thread::yield_now();
            }
            looked.open();
        })
        .stream();
    begun.wait();
    drop(stream);
    assert!(seen.is_open(), "dropping waits for the items that run");
}
