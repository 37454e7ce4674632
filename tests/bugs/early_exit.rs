//! Bug 1.

#[path = "../../examples/bug01_early_exit.rs"]
mod bug01;

use crate::{TIMES, watch};
use bug01::{by_hand_right, by_hand_wrong, measure, with_fanout};

#[test]
fn others_go_on_behind_an_error() {
    let _dog = watch("an error that nobody hears of");
    for _ in 0..TIMES {
        let facts = measure(by_hand_wrong);
        assert!(!facts.is_right(), "{facts:?}");
        // Two of four workers have left, and the others have come to the end.
        assert!(facts.imported_after > 100, "{facts:?}");
    }
}

#[test]
fn all_hear_of_it_and_it_is_the_same_each_time() {
    let _dog = watch("an error that ends the import");
    for _ in 0..TIMES {
        for facts in [measure(by_hand_right), measure(with_fanout)] {
            assert!(facts.is_right(), "{facts:?}");
        }
    }
}
