//! Bug 7.

#[path = "../../examples/bug07_shared_map.rs"]
mod bug07;

use crate::{TIMES, watch};
use bug07::{PATIENCE, TRUST, by_hand_right, by_hand_serial, by_hand_wrong, measure, with_fanout};

#[test]
fn what_others_wrote_meanwhile_is_lost() {
    let _dog = watch("a shared map");
    for _ in 0..TIMES {
        let facts = measure(by_hand_wrong, TRUST);
        assert!(!facts.is_right(), "{facts:?}");
        assert!(
            facts.lost >= 20,
            "of each four, two have the same customer: {facts:?}"
        );
    }
}

#[test]
fn one_lock_loses_nothing_and_lets_one_work() {
    let _dog = watch("a map under one lock");
    for _ in 0..TIMES {
        let facts = measure(by_hand_serial, PATIENCE);
        assert!(!facts.is_right(), "{facts:?}");
        assert_eq!((facts.lost, facts.at_once), (0, 1));
    }
}

#[test]
fn a_map_for_each_loses_nothing_and_lets_all_work() {
    let _dog = watch("a map for each");
    for _ in 0..TIMES {
        for form in [by_hand_right, with_fanout] {
            let facts = measure(form, TRUST);
            assert!(facts.is_right(), "{facts:?}");
        }
    }
}
