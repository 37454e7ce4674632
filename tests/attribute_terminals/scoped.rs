//! `.stream()` of functions over owned data, `.scope()` of those that borrow.

use std::collections::BTreeSet;
use std::sync::Arc;

use fanout::{Scoped, fan_out};

use crate::common::{Census, Counted, watch};

struct Shop {
    prices: Vec<u32>,
}

impl Shop {
    #[fan_out(workers = 2, ordered)]
    fn price(&self, at: usize, #[shared] rebates: &[u32]) -> u32 {
        self.prices[at] - rebates[at]
    }

    #[fan_out(workers = 2, ordered)]
    fn lend(&self, at: usize) -> &u32 {
        &self.prices[at]
    }

    #[fan_out(workers = 2, ordered)]
    fn price_of_shared(self: Arc<Self>, at: usize, #[shared] rebate: u32) -> u32 {
        self.prices[at] - rebate
    }
}

#[test]
fn a_method_with_borrowed_arguments_has_a_scope() {
    let _dog = watch("a scope over borrowed data");
    let shop = Shop {
        prices: vec![10, 20, 30],
    };
    let rebates = [1, 2, 3];
    let mut taken = Vec::new();
    let rest = shop
        .price(0..3, &rebates)
        .scope(|mut prices: Scoped<'_, u32>| {
            taken.extend(prices.next());
            prices.sum::<u32>()
        });
    assert_eq!((taken, rest), (vec![9], 45));
    // What it lends outlives the scope, as it is the shop's.
    let most: Option<&u32> = shop.lend(vec![2, 0]).scope(|prices| prices.max());
    assert_eq!(most, Some(&30));
    // Left early, it stops: the input has no end.
    let first = shop
        .price((0..3).cycle(), &rebates)
        .scope(|mut prices| prices.next());
    assert_eq!(first, Some(9));
}

#[test]
fn the_other_terminals_borrow_too() {
    let _dog = watch("terminals over borrowed data");
    let shop = Shop {
        prices: vec![10, 20, 30],
    };
    let rebates = vec![1, 2, 3];
    let all: Vec<u32> = shop.price([0, 2], &rebates).collect();
    assert_eq!(all, [9, 27]);
    let all: Vec<&u32> = shop.lend([0, 1].into_iter()).collect();
    assert_eq!(all, [&10, &20]);
    let mut sum = 0;
    shop.price(0..3, &rebates).for_each(|price| sum += price);
    assert_eq!(sum, 54);
    let set: BTreeSet<u32> = shop.price(0..3, &rebates).collect();
    assert_eq!(set, BTreeSet::from([9, 18, 27]));
}

#[test]
fn a_method_that_owns_its_self_has_a_stream() {
    let _dog = watch("a stream that owns what it needs");
    let shop = Arc::new(Shop {
        prices: vec![10, 20, 30],
    });
    let mut stream = shop.clone().price_of_shared((0..3).cycle(), 1).stream();
    drop(shop);
    let moved = std::thread::spawn(move || {
        let first: Vec<u32> = stream.by_ref().take(4).collect();
        stream.stop();
        (first, stream.finish())
    });
    let (first, end) = moved.join().expect("no panic");
    assert_eq!((first, end), (vec![9, 19, 29, 9], Ok(())));
}

#[fan_out(workers = 3, ordered, window = 4)]
fn pass(item: Counted) -> Counted {
    item
}

/// Dropping a stream stops, joins, and leaves nothing.
#[test]
fn a_dropped_stream_leaves_nothing() {
    let _dog = watch("a dropped stream");
    let census = Census::new();
    let items = census.clone();
    let mut stream = pass((0..).map(move |n| items.make(n))).stream();
    assert_eq!(stream.next().map(|item| item.value), Some(0));
    assert!(
        census.most() <= 5,
        "a window of 4 and one here: {}",
        census.most()
    );
    drop(stream);
    census.assert_all_gone();
}

#[fan_out(workers = 2, ordered)]
fn words(line: &str) -> Vec<&str> {
    line.split(' ').collect()
}

#[test]
fn items_by_reference() {
    let _dog = watch("borrowed lines");
    let text = String::from("a b\nc");
    let longest = words(text.lines()).scope(|lines| lines.max_by_key(Vec::len));
    assert_eq!(longest, Some(vec!["a", "b"]));
    // What is borrowed for ever is owned enough for a stream.
    let all: Vec<Vec<&'static str>> = words(["x y", "z"]).stream().collect();
    assert_eq!(all, [vec!["x", "y"], vec!["z"]]);
}
