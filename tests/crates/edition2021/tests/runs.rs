//! The pools of an edition-2021 crate run, over borrowed data.

use fanout_test_edition2021::{parse, Index};

#[test]
fn pools_run() {
    let index = Index {
        items: vec![1_u8, 2],
        log: Default::default(),
    };
    let keys = [String::from("a"), String::from("b")];
    let words = [String::from("b"), String::from("x")];
    let found: Vec<Option<u8>> = index
        .find(words.iter().map(String::as_str), &keys)
        .collect();
    assert_eq!(found, [Some(2), None]);
    assert_eq!(index.log([1, 2]).collect::<Vec<_>>().len(), 2);
    let line = String::from("a-b-c");
    assert_eq!(
        index.split([line.as_str()], '-').collect::<Vec<_>>(),
        [["a", "b"]]
    );
    let prefix = String::from("n");
    assert_eq!(
        parse(["n1", "n2"], &prefix, vec![10]).collect::<Vec<_>>(),
        Ok(vec![11, 12])
    );
}
