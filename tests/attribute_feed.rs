//! `#[feed]` through the attribute: every way to have one, in a run.

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::time::Duration;

use common::watch;
use fanout::{Context, Error, Feed, fan_out, over};

/// A tree that its items are made from: each number below a thousand has its next digits as children.
#[fan_out(workers = 3)]
fn digits(n: u32, #[feed] feed: &Feed<u32>) -> u32 {
    if n < 100 {
        (0..10).for_each(|digit| feed.push(n * 10 + digit));
    }
    n
}

#[test]
fn a_free_function() {
    let _dog = watch("a free function with a feed");
    let mut all = digits(1..10).collect_unordered();
    all.sort_unstable();
    assert_eq!(all, (1..1_000).collect::<Vec<_>>());
    assert_eq!(digits(Vec::new()).collect_unordered(), []);
    // What it expands to can be moved to another thread, and is adjusted as any other.
    let stream = digits(vec![1]).workers(1).window(4).stream();
    assert_eq!(std::thread::spawn(|| stream.count()).join().unwrap(), 111);
}

struct Tree {
    name: String,
    children: Vec<Tree>,
}

impl Tree {
    fn new(depth: usize) -> Self {
        let children = if depth == 0 { 0 } else { 3 };
        Self {
            name: format!("depth {depth}"),
            children: (0..children).map(|_| Self::new(depth - 1)).collect(),
        }
    }
}

/// Items that are references: what is pushed lives as long as what came in.
#[fan_out(workers = 2, item_fn = name_one)]
fn names(tree: &Tree, #[feed] feed: &Feed<&Tree>) -> &str {
    tree.children.iter().for_each(|child| feed.push(child));
    &tree.name
}

#[fan_out(workers = 2, item_fn = depths_one)]
fn depths<'t>((tree, depth): (&'t Tree, usize), #[feed] feed: &Feed<(&'t Tree, usize)>) -> usize {
    for child in &tree.children {
        feed.push((child, depth + 1));
    }
    depth
}

/// Nothing is returned that would need the lifetime to have a name.
#[fan_out(item_fn = count_one)]
fn count(tree: &Tree, #[shared] seen: &AtomicU64, #[feed] feed: &Feed<&Tree>) {
    seen.fetch_add(1, SeqCst);
    tree.children.iter().for_each(|child| feed.push(child));
}

#[fan_out(item_fn = unnamed_one)]
fn unnamed(_: &Tree, #[feed] _: &Feed<&Tree>) {}

#[test]
fn items_by_reference() {
    let _dog = watch("references in a feed");
    let tree = Tree::new(4);
    let found = names([&tree]).collect_unordered();
    assert_eq!(found.len(), 1 + 3 + 9 + 27 + 81);
    assert_eq!(found.iter().filter(|name| **name == "depth 0").count(), 81);
    let found = depths([(&tree, 0)]).collect_unordered();
    assert_eq!(
        found.into_iter().sum::<usize>(),
        3 + 2 * 9 + 3 * 27 + 4 * 81
    );
    unnamed([&tree]).run();
    let seen = AtomicU64::new(0);
    count([&tree, &tree], &seen).run();
    assert_eq!(seen.into_inner(), 2 * 121);
}

#[test]
fn the_function_itself() {
    let _dog = watch("item_fn with a feed");
    let tree = Tree::new(2);
    let mut found = over([&tree])
        .map_feed(|tree, feed, _cx| name_one(tree, feed))
        .collect_unordered();
    found.sort_unstable();
    assert_eq!(
        found[8..],
        ["depth 0", "depth 1", "depth 1", "depth 1", "depth 2"]
    );
    let found = over([(&tree, 1)])
        .map_feed(|item, feed, _cx| depths_one(item, feed))
        .collect_unordered();
    assert_eq!(found.len(), 13);
    over([&tree])
        .map_feed(|tree, feed, _cx| unnamed_one(tree, feed))
        .run();
    let seen = AtomicU64::new(0);
    over([&tree])
        .map_feed(|tree, feed, _cx| count_one(tree, &seen, feed))
        .run();
    assert_eq!(seen.into_inner(), 13);
}

struct Graph<T> {
    next: Vec<Vec<usize>>,
    labels: Vec<T>,
}

impl<T: Sync> Graph<T> {
    #[fan_out(workers = 2)]
    fn below(&self, node: usize, #[feed] feed: &Feed<usize>) -> &T {
        self.next[node].iter().for_each(|next| feed.push(*next));
        &self.labels[node]
    }

    #[fan_out(workers = 2, cancel_on_error)]
    fn owned(
        self: Arc<Self>,
        node: usize,
        #[feed] feed: &Feed<usize>,
        #[local(self.next.len())] nodes: &mut usize,
    ) -> Result<usize, T>
    where
        T: Clone + Send,
    {
        match self.next.get(node) {
            Some(next) => next.iter().for_each(|next| feed.push(*next)),
            None => return Err(self.labels[0].clone()),
        }
        Ok(*nodes)
    }
}

#[test]
fn methods() {
    let _dog = watch("methods with a feed");
    let graph = Graph {
        next: vec![vec![1, 2], vec![3], vec![3], vec![]],
        labels: vec!["a", "b", "c", "d"],
    };
    let mut found = graph.below([0]).collect_unordered();
    found.sort_unstable();
    assert_eq!(found, [&"a", &"b", &"c", &"d", &"d"]);
    let graph = Arc::new(graph);
    let found = Arc::clone(&graph).owned([0]).collect_unordered();
    assert_eq!(found, Ok(vec![4; 5]));
    assert_eq!(graph.owned(vec![7]).stream().next(), Some(Err("a")));
}

#[fan_out(workers = 3, merge = u64::wrapping_add)]
fn sum(n: u64, #[local(0)] sum: &mut u64, #[feed] feed: &fanout::Feed<u64>, #[shared] least: u64) {
    *sum += n;
    if n > least {
        feed.push(n - 1);
    }
}

#[test]
fn with_a_state_and_merge() {
    let _dog = watch("a state beside a feed");
    assert_eq!(sum([10, 20], 1).merged(), 55 + 210);
    assert_eq!(sum([10], 10).locals().into_iter().sum::<u64>(), 10);
}

/// Opens what the state is made from, or says that it cannot.
fn open(limit: &Limit) -> Result<u32, String> {
    limit.0.ok_or_else(|| "no limit".to_owned())
}

struct Limit(Option<u32>);

/// State and body use one owned value: one closure for both.
#[fan_out(workers = 2, cancel_on_error)]
fn climb(
    n: u32,
    #[shared] limit: Limit,
    #[local(try open(&limit))] known: &mut u32,
    #[feed] feed: &Feed<u32>,
    #[ctx] cx: &Context,
) -> Result<u32, String> {
    assert!(cx.worker() < 2);
    assert_eq!(limit.0, Some(*known));
    if n < *known {
        feed.push(n + 1);
    }
    Ok(n)
}

#[fan_out(workers = 2, cancel_on_error)]
fn climb_apart(
    n: u32,
    #[shared] limit: &Limit,
    #[local(try open(limit))] known: &mut u32,
    #[feed] feed: &Feed<u32>,
) -> Result<u32, String> {
    if n < *known {
        feed.push(n + 1);
    }
    Ok(n)
}

#[test]
fn with_a_state_that_can_fail() {
    let _dog = watch("a state that can fail, beside a feed");
    let end = climb([1], Limit(Some(40))).collect_unordered();
    assert_eq!(end.map(|all| all.len()), Ok(40));
    let end = climb([1], Limit(None)).collect_unordered();
    assert_eq!(end, Err("no limit".to_owned()));
    let end = climb_apart([1], &Limit(Some(40))).collect_unordered();
    assert_eq!(end.map(|all| all.len()), Ok(40));
    let end = climb_apart([1], &Limit(None)).collect_unordered();
    assert_eq!(end, Err("no limit".to_owned()));
}

#[fan_out(cancel_on_error)]
fn forever(n: u32, #[feed] feed: &Feed<u32>) -> Result<(), u32> {
    feed.push(n + 1);
    feed.push(n + 1);
    if n == 100 { Err(n) } else { Ok(()) }
}

#[fan_out(workers = 2, timeout = Duration::from_millis(20))]
fn until_the_deadline(n: u64, #[ctx] cx: &Context, #[feed] feed: &Feed<u64>) {
    let _ = cx.sleep(Duration::from_millis(1));
    feed.push(n + 1);
}

#[test]
fn it_ends_when_it_is_told_to() {
    let _dog = watch("feeds without an end");
    assert_eq!(forever([0]).run(), Err(100));
    assert_eq!(until_the_deadline([0]).run(), Err(Error::DeadlineExceeded));
}

/// Parameters in any order, under any pattern; types and lifetimes of the caller's.
#[fan_out(workers = 2)]
fn unfold<'a, T, F>(item: &'a T, #[feed] more: &Feed<&'a T>, #[shared] step: F) -> &'a T
where
    T: Sync + PartialEq,
    F: Fn(&'a T) -> Option<&'a T> + Sync + Send,
{
    if let Some(next) = step(item) {
        more.push(next);
    }
    item
}

type Edge = (u32, u32);

/// The feed's type is the item's, spelt another way.
#[fan_out(workers = 2)]
fn towards((from, to): (u32, u32), #[feed] feed: &Feed<Edge>, #[local(0)] steps: &mut u32) -> u32 {
    *steps += 1;
    if from < to {
        feed.push((from + 1, to));
    }
    from
}

#[fan_out(workers = 2)]
fn unused(n: u32, #[feed] _: &Feed<u32>) -> u32 {
    n
}

#[test]
fn generics_and_patterns() {
    let _dog = watch("generics with a feed");
    let all: Vec<u32> = (0..50).collect();
    let next = |n: &u32| all.get(*n as usize + 1);
    assert_eq!(unfold([&all[0]], next).collect_unordered().len(), 50);
    assert_eq!(unused([3]).collect_unordered(), [3]);
    assert_eq!(towards([(0, 9)]).collect_unordered().len(), 10);
}

mod by_the_body {
    use super::*;

    /// What only looks as if it closed the feed.
    fn drop(feed: &Feed<u32>) {
        feed.push(0);
    }

    #[fan_out(workers = 2)]
    pub fn closes_nothing(n: u32, #[feed] feed: &Feed<u32>) -> u32 {
        use self::drop as close;
        std::mem::drop(n.to_string());
        if n > 0 {
            close(feed);
        }
        let feed = Vec::<u32>::with_capacity(1);
        std::mem::drop(feed);
        n
    }
}

#[test]
fn names_are_no_reason() {
    let _dog = watch("a body with a `drop` of its own");
    let mut all = by_the_body::closes_nothing([1, 2]).collect_unordered();
    all.sort_unstable();
    assert_eq!(all, [0, 0, 1, 2]);
}
