//! Bug 12. Where the counters are, and not how long it takes: that is for a machine where nothing else runs.

#[path = "../../examples/bug12_false_sharing.rs"]
mod bug12;

use crate::{TIMES, watch};
use bug12::{by_hand_right, by_hand_wrong, measure, with_fanout};

const NUMBERS: u32 = 10_000;

#[test]
fn neighbours_are_in_one_cache_line() {
    let _dog = watch("counters in an array");
    for _ in 0..TIMES {
        let facts = measure(by_hand_wrong, NUMBERS, 1);
        assert!(!facts.is_right(), "{facts:?}");
        assert_eq!(facts.odd, 5_000, "it is slow, not wrong");
        assert_eq!(facts.apart, Some(8));
    }
}

#[test]
fn states_have_lines_of_their_own() {
    let _dog = watch("counters apart from each other");
    for _ in 0..TIMES {
        for form in [by_hand_right, with_fanout] {
            let facts = measure(form, NUMBERS, 1);
            assert!(facts.is_right(), "{facts:?}");
        }
    }
}
