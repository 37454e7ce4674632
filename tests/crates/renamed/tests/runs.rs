//! The renamed crate's pools run.

use fanout_test_renamed::{Table, parse, pick};

#[test]
fn pools_run() {
    assert_eq!(parse(["1", "2"]).collect::<Vec<_>>(), Ok(vec![1, 3]));
    assert_eq!(pick(0..3, vec![5, 6]).collect::<Vec<_>>(), [5, 6, 5]);
    assert_eq!(Table(1).add([1]).collect::<Vec<_>>(), [2]);
}
