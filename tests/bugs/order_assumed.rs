//! Bug 9.

#[path = "../../examples/bug09_order_assumed.rs"]
mod bug09;

use crate::{TIMES, watch};
use bug09::{by_hand_right, by_hand_wrong, measure, with_fanout};

#[test]
fn results_behind_a_slow_one_are_taken_for_its_own() {
    let _dog = watch("results in the order in which they are finished");
    for _ in 0..TIMES {
        let facts = measure(by_hand_wrong);
        assert!(!facts.is_right(), "{facts:?}");
        assert_eq!(facts.first, ("preface", 1), "the next page's number");
        assert!(facts.wrong >= 3, "{facts:?}");
    }
}

#[test]
fn each_result_is_that_of_its_input() {
    let _dog = watch("results in input order");
    for _ in 0..TIMES {
        for form in [by_hand_right, with_fanout] {
            let facts = measure(form);
            assert!(facts.is_right(), "{facts:?}");
        }
    }
}
