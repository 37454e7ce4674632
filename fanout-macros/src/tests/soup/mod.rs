//! Random input: the macro never panics and never hangs, what it emits is always Rust, and every message points into the
//! input.
//!
//! `cargo test` tries some thousands of inputs, the same each time. More, on all cores:
//!
//! ```text
//! export CARGO_PROFILE_RELEASE_BUILD_OVERRIDE_OPT_LEVEL=3 # macros are built without optimization, elsewise
//! FANOUT_SOUP=10000000 cargo test --release -p fanout-macros soup -- --nocapture
//! ```
//!
//! `FANOUT_SOUP=5000..9000` tries the inputs with these numbers, `FANOUT_SOUP=5000..5001` one.
//!
//! `fuzz/` has the same inputs chosen by libFuzzer.

mod dice;
mod grammar;
mod judge;
mod mutate;
#[cfg(test)]
mod run;
mod words;

use proc_macro2::TokenStream;

pub(crate) use dice::Dice;
use judge::judge;

/// One input, judged.
pub(crate) fn try_one(dice: &mut Dice<'_>) -> judge::Verdict {
    let (options, item) = match dice.roll(8) {
        0 => (
            words::soup(dice, words::OPTION_WORDS, 12),
            words::function(dice),
        ),
        1 => (
            "ordered, workers = 2".to_owned(),
            words::soup(dice, words::PIECES, 8),
        ),
        _ => (grammar::options(dice), grammar::function(dice)),
    };
    let mut read = [&options, &item].map(|text| tokens(text));
    if dice.one_in(2) {
        let slips = usize::from(!dice.one_in(3));
        read[slips] = mutate::mutate(read[slips].clone(), dice);
    }
    let [read_options, read_item] = read;
    let verdict = judge(read_options, read_item);
    // Each parsed text is kept for its places; nothing points into these any more.
    proc_macro2::extra::invalidate_current_thread_spans();
    verdict
}

fn tokens(text: &str) -> TokenStream {
    text.parse()
        .unwrap_or_else(|error| panic!("`{text}` is no Rust: {error}"))
}
