//! Bug 5.

#[path = "../../examples/bug05_head_of_line.rs"]
mod bug05;

use crate::{TIMES, watch};
use bug05::{
    PATIENCE, TRUST, by_hand_right, by_hand_stealing, by_hand_wrong, measure, with_fanout,
};

#[test]
fn a_share_waits_behind_its_slow_job() {
    let _dog = watch("jobs behind a slow one");
    for _ in 0..TIMES {
        let facts = measure(by_hand_wrong, PATIENCE);
        assert!(!facts.is_right(), "{facts:?}");
        assert!(facts.waited >= 9, "the rest of its share: {facts:?}");
    }
}

#[test]
fn whoever_is_free_takes_the_next() {
    let _dog = watch("jobs beside a slow one");
    for _ in 0..TIMES {
        for form in [by_hand_right, by_hand_stealing, with_fanout] {
            let facts = measure(form, TRUST);
            assert!(facts.is_right(), "{facts:?}");
        }
    }
}
