//! The expansion gives nobody a warning, whatever lints their crate denies. Clippy's are checked by running it on tests.

#![deny(warnings, missing_docs, unsafe_code, clippy::pedantic)]
#![deny(
    rust_2018_idioms,
    single_use_lifetimes,
    unused_lifetimes,
    unused_qualifications
)]
#![deny(unreachable_pub, unnameable_types, let_underscore_drop, trivial_casts)]
#![deny(
    missing_debug_implementations,
    unused_crate_dependencies,
    unused_results
)]
#![allow(
    unused_crate_dependencies,
    reason = "a test target is given all of the package's"
)]

use std::collections::HashMap;
use std::sync::Arc;

use fanout::{Context, Feed, fan_out};

#[fan_out(workers = 8, ordered, cancel_on_error)]
fn parse(text: String, #[ctx] cx: &Context) -> Result<u64, std::num::ParseIntError> {
    text.parse::<u64>().map(|n| n + cx.index())
}

#[fan_out(
    window = 64,
    timeout = "90s",
    item_timeout = "1500ms",
    batch = 8,
    cpu_bound
)]
fn trim(line: &str, #[ctx] cx: &Context) -> &str {
    if cx.is_cancelled() { "" } else { line.trim() }
}

fn add(mut a: HashMap<String, u64>, b: HashMap<String, u64>) -> HashMap<String, u64> {
    for (key, n) in b {
        *a.entry(key).or_default() += n;
    }
    a
}

#[fan_out(merge = add, name = "count", stack_size = 1 << 20)]
fn count(word: String, #[local(HashMap::new())] counts: &mut HashMap<String, u64>) {
    *counts.entry(word).or_default() += 1;
}

#[fan_out(ordered)]
fn look_up<'a, T: Sync>(
    at: usize,
    #[shared] table: &'a [T],
    #[shared] offset: usize,
) -> Option<&'a T> {
    table.get(at + offset)
}

#[fan_out]
fn joint(
    at: usize,
    #[local(Vec::with_capacity(table.len()))] seen: &mut Vec<usize>,
    #[shared] table: Vec<usize>,
    #[local(table.len())] length: &mut usize,
) -> usize {
    seen.push(at);
    table[at % *length]
}

#[fan_out]
fn generic_state<T: Send + Sync + Clone, U>(
    item: U,
    #[local(0)] n: &mut u32,
    #[shared] t: T,
) -> (T, U) {
    *n += 1;
    (t.clone(), item)
}

#[fan_out(ordered)]
fn show<T: ToString + Sync>(item: &T) -> String {
    item.to_string()
}

#[fan_out(item_fn = split_one)]
fn split(text: &str, #[feed] feed: &Feed<&str>) -> usize {
    if let Some((left, right)) = text.split_once(',') {
        feed.push(left);
        feed.push(right);
    }
    text.len()
}

#[fan_out(merge = usize::max)]
fn halve<T: Send + Clone>(
    parts: Vec<T>,
    #[local(0)] longest: &mut usize,
    #[feed] feed: &Feed<Vec<T>>,
    #[ctx] cx: &Context,
) {
    *longest = parts.len().max(*longest);
    if parts.len() > 1 && !cx.is_cancelled() {
        feed.push(parts[1..].to_vec());
    }
}

const BATCH: usize = 4;
const LIMIT: std::time::Duration = std::time::Duration::from_secs(60);

#[fan_out(
    workers = BATCH * 2,
    batch = BATCH,
    window = 64_usize,
    timeout = LIMIT,
    ordered
)]
fn half(n: u32) -> u32 {
    n / 2
}

#[fan_out(item_fn = sort_one)]
fn sort(chunk: &mut [&str], #[shared] _kept: Vec<u32>, #[local(0)] n: &mut usize) {
    chunk.sort_unstable();
    *n += 1;
}

#[fan_out(ordered)]
fn first<'x, T: Sync>(
    words: &'x [&T],
    #[shared] (_a, b, _): (String, String, String),
    #[local(b.len())] n: &mut usize,
) -> &'x T {
    *n += 1;
    words[0]
}

/// A type.
#[derive(Debug)]
pub struct Store<T> {
    items: Vec<T>,
}

impl<T: Clone + Send + Sync> Store<T> {
    /// A method.
    #[fan_out(workers = 2, ordered)]
    pub fn get(&self, at: usize, #[shared] extra: &str) -> Option<(T, usize)> {
        self.items.get(at).map(|item| (item.clone(), extra.len()))
    }

    /// A method with an `Arc`.
    #[fan_out(item_fn = get_one)]
    #[must_use]
    pub fn get_owned(self: Arc<Self>, at: usize) -> Option<T> {
        self.items.get(at).cloned()
    }

    /// A method on items of the type's own parameter, by reference.
    #[fan_out(ordered)]
    pub fn same<'a>(&self, item: &'a T) -> &'a T {
        item
    }

    /// A method that lends.
    #[fan_out(ordered)]
    pub fn lend(&self, at: usize) -> &T {
        &self.items[at]
    }

    /// A method whose state can fail to begin.
    #[fan_out(cancel_on_error)]
    pub fn bias(
        &self,
        text: &str,
        #[local(try "1".parse::<usize>())] one: &mut usize,
        #[local(self.items.len())] length: &mut usize,
    ) -> Result<usize, std::num::ParseIntError> {
        Ok(text.parse::<usize>()? + *one + *length)
    }
}

#[test]
fn it_runs() {
    assert_eq!(
        parse(["1".to_owned(), "2".to_owned()]).collect::<Vec<_>>(),
        Ok(vec![1, 3])
    );
    assert_eq!(trim([" a "]).collect_unordered(), Ok(vec!["a"]));
    assert_eq!(count(["a".to_owned()]).merged().len(), 1);
    assert_eq!(look_up([1], &[1, 2, 3], 1).collect::<Vec<_>>(), [Some(&3)]);
    assert_eq!(joint([1], vec![4, 5]).collect_unordered(), [5]);
    assert_eq!(generic_state([1], 'a').collect_unordered(), [('a', 1)]);
    assert_eq!(split(["a,b"]).collect_unordered().len(), 3);
    let _: fn(&'static str, &Feed<&'static str>) -> usize = split_one;
    assert_eq!(halve([vec![1, 2, 3]]).merged(), 3);
    assert_eq!(half([2]).collect::<Vec<_>>(), Ok(vec![1]));
    sort([&mut ["b", "a"][..]], Vec::new()).run();
    sort_one(&mut ["b", "a"], Vec::new(), &mut 0);
    let words = [&1, &2];
    let parts = (String::new(), String::new(), String::new());
    assert_eq!(first([&words[..]], parts).collect::<Vec<_>>(), [&1]);
    let store = Arc::new(Store { items: vec![7] });
    assert_eq!(store.get([0], "xy").collect::<Vec<_>>(), [Some((7, 2))]);
    assert_eq!(show(&[1, 2]).collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(store.same(&[1, 2]).collect::<Vec<_>>(), [&1, &2]);
    assert_eq!(store.lend([0]).collect::<Vec<_>>(), [&7]);
    assert_eq!(store.bias(["1"]).collect_unordered(), Ok(vec![3]));
    assert_eq!(store.clone().get_owned([0]).collect_unordered(), [Some(7)]);
    assert_eq!(store.get_one(0), Some(7));
}
