//! Bug 10.

#[path = "../../examples/bug10_deaf_to_cancel.rs"]
mod bug10;

use crate::{TIMES, watch};
use bug10::{by_hand_right, measure, measure_wrong, with_fanout};
use fanout::testing::no_leaks;

#[test]
fn a_flag_is_not_seen_by_those_who_wait() {
    let _dog = watch("a flag that nobody sees");
    for _ in 0..TIMES {
        let facts = measure_wrong();
        assert!(!facts.is_right(), "{facts:?}");
        let report = facts.hang.expect("it hangs");
        assert!(
            report.contains("2 threads called worker wait to receive from `requests`"),
            "{report}"
        );
        assert!(
            report.contains("worker waits to send to `answers`, which is full"),
            "{report}"
        );
    }
}

#[test]
fn a_stop_reaches_those_who_wait() {
    let _dog = watch("a stop while workers wait");
    for _ in 0..TIMES {
        let facts = measure(|requests, enough| by_hand_right(requests, enough));
        assert!(facts.is_right(), "{facts:?}");
        let facts = no_leaks(|| measure(|requests, enough| with_fanout(requests, enough)));
        assert!(facts.is_right(), "{facts:?}");
    }
}
