//! Methods, generics, lifetimes: the attribute works where a function may stand.

use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;

use fanout::fan_out;

struct Store<T> {
    items: Vec<T>,
}

impl<T: Clone + Send + Sync> Store<T> {
    #[fan_out(workers = 2, ordered)]
    fn get(&self, at: usize) -> Option<T> {
        self.items.get(at).cloned()
    }

    /// The results borrow from the store.
    #[fan_out(workers = 2, ordered)]
    fn borrow(&self, at: usize) -> &T {
        &self.items[at]
    }

    /// The results borrow from the items.
    #[fan_out(workers = 2, ordered)]
    fn pick<'a>(&self, (at, names): (usize, &'a [String]), #[shared] shift: usize) -> &'a str {
        &names[(at + shift) % self.items.len()]
    }

    #[fan_out(workers = 2, ordered)]
    fn get_owned(
        self: Arc<Self>,
        at: usize,
        #[local(self.items.len())] length: &mut usize,
    ) -> Option<T> {
        self.items.get(at % *length).cloned()
    }

    #[fan_out(workers = 2, ordered)]
    fn get_by_arc(self: &Arc<Self>, at: usize) -> usize {
        self.items.len() + at
    }

    #[fan_out(workers = 2, ordered)]
    fn of(item: T) -> Self {
        Self { items: vec![item] }
    }

    #[fan_out(workers = 2, ordered)]
    fn convert<U: From<T> + Send, const N: usize>(&self, at: usize) -> [U; N] {
        core::array::from_fn(|_| U::from(self.items[at].clone()))
    }

    #[fan_out(workers = Self::WORKERS, ordered)]
    fn with_constant(&self, at: usize) -> usize {
        at + self.items.len()
    }

    const WORKERS: usize = 2;
}

#[test]
fn methods_of_a_generic_type() {
    let store = Store {
        items: vec![10_u8, 20, 30],
    };
    assert_eq!(
        store.get(0..4).collect::<Vec<_>>(),
        [Some(10), Some(20), Some(30), None]
    );
    assert_eq!(store.borrow(vec![2, 0]).collect::<Vec<_>>(), [&30, &10]);
    let names = ["a", "b", "c"].map(str::to_owned);
    let input = [(0, names.as_slice()), (1, &names)];
    assert_eq!(store.pick(input, 1).collect::<Vec<_>>(), ["b", "c"]);
    assert_eq!(
        store.convert::<u32, 2, _>([1]).collect::<Vec<_>>(),
        [[20, 20]]
    );
    assert_eq!(store.with_constant([1]).collect::<Vec<_>>(), [4]);
    assert_eq!(Store::of(["a"]).collect::<Vec<_>>()[0].items, ["a"]);
}

#[test]
fn a_run_that_owns_its_store_outlives_the_caller() {
    let store = Arc::new(Store {
        items: vec!["a", "b"],
    });
    let stream = store.clone().get_owned(vec![1, 2]).stream();
    assert_eq!(store.get_by_arc([1]).collect::<Vec<_>>(), [3]);
    drop(store);
    assert_eq!(stream.collect::<Vec<_>>(), [Some("b"), Some("a")]);
}

#[fan_out(workers = 2, ordered)]
fn parse_all<'a, T, const N: usize>(
    line: &'a str,
    #[shared] seps: &'a [char; N],
) -> Vec<Result<T, &'a str>>
where
    T: FromStr + Send,
{
    line.split(seps.as_slice())
        .map(|part| part.parse().map_err(|_| part))
        .collect()
}

/// The state holds on to items: its lifetime is theirs, and has a name.
#[fan_out(workers = 2)]
fn keep<'a>(word: &'a str, #[local(Vec::new())] kept: &mut Vec<&'a str>, #[shared] least: usize) {
    if word.len() >= least {
        kept.push(word);
    }
}

#[fan_out(ordered)]
fn show<T>(item: &T) -> String
where
    T: Display + Sync,
{
    item.to_string()
}

#[fan_out(ordered)]
fn longest(words: &[String]) -> Option<&str> {
    words
        .iter()
        .map(String::as_str)
        .max_by_key(|word| word.len())
}

#[fan_out(ordered)]
fn bump(chunk: &mut [u32]) -> usize {
    chunk.iter_mut().for_each(|n| *n += 1);
    chunk.len()
}

#[fan_out(ordered)]
fn call(task: Box<dyn FnOnce(&str) -> usize + Send>, #[shared] text: &str) -> usize {
    task(text)
}

#[fan_out(ordered)]
fn apply<F: Fn(u32) -> u32 + Send + Sync>(n: u32, #[shared] f: F) -> u32 {
    f(n)
}

#[test]
fn generics_lifetimes_and_where_clauses() {
    let text = String::from("1,2;x");
    let parsed: Vec<_> = parse_all::<u32, 2, _>([text.as_str()], &[',', ';']).collect();
    assert_eq!(parsed, [vec![Ok(1), Ok(2), Err("x")]]);
    assert_eq!(show(&[1.5, 2.5]).collect::<Vec<_>>(), ["1.5", "2.5"]);
    let words = [vec!["a".to_owned(), "bb".to_owned()], vec![]];
    let longest: Vec<Option<&str>> = longest(words.iter().map(Vec::as_slice)).collect();
    assert_eq!(longest, [Some("bb"), None]);
    let mut numbers = [1, 2, 3];
    assert_eq!(bump(numbers.chunks_mut(2)).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(numbers, [2, 3, 4]);
    let task: Box<dyn FnOnce(&str) -> usize + Send> = Box::new(str::len);
    assert_eq!(call([task], "four").collect::<Vec<_>>(), [4]);
    let mut kept = keep(text.split(','), 2).merge(|a, b| [a, b].concat());
    kept.sort_unstable();
    assert_eq!(kept, ["2;x"]);
    let bias = 5;
    assert_eq!(apply([1, 2], |n| n + bias).collect::<Vec<_>>(), [6, 7]);
}

mod inner {
    /// An associated function that neither takes nor names `Self`, beside one that is free.
    pub struct Unit;
    impl Unit {
        #[fanout::fan_out(ordered)]
        pub(super) fn double(n: u32) -> u32 {
            super::helper(n)
        }
    }
    #[fanout::fan_out(ordered)]
    pub(in super::inner) fn local_only(n: u32) -> u32 {
        struct Inner(u32);
        impl Inner {
            fn new(n: u32) -> Self {
                Self(n)
            }
        }
        Inner::new(n).0
    }
    pub(super) fn call_local_only() -> Vec<u32> {
        local_only([1]).collect()
    }
}

fn helper(n: u32) -> u32 {
    n * 2
}

#[test]
fn functions_without_self() {
    assert_eq!(inner::Unit::double([1, 2]).collect::<Vec<_>>(), [2, 4]);
    assert_eq!(inner::call_local_only(), [1]);
}
