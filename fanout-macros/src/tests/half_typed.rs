//! An editor sends a function while it is being typed: no state of it may make the macro panic, and its name should stay.

use proc_macro2::{TokenStream, TokenTree};

use super::tokens;
use crate::pipeline::fan_out;

const WHOLE: &str = "
    /// Doubles.
    #[must_use]
    pub(crate) fn double<'a, T: Ord + 'a, const N: usize>(
        &self,
        line: &'a str,
        #[shared] table: &'a [T; N],
        #[local(try Vec::with_capacity(N))] seen: &mut Vec<&'a str>,
        #[ctx] cx: &Context,
        #[feed] feed: &Feed<&'a str>,
    ) -> Result<&'a T, Error>
    where
        T: Clone,
    {
        seen.push(line);
        line.lines().for_each(|line| feed.push(line));
        Ok(&table[cx.worker()])
    }";
const OPTIONS: &str = "workers = 4 * 2, ordered, cancel_on_error, timeout = \"30s\", merge = join, allow(FO114), name = \"x\"";

/// Every state of `stream` in which its last tokens are not there yet, inside its last group too.
fn prefixes(stream: &TokenStream) -> Vec<TokenStream> {
    let all: Vec<TokenTree> = stream.clone().into_iter().collect();
    let mut states = Vec::new();
    for end in 0..=all.len() {
        let before: TokenStream = all[..end].iter().cloned().collect();
        if let Some(TokenTree::Group(group)) = all.get(end) {
            for inner in prefixes(&group.stream()) {
                let mut state = before.clone();
                let unfinished = proc_macro2::Group::new(group.delimiter(), inner);
                state.extend([TokenTree::Group(unfinished)]);
                states.push(state);
            }
        }
        states.push(before);
    }
    states
}

#[test]
fn no_state_of_a_function_panics() {
    for state in prefixes(&tokens(WHOLE)) {
        let _ = fan_out(tokens(OPTIONS), state);
    }
}

#[test]
fn no_state_of_the_options_panics() {
    for state in prefixes(&tokens(OPTIONS)) {
        let out = fan_out(state, tokens("fn f(x: u32) -> Result<u32, E> { Ok(x) }"));
        assert!(
            out.to_string().contains("fn f"),
            "callers would not find it: {out}"
        );
    }
}

#[test]
fn what_cannot_be_read_is_left_as_it_is() {
    let out = fan_out(tokens(""), tokens("struct S { x: u32 }")).to_string();
    assert!(out.contains("struct S"), "{out}");
    assert!(out.contains("compile_error"), "{out}");
}

#[test]
fn a_rejected_function_keeps_its_signature() {
    for item in [
        "fn f(x: u32, y: u32) -> u32 { x + y }",
        "async fn f(x: u32) -> u32 { x }",
        "fn f(x: impl Ord) -> impl Ord { x }",
        "fn f<T>() -> u32 { 1 }",
        "fn f(&self) -> u32 { 1 }",
        "fn f(x: &str, #[shared] y: &str) -> &str { x }",
        "fn f(x: u32, #[local] y: &mut u32) -> u32 { x }",
        "fn f(x: u32, #[ctx] y: Context) -> u32 { x }",
        "fn f(x: u32, #[feed] y: Feed<u32>) -> u32 { x }",
        "fn f(x: impl Ord, #[feed] y: &Feed<u32>) -> u32 { x }",
        "fn f(#[feed] y: &Feed<u32>) -> u32 { x }",
    ] {
        let out = fan_out(tokens("ordered"), tokens(item));
        let text = out.to_string();
        assert!(text.contains("impl :: fanout :: InputOf <"), "{text}");
        assert!(text.contains("unreachable"), "{text}");
        assert!(text.contains("compile_error"), "{text}");
        syn::parse2::<syn::File>(out).unwrap_or_else(|error| panic!("{error}: {text}"));
    }
}

#[test]
fn what_may_take_anything_keeps_its_name() {
    for item in [
        "fn f() -> u32 { 1 }",
        "fn f(x: u32, #[shared(7)] y: u32) -> u32 { x + y }",
        "fn f(x: u32, #[banana] y: u32) -> u32 { x + y }",
    ] {
        let out = fan_out(tokens("ordered"), tokens(item));
        let text = out.to_string();
        assert!(text.contains("const f :"), "{text}");
        assert!(text.contains("fn f_original"), "{text}");
        assert_eq!(text.matches("compile_error").count(), 1, "{text}");
        syn::parse2::<syn::File>(out).unwrap_or_else(|error| panic!("{error}: {text}"));
    }
}
