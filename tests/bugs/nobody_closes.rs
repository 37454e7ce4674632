//! Bug 4.

#[path = "../../examples/bug04_nobody_closes.rs"]
mod bug04;

use crate::{TIMES, watch};
use bug04::{by_hand_right, by_hand_wrong, measure, with_fanout};

#[test]
fn a_forgotten_sender_keeps_the_consumer_waiting() {
    let _dog = watch("a forgotten sender");
    for _ in 0..TIMES {
        let facts = measure(by_hand_wrong);
        assert!(!facts.is_right(), "{facts:?}");
        let report = facts.hang.expect("it hangs");
        assert!(
            report.contains("from `counts`, which is empty and has 1 sender"),
            "{report}"
        );
        assert_eq!(
            report.lines().count(),
            2,
            "only the consumer waits: {report}"
        );
    }
}

#[test]
fn without_it_the_results_end() {
    let _dog = watch("results that end");
    for _ in 0..TIMES {
        let facts = measure(by_hand_right);
        assert!(facts.is_right(), "{facts:?}");
        let facts = measure(with_fanout);
        assert!(facts.is_right(), "{facts:?}");
    }
}
