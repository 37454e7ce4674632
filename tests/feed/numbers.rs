//! Items are numbered in the order in which they come in, by whichever way: each number once.

use fanout::{Context, Feed, over};

use crate::common::watch;

#[test]
fn each_once() {
    let _dog = watch("numbers of fed items");
    for workers in [1, 2, 4] {
        let mut numbers = over(0..50_u64)
            .workers(workers)
            .map_feed(|n, feed: &Feed<u64>, cx: &Context| {
                if n < 50 {
                    feed.push(n + 100);
                }
                cx.index()
            })
            .collect_unordered();
        numbers.sort_unstable();
        assert!(numbers.into_iter().eq(0..100));
        // `indexed` says the same.
        let mut indexed = over(0..50_u64)
            .workers(workers)
            .map_feed(|n, feed: &Feed<u64>, cx: &Context| {
                if n < 50 {
                    feed.push(n + 100);
                }
                cx.index()
            })
            .indexed()
            .collect_unordered();
        assert!(indexed.iter().all(|(index, number)| index == number));
        indexed.sort_unstable();
        assert!(indexed.into_iter().map(|(index, _)| index).eq(0..100));
    }
}
