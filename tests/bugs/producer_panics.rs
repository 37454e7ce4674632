//! Bug 11.

#[path = "../../examples/bug11_producer_panics.rs"]
mod bug11;

use crate::{TIMES, watch};
use bug11::{by_hand_right, by_hand_wrong, measure, with_fanout};
use fanout::testing::no_leaks;

#[test]
fn an_end_that_is_said_is_not_said_by_a_panic() {
    let _dog = watch("a producer that panics before it says the end");
    for _ in 0..TIMES {
        let facts = measure(by_hand_wrong);
        assert!(!facts.is_right(), "{facts:?}");
        let report = facts.hang.expect("it hangs");
        assert!(
            report.contains("2 threads called worker wait to receive from `jobs`"),
            "{report}"
        );
        assert!(report.contains("to receive from `squares`"), "{report}");
    }
}

#[test]
fn the_panic_ends_the_run_and_is_the_callers() {
    let _dog = watch("a producer that panics");
    for _ in 0..TIMES {
        for form in [by_hand_right, with_fanout] {
            let facts = no_leaks(|| measure(form));
            assert!(facts.is_right(), "{facts:?}");
        }
    }
}
