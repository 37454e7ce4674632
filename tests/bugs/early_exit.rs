//! Bug 1.

#[path = "../../examples/bug01_early_exit.rs"]
mod bug01;

use std::time::Duration;

use crate::TIMES;
use crate::common::watchdog::watch_for;
use bug01::{by_hand_right, by_hand_wrong, measure, with_fanout};

/// Rows take time here.
const LONG: Duration = Duration::from_secs(120);

#[test]
fn others_go_on_behind_an_error() {
    let _dog = watch_for("an error that nobody hears of", LONG);
    for _ in 0..TIMES {
        let facts = measure(by_hand_wrong);
        assert!(!facts.is_right(), "{facts:?}");
        // Two of four workers have left, and the others have come to the end.
        assert!(facts.imported_after > 100, "{facts:?}");
    }
}

#[test]
fn all_hear_of_it_and_it_is_the_same_each_time() {
    let _dog = watch_for("an error that ends the import", LONG);
    for _ in 0..TIMES {
        for facts in [measure(by_hand_right), measure(with_fanout)] {
            assert!(facts.is_right(), "{facts:?}");
        }
    }
}
