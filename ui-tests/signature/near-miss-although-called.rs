//! The callers of a function with a slip in its parameters are told nothing more.

use fanout::{CancelToken, Context, fan_out};

#[fan_out]
fn misspelt_state(word: String, #[locl(Vec::new())] words: &mut Vec<String>) {
    words.push(word);
}

#[fan_out]
fn misspelt_context(n: u64, #[cx] cx: &Context) -> u64 {
    n + cx.index()
}

#[fan_out(item_timeout = "1s", merge = join)]
fn unmarked(word: String, cx: &Context, words: &mut Vec<String>, #[shared] more: &str) {
    if !cx.is_cancelled() {
        words.push(word + more);
    }
}

#[fan_out]
fn arguments(n: u32, first: u8, #[shared] second: &str) -> u32 {
    n + u32::from(first) + second.len() as u32
}

#[fan_out]
fn only_an_argument(#[shared] n: u32) -> u32 {
    n
}

#[fan_out]
fn context_by_mut(n: u64, #[ctx] cx: &mut Context) -> u64 {
    n + cx.index()
}

#[fan_out]
fn token_for_context(n: u64, #[cancel] token: &CancelToken) -> u64 {
    n + u64::from(token.is_cancelled())
}

fn join(a: Vec<String>, b: Vec<String>) -> Vec<String> {
    [a, b].concat()
}

fn main() {
    let words = || ["a".to_owned()];
    let states: Vec<Vec<String>> = misspelt_state(words()).locals();
    let numbers: Vec<u64> = misspelt_context([1]).collect_unordered();
    let joined: Vec<String> = unmarked(words(), "b").merged();
    let sums: Vec<u32> = arguments([1], 2, "c").collect_unordered();
    let same: Vec<u32> = only_an_argument([1]).collect_unordered();
    let indexes: Vec<u64> = context_by_mut([1]).collect_unordered();
    let tokens: Vec<u64> = token_for_context([1]).collect_unordered();
    println!("{tokens:?}");
    println!("{states:?}{numbers:?}{joined:?}{sums:?}{same:?}{indexes:?}");
}
