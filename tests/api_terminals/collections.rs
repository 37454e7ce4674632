//! What a run can be collected into.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::sync::atomic::{AtomicU32, Ordering};

use fanout::over;

use crate::common::{Counter, watch};

const MANY: u32 = 300;

#[test]
fn an_ordered_run_collects_into_anything() {
    let _dog = watch("ordered collections");
    let run = || over(0..MANY).workers(3).ordered().map(|n, _cx| n);
    let all: Vec<u32> = (0..MANY).collect();
    assert_eq!(run().collect::<Vec<u32>>(), all);
    assert_eq!(run().collect::<Box<[u32]>>()[..], all);
    assert_eq!(run().collect::<VecDeque<u32>>(), all);
    assert!(run().collect::<LinkedList<u32>>().into_iter().eq(0..MANY));
    assert_eq!(run().collect::<HashSet<u32>>().len(), all.len());
    assert_eq!(run().collect::<BTreeSet<u32>>().len(), all.len());

    // A later one replaces an earlier one, as in the loop.
    let pairs = over(0..MANY).workers(3).ordered().map(|n, _cx| (n % 7, n));
    let last: BTreeMap<u32, u32> = pairs.collect();
    assert_eq!(last, (0..MANY).map(|n| (n % 7, n)).collect());

    let digits = over(0..MANY).workers(3).ordered();
    let text: String = digits.map(|n, _cx| n.to_string()).collect();
    assert_eq!(text, (0..MANY).map(|n| n.to_string()).collect::<String>());

    let nothing: () = over(0..MANY).ordered().map(|_, _cx| ()).collect();
    assert_eq!(nothing, ());
}

#[test]
fn an_unordered_run_collects_into_what_has_no_order() {
    let _dog = watch("unordered collections");
    let run = || over(0..MANY).workers(3).map(|n, _cx| n);
    assert_eq!(run().collect::<HashSet<u32>>(), (0..MANY).collect());
    assert_eq!(run().collect::<BTreeSet<u32>>(), (0..MANY).collect());
    let heap: BinaryHeap<u32> = run().collect();
    assert!(heap.into_sorted_vec().into_iter().eq(0..MANY));

    let squares = || over(0..MANY).workers(3).map(|n, _cx| (n, n * n));
    let expected: BTreeMap<u32, u32> = (0..MANY).map(|n| (n, n * n)).collect();
    assert_eq!(squares().collect::<BTreeMap<_, _>>(), expected);
    let map: HashMap<u32, u32> = squares().collect();
    assert_eq!(map.into_iter().collect::<BTreeMap<_, _>>(), expected);

    let nothing: () = over(0..MANY).map(|_, _cx| ()).collect();
    assert_eq!(nothing, ());
}

#[test]
fn any_order_is_said_out_loud() {
    let _dog = watch("collect_unordered");
    let mut all: Vec<u32> = over(0..MANY).workers(3).map(|n, _cx| n).collect_unordered();
    all.sort_unstable();
    assert!(all.into_iter().eq(0..MANY));

    let text: String = over(["a", "b", "c"])
        .map(|letter, _cx| letter)
        .collect_unordered_into();
    assert_eq!(text.len(), 3);
    assert!(["a", "b", "c"].iter().all(|letter| text.contains(letter)));
}

/// Every item runs, and of the failures the one of the lowest index is kept, in either order.
#[test]
fn a_result_or_option_keeps_the_failure_of_the_lowest_index() {
    let _dog = watch("collecting into results and options");
    let ran = AtomicU32::new(0);
    let later = Counter::new();
    // The failure with the lower index is finished last.
    let fail = |n: u32| {
        ran.fetch_add(1, Ordering::Relaxed);
        match n {
            3 => {
                later.wait_for(1);
                Err(n)
            }
            5 => {
                later.add(1);
                Err(n)
            }
            _ => Ok(n),
        }
    };
    let run = || over(0..MANY).workers(2).batch(1);
    let ordered: Result<Vec<u32>, u32> = run().ordered().map(|n, _cx| fail(n)).collect();
    assert_eq!(ordered, Err(3));
    let unordered: Result<HashSet<u32>, u32> = run().map(|n, _cx| fail(n)).collect();
    assert_eq!(unordered, Err(3));
    let ordered: Option<Vec<u32>> = run().ordered().map(|n, _cx| fail(n).ok()).collect();
    assert_eq!(ordered, None);
    let unordered: Option<BTreeSet<u32>> = run().map(|n, _cx| fail(n).ok()).collect();
    assert_eq!(unordered, None);
    let indexed: Vec<u32> = (0..MANY).collect();
    let in_place: Result<Vec<u32>, u32> = over(&indexed)
        .workers(2)
        .ordered()
        .map(|n, _cx| fail(*n))
        .collect();
    assert_eq!(in_place, Err(3));
    assert_eq!(ran.into_inner(), 5 * MANY);

    let whole: Result<HashSet<u32>, u32> = run().map(|n, _cx| Ok(n)).collect();
    assert_eq!(whole.map(|set| set.len()), Ok(MANY as usize));
    let whole: Option<Vec<u32>> = run().ordered().map(|n, _cx| Some(n)).collect();
    assert_eq!(whole, Some(indexed));
}

#[test]
fn all_errors_come_in_input_order() {
    let _dog = watch("collect_all_errors");
    let odd = |n: u32| if n % 2 == 1 { Err(n) } else { Ok(n) };
    let odds: Vec<u32> = (0..MANY).filter(|n| n % 2 == 1).collect();
    let errors = over(0..MANY)
        .workers(3)
        .map(|n, _cx| odd(n))
        .collect_all_errors::<Vec<u32>>();
    assert_eq!(errors, Err(odds.clone()));
    let errors = over(0..MANY)
        .workers(3)
        .ordered()
        .map(|n, _cx| odd(n))
        .collect_all_errors::<HashSet<u32>>();
    assert_eq!(errors, Err(odds));
    let values = over((0..MANY).step_by(2))
        .workers(3)
        .map(|n, _cx| odd(n))
        .collect_all_errors::<Vec<u32>>();
    assert_eq!(values, Ok((0..MANY).step_by(2).collect()));
}

/// A collection of the user's own that has no order.
#[derive(Default, PartialEq, Debug)]
struct Sum(u64);
impl FromIterator<u32> for Sum {
    fn from_iter<I: IntoIterator<Item = u32>>(all: I) -> Self {
        Self(all.into_iter().map(u64::from).sum())
    }
}
impl fanout::OrderFree for Sum {}

#[test]
fn a_collection_of_ones_own_can_be_order_free() {
    let _dog = watch("a collection of the user's");
    let sum: Sum = over(0..MANY).workers(3).map(|n, _cx| n).collect();
    assert_eq!(sum, Sum((0..u64::from(MANY)).sum()));
    let sum: Option<Sum> = over(0..MANY).workers(3).map(|n, _cx| Some(n)).collect();
    assert_eq!(sum, Some(Sum((0..u64::from(MANY)).sum())));
}
