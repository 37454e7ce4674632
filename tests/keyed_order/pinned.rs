//! Each key belongs to one worker.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;

use fanout::over;
use fanout::testing_hooks::refuse_threads;

use crate::common::{Counter, caught, payload_text, watch};

#[test]
fn the_workers_states_have_no_key_in_common() {
    let _dog = watch("pinned keys");
    for workers in [1, 2, 5] {
        let states: Vec<HashMap<u64, Vec<u64>>> = over(0..2_000_u64)
            .workers(workers)
            .shard_by(|n: &u64| n % 37)
            .pinned()
            .local(HashMap::<u64, Vec<u64>>::new)
            .map(|n, w| w.local.entry(n % 37).or_default().push(n))
            .locals();
        let mut seen = HashSet::new();
        for (key, items) in states.into_iter().flatten() {
            assert!(seen.insert(key), "key {key} is in two states");
            // All of them, in input order.
            assert!(items.into_iter().eq((key..2_000).step_by(37)));
        }
        assert_eq!(seen.len(), 37);
    }
}

/// A worker waits in its key; the others go on with theirs, as far as the window goes.
#[test]
fn a_worker_that_is_inside_an_item_holds_up_its_own_keys_only() {
    let _dog = watch("a pinned worker that waits");
    let workers_of_keys: Mutex<HashMap<u64, usize>> = Mutex::default();
    let done = Counter::new();
    let others = Counter::new();
    over(0..600_u64)
        .workers(3)
        .window(1_000)
        .shard_by(|n: &u64| n % 30)
        .pinned()
        .map(|n, cx| {
            let owner = *workers_of_keys
                .lock()
                .unwrap()
                .entry(n % 30)
                .or_insert(cx.worker());
            assert_eq!(owner, cx.worker());
            if n == 0 {
                // Until an item of some other worker has run.
                others.wait_for(1);
            } else if workers_of_keys.lock().unwrap().get(&0) != Some(&owner) {
                others.add(1);
            }
            done.add(1);
        })
        .run();
    assert_eq!(done.get(), 600);
}

#[test]
fn the_keys_of_refused_workers_go_to_others() {
    for given in 0..4 {
        let _dog = watch(format!("pinned keys, and {given} threads"));
        let _guard = refuse_threads(move |attempt| attempt >= given);
        let states: Vec<HashSet<u64>> = over(0..1_000_u64)
            .workers(4)
            .shard_by(|n: &u64| n % 50)
            .pinned()
            .local(HashSet::new)
            .map(|n, w| {
                w.local.insert(n % 50);
            })
            .locals();
        assert_eq!(states.iter().map(HashSet::len).sum::<usize>(), 50);
    }
}

/// An input that waits for the answer to one item before it gives the next: the item is not held back for company.
#[test]
fn an_input_that_waits_for_the_item_before() {
    let _dog = watch("pinned keys, and an input with feedback");
    for batch in [None, Some(4)] {
        let done = Counter::new();
        let input = (0..60_usize).inspect(|n| done.wait_for(*n));
        let run = over(input).workers(3);
        let run = match batch {
            Some(batch) => run.batch(batch),
            None => run,
        };
        run.shard_by(|n: &usize| n % 7)
            .pinned()
            .map(|_, _cx| {
                done.add(1);
            })
            .run();
        assert_eq!(done.get(), 60);
    }
}

/// A worker that serves the keys of others as well takes the lowest item of all of them: so when one of its items panics, all
/// that came before it have run.
#[test]
fn a_panic_where_threads_were_refused() {
    for given in 0..3 {
        let _dog = watch(format!("pinned keys, a panic, and {given} threads"));
        for round in 0..20 {
            let _guard = refuse_threads(move |attempt| attempt >= given);
            let mut handed = 0;
            let run = over((0..64_u64).collect::<Vec<_>>())
                .workers(4)
                .window(64)
                .batch(64)
                .ordered()
                .shard_by(|n: &u64| *n)
                .pinned()
                .map(|n, _cx| assert!(n != round * 3, "item {n}"));
            let payload = caught(|| run.for_each(|()| handed += 1));
            assert_eq!(payload_text(&*payload), format!("item {}", round * 3));
            assert_eq!(handed, round * 3);
        }
    }
}
