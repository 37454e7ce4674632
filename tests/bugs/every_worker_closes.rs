//! Bug 8.

#[path = "../../examples/bug08_every_worker_closes.rs"]
mod bug08;

use crate::{TIMES, watch};
use bug08::{by_hand_right, by_hand_wrong, measure, with_fanout};

#[test]
fn the_first_worker_that_is_done_ends_the_output_of_the_others() {
    let _dog = watch("an output that a worker closes");
    for _ in 0..TIMES {
        let facts = measure(by_hand_wrong);
        assert!(!facts.is_right(), "{facts:?}");
        assert_eq!(facts.hang, None, "it looks complete");
        assert_eq!(
            facts.errors, 1,
            "those of the large log are lost: {facts:?}"
        );
    }
}

#[test]
fn an_end_that_the_last_worker_makes_is_the_end() {
    let _dog = watch("an output that ends with its last worker");
    for _ in 0..TIMES {
        for form in [by_hand_right, with_fanout] {
            let facts = measure(form);
            assert!(facts.is_right(), "{facts:?}");
        }
    }
}
