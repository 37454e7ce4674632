//! Inputs whose items are borrowed, to be read or to be changed.

use std::collections::{BTreeMap, HashSet};

use fanout::over;

use crate::common::watch;

#[test]
fn by_reference() {
    let _dog = watch("borrowed inputs");
    let vec = vec![String::from("a"), String::from("bb")];
    let lengths = [1, 2];
    // The results may borrow from the items.
    let all: Vec<&str> = over(&vec)
        .ordered()
        .map(|s: &String, _cx| s.as_str())
        .collect();
    assert_eq!(all, ["a", "bb"]);
    let all: Vec<usize> = over(&vec[..]).ordered().map(|s, _cx| s.len()).collect();
    assert_eq!(all, lengths);
    let all: Vec<usize> = over(vec.as_slice())
        .ordered()
        .map(|s, _cx| s.len())
        .collect();
    assert_eq!(all, lengths);
    let all: Vec<usize> = over(vec.iter()).ordered().map(|s, _cx| s.len()).collect();
    assert_eq!(all, lengths);
    let array = ["a", "bb"];
    let all: Vec<usize> = over(&array).ordered().map(|s, _cx| s.len()).collect();
    assert_eq!(all, lengths);
    let all: Vec<usize> = over(array).ordered().map(|s, _cx| s.len()).collect();
    assert_eq!(all, lengths);
    let set = HashSet::from(["a"]);
    let all: Vec<usize> = over(set.iter())
        .map(|s: &&str, _cx| s.len())
        .collect_unordered();
    assert_eq!(all, [1]);
    let text = String::from("a\nbb\n");
    let all: Vec<&str> = over(text.lines()).ordered().map(|s, _cx| s).collect();
    assert_eq!(all, ["a", "bb"]);
    let all: Vec<usize> = over(vec.chunks(2))
        .ordered()
        .map(|c, _cx| c.len())
        .collect();
    assert_eq!(all, [2]);
}

/// Items that are `&mut`: disjoint, so each worker may change its own.
#[test]
fn to_be_changed() {
    let _dog = watch("items that are changed");
    let mut numbers: Vec<u32> = (0..100).collect();
    over(numbers.iter_mut())
        .workers(3)
        .map(|n, _cx| *n += 1)
        .run();
    assert!(numbers.iter().copied().eq(1..=100));
    let sums: Vec<u32> = over(numbers.chunks_mut(7))
        .workers(3)
        .ordered()
        .map(|chunk, _cx| {
            chunk.reverse();
            chunk.iter().sum()
        })
        .collect();
    assert_eq!(sums.iter().sum::<u32>(), (1..=100).sum());
    assert_eq!(numbers[..7], [7, 6, 5, 4, 3, 2, 1]);
    let mut map = BTreeMap::from([(1, String::new()), (2, String::new())]);
    over(map.iter_mut())
        .map(|(n, text), _cx| *text = n.to_string())
        .run();
    assert_eq!(map[&2], "2");
    // The results may be the items.
    let back: Vec<&mut u32> = over(numbers.iter_mut()).ordered().map(|n, _cx| n).collect();
    back.into_iter().for_each(|n| *n = 0);
    assert!(numbers.iter().all(|n| *n == 0));
}

/// A pair of vectors walked together, and items that hold references of different lives.
#[test]
fn items_put_together() {
    let _dog = watch("zipped inputs");
    let names = ["a", "b"].map(str::to_owned);
    let mut counts = [0; 2];
    {
        let local = vec![5, 6];
        let zipped = names.iter().zip(&mut counts).zip(&local);
        over(zipped)
            .workers(2)
            .map(|((name, count), n), _cx| *count = n + name.len())
            .run();
    }
    assert_eq!(counts, [6, 7]);
}
