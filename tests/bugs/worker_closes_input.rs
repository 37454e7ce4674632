//! Bug 13.

#[path = "../../examples/bug13_worker_closes_input.rs"]
mod bug13;

use crate::{TIMES, watch};
use bug13::{by_hand_right, by_hand_stuck, by_hand_wrong, measure, measure_unseen, with_fanout};

#[test]
fn what_belongs_into_a_closed_queue_is_lost() {
    let _dog = watch("a queue that an idle worker closes");
    for _ in 0..TIMES {
        let facts = measure(by_hand_wrong);
        assert!(!facts.is_right(), "{facts:?}");
        assert_eq!(facts.files, 1, "nothing below the outermost: {facts:?}");
    }
}

#[test]
fn a_channel_that_the_workers_keep_open_never_ends() {
    let _dog = watch("workers that wait for each other's folders");
    for _ in 0..TIMES {
        let facts = measure_unseen(by_hand_stuck);
        assert!(!facts.is_right(), "{facts:?}");
        assert_eq!(facts.files, facts.all_files, "all is done: {facts:?}");
        let report = facts.hang.expect("it hangs");
        assert!(
            report.contains(
                "2 threads called worker wait to receive from `folders`, which is empty and has 2 senders"
            ),
            "{report}"
        );
    }
}

#[test]
fn nothing_is_lost_where_the_end_is_found_and_not_made() {
    let _dog = watch("a tree that is walked to its end");
    for _ in 0..TIMES {
        let facts = measure(by_hand_right);
        assert!(facts.is_right(), "{facts:?}");
        let facts = measure_unseen(with_fanout);
        assert!(facts.is_right(), "{facts:?}");
    }
}
