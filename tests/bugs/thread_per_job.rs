//! Bug 6.

#[path = "../../examples/bug06_thread_per_job.rs"]
mod bug06;

use crate::{TIMES, watch};
use bug06::{
    by_hand_right, by_hand_wrong, measure, measure_timeout, timeout_right, timeout_with_fanout,
    timeout_wrong, with_fanout,
};

#[test]
fn a_thread_for_each_job_is_as_many_threads_as_jobs() {
    let _dog = watch("many threads");
    for _ in 0..TIMES {
        let facts = measure(by_hand_wrong);
        assert!(!facts.is_right(), "{facts:?}");
        assert_eq!(facts.threads, 200);
    }
}

#[test]
fn workers_are_as_many_as_was_said() {
    let _dog = watch("a few threads");
    for _ in 0..TIMES {
        for facts in [measure(by_hand_right), measure(with_fanout)] {
            assert!(facts.is_right(), "{facts:?}");
        }
    }
}

#[test]
fn a_thread_that_is_not_waited_for_is_left_behind() {
    let _dog = watch("a timeout with a thread");
    for _ in 0..TIMES {
        let left = measure_timeout(|hosts, net| {
            hosts
                .iter()
                .map(|host| timeout_wrong(host.clone(), net))
                .collect()
        });
        assert_eq!(left, 1);
    }
}

#[test]
fn one_that_knows_until_when_is_not() {
    let _dog = watch("a timeout that the job knows of");
    for _ in 0..TIMES {
        let left = measure_timeout(|hosts, net| {
            hosts.iter().map(|host| timeout_right(host, net)).collect()
        });
        assert_eq!(left, 0);
        let left = measure_timeout(|hosts, net| timeout_with_fanout(hosts, net));
        assert_eq!(left, 0);
    }
}
