//! Bug 3.

#[path = "../../examples/bug03_one_worker_does_it_all.rs"]
mod bug03;

use crate::{TIMES, watch};
use bug03::{
    Desk, PATIENCE, TRUST, by_each_worker, by_hand_right, by_hand_wrong, measure, requests,
    with_fanout,
};

#[test]
fn a_lock_held_for_the_whole_job_lets_one_work() {
    let _dog = watch("workers that wait for the queue");
    for _ in 0..TIMES {
        let facts = measure(by_hand_wrong, PATIENCE);
        assert!(!facts.is_right(), "{facts:?}");
        assert_eq!(facts.at_once, 1);
    }
}

#[test]
fn without_it_all_work() {
    let _dog = watch("workers that work");
    for _ in 0..TIMES {
        for facts in [measure(by_hand_right, TRUST), measure(with_fanout, TRUST)] {
            assert!(facts.is_right(), "{facts:?}");
        }
    }
}

#[test]
fn the_report_shows_who_worked() {
    let _dog = watch("a report");
    for _ in 0..TIMES {
        let by_worker = by_each_worker(requests(), &Desk::new(TRUST));
        assert_eq!(by_worker, [10; 4]);
    }
}
