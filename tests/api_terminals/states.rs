//! Terminals that give the workers' states.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex};

use fanout::over;

use crate::common::{Census, Counter, caught, payload_text, spin, watch};

/// Three items that meet give three states, in worker order.
#[test]
fn states_come_in_worker_order() {
    let _dog = watch("three workers that meet");
    let meeting = Barrier::new(3);
    let states: Vec<Vec<usize>> = over([(); 3])
        .workers(3)
        .local(Vec::new)
        .map(|(), w| {
            meeting.wait();
            w.local.push(w.worker());
        })
        .locals();
    assert_eq!(states, [[0], [1], [2]]);
}

#[test]
fn states_are_merged_in_worker_order() {
    let _dog = watch("three workers that meet");
    let meet = |meeting: &Barrier, n: usize| {
        meeting.wait();
        n.to_string()
    };
    let join = |first: String, second: String| first + &second;
    let meeting = Barrier::new(3);
    let run = || {
        over([(); 3])
            .workers(3)
            .local(String::new)
            .map(|(), w| *w.local = meet(&meeting, w.worker()))
    };
    assert_eq!(run().merge(join), "012");
    assert_eq!(run().merge_with(join).merged(), "012");
}

/// Where the first merge takes long the others go on two at a time, still as neighbours.
#[test]
fn large_states_are_merged_in_parallel() {
    let _dog = watch("large states");
    // On one core there is nothing to be gained, and they are merged one after the other.
    let together = std::thread::available_parallelism().map_or(1, |cores| cores.get().min(2));
    for workers in [6, 8] {
        let meeting = Barrier::new(workers);
        let begun = Counter::new();
        let merged = over(vec![(); workers])
            .workers(workers)
            .local(String::new)
            .map(|(), w| {
                meeting.wait();
                *w.local = w.worker().to_string();
            })
            .merge(|first, second| {
                match begun.add(1) {
                    0 => spin(2_000_000),
                    // Two of those after it are inside at once.
                    _ => begun.wait_for(1 + together),
                }
                first + &second
            });
        assert_eq!(merged, "01234567"[..workers]);
    }
}

/// A panic of one of them is the run's, and each state goes once.
#[test]
fn a_panic_of_a_parallel_merge() {
    let _dog = watch("a panic between large states");
    let census = Census::new();
    let meeting = Barrier::new(6);
    let begun = Counter::new();
    let payload = caught(|| {
        over(vec![(); 6])
            .workers(6)
            .local(|| census.make(0))
            .map(|(), _w| {
                meeting.wait();
            })
            .merge(|first, _second| {
                match begun.add(1) {
                    0 => spin(2_000_000),
                    n => assert!(n < 2, "in a merge"),
                }
                first
            })
    });
    assert_eq!(payload_text(&*payload), "in a merge");
    assert_eq!(census.made(), 6);
    census.assert_all_gone();
}

/// Each state has cache lines of its own, so that counters in it are written without taking a line from another worker.
#[test]
fn states_are_padded() {
    const LINES: usize = 64;
    let _dog = watch("addresses of states");
    let meeting = Barrier::new(4);
    let addresses = Mutex::new(Vec::new());
    over(vec![(); 4])
        .workers(4)
        .local(|| 0_u8)
        .map(|(), w| {
            let address = std::ptr::from_mut(w.local).addr();
            addresses.lock().expect("no panic").push(address);
            meeting.wait();
        })
        .run();
    let mut addresses = addresses.into_inner().expect("no panic");
    addresses.sort_unstable();
    assert!(addresses.iter().all(|address| address % LINES == 0));
    assert!(
        addresses
            .windows(2)
            .all(|pair| pair[1] - pair[0] >= 2 * LINES)
    );
}

/// A state is made once for each worker, on its thread, and never for nothing.
#[test]
fn a_state_is_made_once_for_each_worker() {
    let _dog = watch("making states");
    let made = Mutex::new(Vec::new());
    let states = over(0..500)
        .workers(4)
        .local(|| {
            let id = std::thread::current().id();
            made.lock().expect("no panic").push(id);
            id
        })
        .map(|_, w| assert_eq!(*w.local, std::thread::current().id()))
        .locals();
    let mut made = made.into_inner().expect("no panic");
    assert_eq!(made.len(), states.len());
    made.dedup();
    made.iter().for_each(|id| assert!(states.contains(id)));
}

#[test]
fn an_empty_input_has_no_states_and_a_merged_one() {
    let _dog = watch("empty inputs");
    let inits = AtomicUsize::new(0);
    let run = || {
        over(Vec::<u32>::new())
            .workers(3)
            .local(|| inits.fetch_add(1, Ordering::Relaxed) + 10)
            .map(|_, _w| ())
    };
    assert_eq!(run().locals(), Vec::<usize>::new());
    assert_eq!(inits.load(Ordering::Relaxed), 0);
    // There has to be one, so it is made here.
    assert_eq!(run().merge(|a, b| a + b), 10);
    assert_eq!(inits.load(Ordering::Relaxed), 1);
}

#[test]
fn a_state_that_cannot_begin_is_the_runs_error() {
    let _dog = watch("try_local");
    let run = |limit: u32| {
        over(0..50_u32)
            .workers(2)
            .ordered()
            .cancel_on_error()
            .try_local(move || {
                if limit == 0 {
                    Err("no state")
                } else {
                    Ok(limit)
                }
            })
            .map(|n, w| {
                if n < *w.local {
                    Ok(n)
                } else {
                    Err("too large")
                }
            })
    };
    assert_eq!(run(0).collect::<Vec<_>>(), Err("no state"));
    assert_eq!(run(20).collect::<Vec<_>>(), Err("too large"));
    assert_eq!(run(50).collect::<Vec<_>>(), Ok((0..50).collect()));
    let empty = over(Vec::<u32>::new())
        .cancel_on_error()
        .try_local(|| Err::<u32, _>("no state"))
        .map(|_, _w| Ok(()))
        .merge(|a, _| a);
    assert_eq!(empty, Err("no state"), "the merged state has to begin here");
}

#[test]
fn results_and_states_come_together() {
    let _dog = watch("collect_with_locals");
    let (squares, counts): (Vec<u64>, Vec<u64>) = over(0..300_u64)
        .workers(3)
        .ordered()
        .local(|| 0)
        .map(|n, w| {
            *w.local += 1;
            n * n
        })
        .collect_with_locals();
    assert!(squares.into_iter().eq((0..300).map(|n| n * n)));
    assert_eq!(counts.iter().sum::<u64>(), 300);
}
