//! Bug 2.

#[path = "../../examples/bug02_forgotten_done.rs"]
mod bug02;

use crate::{TIMES, watch};
use bug02::{by_hand_right, by_hand_wrong, measure, with_fanout};

#[test]
fn a_path_without_an_answer_keeps_the_caller_waiting() {
    let _dog = watch("an answer that never comes");
    for _ in 0..TIMES {
        let facts = measure(by_hand_wrong);
        assert!(!facts.is_right(), "{facts:?}");
        let report = facts.hang.expect("it hangs");
        for line in [
            "waits to receive from `answers`",
            "4 threads called worker wait to receive from `jobs`",
        ] {
            assert!(report.contains(line), "{report}");
        }
    }
}

#[test]
fn an_answer_on_every_path_is_one_for_each_job() {
    let _dog = watch("an answer for each");
    for _ in 0..TIMES {
        for facts in [measure(by_hand_right), measure(with_fanout)] {
            assert!(facts.is_right(), "{facts:?}");
        }
    }
}
