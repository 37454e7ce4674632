//! Lifetimes of items mean what they mean in the signature of a function: left out, each is another; and what a reference
//! points to outlives it without being told.

use std::borrow::Cow;
use std::fmt::Debug;

use fanout::fan_out;

#[derive(Debug, PartialEq)]
struct Wrapper<'b>(&'b str);

/// Not variant in its lifetime.
#[derive(Debug)]
struct Cells<'b>(&'b std::sync::Mutex<Vec<&'b str>>);

/// One of its lifetimes has to outlive the other.
#[derive(Debug)]
struct Two<'a, 'b>(&'a &'b str);

#[fan_out(ordered)]
fn of_wrapped<'b>(wrapper: &Wrapper<'b>) -> &'b str {
    wrapper.0
}

#[fan_out(ordered)]
fn length<'b>(wrapper: &Wrapper<'b>) -> usize {
    wrapper.0.len()
}

#[fan_out(ordered)]
fn behind<'a, 'b>(text: &'a &'b str) -> &'a str {
    text
}

#[fan_out(ordered)]
fn behind_all<'a, 'b, T: Sync>(text: (&'a [&'b T], &'a Cow<'b, str>)) -> usize {
    text.0.len() + text.1.len()
}

#[fan_out]
fn sort_named<'b>(chunk: &mut [&'b str]) {
    chunk.sort_unstable();
}

#[fan_out]
fn sort(chunk: &mut [&str]) {
    chunk.sort_unstable();
}

#[fan_out]
fn add(cells: &mut [Cells<'_>]) {
    for Cells(cell) in cells {
        cell.lock().expect("nobody panics").push("x");
    }
}

#[fan_out(ordered)]
fn both(two: Two<'_, '_>) -> usize {
    two.0.len()
}

#[fan_out(ordered)]
fn first<'x>(words: &'x [&str]) -> &'x str {
    words[0]
}

/// Rust would want a name here; that all are one is what is meant.
#[fan_out(ordered, item_fn = last_one)]
fn last(words: &[&str]) -> &str {
    words[words.len() - 1]
}

#[fan_out(ordered)]
fn beside_a_state<'x, T: Sync>(one: &'x T, #[local(0)] seen: &mut u32) -> &'x T {
    *seen += 1;
    one
}

#[fan_out(ordered)]
fn beside_a_state_with_bounds<'x, T>(one: &'x T, #[local(0)] seen: &mut u32) -> &'x T
where
    T: Sync + 'x,
{
    *seen += 1;
    one
}

#[fan_out]
fn kept_in_a_state<'x, T: Sync>(one: &'x T, #[local(Vec::new())] all: &mut Vec<&'x T>) {
    all.push(one);
}

#[fan_out(ordered)]
fn show_all<T: Debug + Sync>(items: &[T]) -> String {
    format!("{items:?}")
}

#[fan_out(ordered)]
fn count_all<I: Iterator + Clone + Sync>(items: &I) -> usize {
    items.clone().count()
}

struct Holder<'a, T>(&'a T);

impl<T: Sync + PartialEq> Holder<'_, T> {
    #[fan_out(ordered)]
    fn same(&self, other: &Self) -> bool {
        self.0 == other.0
    }
    #[fan_out(ordered)]
    fn all(others: &[Self]) -> usize {
        others.len()
    }
    /// Beside `&self` the lifetime of the item could be either's, as far as the beginning of the state shows.
    #[fan_out(ordered)]
    fn beside_a_state<'x>(&self, one: &'x T, #[local(0)] seen: &mut u32) -> &'x T {
        *seen += u32::from(self.0 == one);
        one
    }
    #[fan_out(ordered)]
    fn beside_a_state_with_bounds<'x, U>(
        &self,
        one: &'x U,
        #[shared] other: &'x U,
        #[local(0)] seen: &mut u32,
    ) -> &'x U
    where
        U: Sync + PartialEq + 'x,
    {
        *seen += 1;
        if one == other { other } else { one }
    }
    #[fan_out(ordered)]
    fn of(other: &Self, #[local(0)] seen: &mut usize) -> usize {
        *seen += 1;
        usize::from(std::ptr::eq(other.0, other.0))
    }
}

#[test]
fn what_a_reference_points_to() {
    let text = String::from("abc");
    let wrapped = [Wrapper(&text)];
    assert_eq!(of_wrapped(&wrapped).collect::<Vec<_>>(), ["abc"]);
    assert_eq!(length(&wrapped).collect::<Vec<_>>(), [3]);
    let texts = [text.as_str()];
    assert_eq!(behind(&texts).collect::<Vec<_>>(), ["abc"]);
    let cow = Cow::from(&text);
    let refs = [&wrapped[0]];
    assert_eq!(behind_all([(&refs[..], &cow)]).collect::<Vec<_>>(), [4]);
    assert_eq!(show_all([&texts[..]]).collect::<Vec<_>>(), ["[\"abc\"]"]);
    assert_eq!(count_all(&[texts.iter()]).collect::<Vec<_>>(), [1]);
    let holder = Holder(&texts);
    assert_eq!(holder.same([&holder]).collect::<Vec<_>>(), [true]);
    assert_eq!(Holder::of([&holder]).collect::<Vec<_>>(), [1]);
    assert_eq!(Holder::all([&[holder][..]]).collect::<Vec<_>>(), [1]);
}

#[test]
fn items_that_can_be_changed_are_given_back() {
    let text = String::from("c a b");
    let mut words: Vec<&str> = text.split(' ').collect();
    sort(words.chunks_mut(2)).run();
    assert_eq!(words, ["a", "c", "b"]);
    sort_named(words.chunks_mut(3)).run();
    assert_eq!(words, ["a", "b", "c"]);
    let cell = std::sync::Mutex::default();
    let mut cells = [Cells(&cell), Cells(&cell)];
    add(cells.chunks_mut(1)).run();
    assert_eq!(cells.len(), 2);
    assert_eq!(cell.lock().expect("nobody panics").len(), 2);
}

#[test]
fn results_that_borrow() {
    let text = String::from("c a b");
    let words: Vec<&str> = text.split(' ').collect();
    assert_eq!(first([&words[..]]).collect::<Vec<_>>(), ["c"]);
    assert_eq!(last([&words[..]]).collect::<Vec<_>>(), ["b"]);
    assert_eq!(last_one(&words), "b");
    assert_eq!(both([Two(&words[0])]).collect::<Vec<_>>(), [1]);
}

#[test]
fn items_that_do_not_live_for_ever_beside_a_state() {
    let text = String::from("abc");
    let borrowed = [text.as_str()];
    assert_eq!(beside_a_state(&borrowed).collect::<Vec<_>>(), [&"abc"]);
    assert_eq!(
        beside_a_state_with_bounds(&borrowed).collect::<Vec<_>>(),
        [&"abc"]
    );
    let holder = Holder(&borrowed[0]);
    assert_eq!(
        holder.beside_a_state(&borrowed).collect::<Vec<_>>(),
        [&"abc"]
    );
    let both = holder.beside_a_state_with_bounds(&borrowed, &borrowed[0]);
    assert_eq!(both.collect::<Vec<_>>(), [&"abc"]);
    assert_eq!(
        kept_in_a_state(&borrowed).merge(|a, b| [a, b].concat()),
        [&"abc"]
    );
}
