//! `shard_by` and `pinned` through the attribute: paths of key functions, borrowed keys, methods, generics.

mod common;

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::Mutex;

use common::watch;
use fanout::fan_out;

#[derive(Clone)]
struct Event {
    user: String,
    amount: u64,
}

impl Event {
    fn user(&self) -> &str {
        &self.user
    }
}

fn events() -> impl Iterator<Item = Event> + Send + Clone {
    (0..300).map(|n| Event {
        user: format!("user {}", n % 7),
        amount: n,
    })
}

type Ledger = Mutex<HashMap<String, Vec<u64>>>;

#[fan_out(workers = 3, shard_by = Event::user)]
fn enter(event: Event, #[shared] ledger: &Ledger) {
    let mut ledger = ledger.lock().unwrap();
    ledger.entry(event.user).or_default().push(event.amount);
}

#[test]
fn a_key_that_borrows_from_the_item() {
    let _dog = watch("shard_by with a borrowed key");
    let ledger = Ledger::default();
    enter(events(), &ledger).run();
    let ledger = ledger.into_inner().unwrap();
    assert_eq!(ledger.len(), 7);
    for amounts in ledger.values() {
        assert_eq!(amounts.len(), amounts.iter().collect::<HashSet<_>>().len());
        assert!(amounts.is_sorted());
    }
}

/// With order, errors and a stream; the key is generic, the item a reference.
#[fan_out(workers = 2, ordered, cancel_on_error, shard_by = key_of::<K>)]
fn check<K: Hash + Eq + Sync>(pair: &(K, u64), #[shared] limit: u64) -> Result<u64, u64> {
    if pair.1 < limit {
        Ok(pair.1)
    } else {
        Err(pair.1)
    }
}

fn key_of<'p, K>(pair: &&'p (K, u64)) -> &'p K {
    &pair.0
}

#[test]
fn a_generic_key_of_a_reference() {
    let _dog = watch("shard_by with a generic key");
    let pairs: Vec<(char, u64)> = (0..100)
        .map(|n| (if n % 3 == 0 { 'a' } else { 'b' }, n))
        .collect();
    let all: Result<Vec<u64>, u64> = check(&pairs, 100).collect();
    assert!(all.is_ok_and(|all| all.into_iter().eq(0..100)));
    assert_eq!(check(&pairs, 40).collect::<Vec<u64>>(), Err(40));
    let first: Vec<_> = check(&pairs, 40).scope(|results| results.take(3).collect());
    assert_eq!(first, [Ok(0), Ok(1), Ok(2)]);
}

struct Shop {
    tills: usize,
}

impl Shop {
    #[fan_out(workers = self.tills, shard_by = Event::user, pinned)]
    fn totals(&self, event: Event, #[local(HashMap::new())] totals: &mut HashMap<String, u64>) {
        *totals.entry(event.user).or_default() += event.amount;
    }
}

#[test]
fn pinned_states_have_no_key_in_common() {
    let _dog = watch("pinned states");
    let shop = Shop { tills: 3 };
    let states = shop.totals(events()).locals();
    assert_eq!(states.iter().map(HashMap::len).sum::<usize>(), 7);
    let total: u64 = states.iter().flat_map(HashMap::values).sum();
    assert_eq!(total, (0..300).sum());
}

#[fan_out(workers = 2, shard_by = |n: &u64| n % 5)]
fn double(n: u64) -> u64 {
    n * 2
}

#[test]
fn a_closure_is_a_key_function_too() {
    let _dog = watch("shard_by with a closure");
    let all: HashSet<u64> = double(0..50).collect();
    assert_eq!(all.len(), 50);
}
