//! Words without any grammar.

use super::dice::Dice;

/// What options are made of, and what they are not.
pub(crate) const OPTION_WORDS: &[&str] = &[
    "workers",
    "ordered",
    "cancel_on_error",
    "window",
    "timeout",
    "item_timeout",
    "batch",
    "merge",
    "name",
    "stack_size",
    "item_fn",
    "crate",
    "allow",
    "cpu_bound",
    "threads",
    "shard_by",
    "FO114",
    "FO999",
    "=",
    "=",
    "=",
    ",",
    ",",
    ",",
    "8",
    "0",
    "1",
    "\"30s\"",
    "\"\"",
    "-",
    "+",
    "<<",
    "::",
    "a",
    "WORKERS",
    "usize::MAX",
    "true",
    "2.5",
    "'a",
    "|x| x",
    "&",
    "<",
    ">",
    "#",
    "!",
    "..",
    ";",
    "()",
    "(8)",
    "{}",
    "[0]",
    "(FO114)",
    "fn",
    "try",
];

/// What functions are made of.
pub(crate) const PIECES: &[&str] = &[
    "pub",
    "fn",
    "f",
    "async",
    "const",
    "unsafe",
    "extern \"C\"",
    "<T>",
    "<'a, T: Ord>",
    "<const N: usize>",
    "(x: u32)",
    "()",
    "(&self, x: &str)",
    "(&mut self)",
    "(self, x: T, y: T)",
    "(x: &'a T, #[shared] y: &T)",
    "(x: u32, #[local(0)] n: &mut u32, #[ctx] cx: &Context)",
    "(#[ctx] x: u32, #[local] y: impl Copy)",
    "(x: &str, #[feed] feed: &Feed<&str>)",
    "(#[feed] x: &Feed<T>, y: &mut Feed, #[feed] z: Feed)",
    "(x: u32, #[local(try a?)] _: &mut &str, #[shared] (a, b): (u32, u32))",
    "-> u32",
    "-> &str",
    "-> impl Copy",
    "-> Result<T, E>",
    "where T: Copy",
    "{ x }",
    "{ drop(feed); use a::{self, drop}; drop(x) }",
    "{ Self::f(x) }",
    "{ impl A { fn g() -> Self { A } } }",
    ";",
    "struct",
    "S",
    "#[inline]",
    "#[expect(dead_code)]",
    "#[doc = \"d\"]",
    "#[no_mangle]",
    "=",
    ",",
    "'a",
    "1",
    "->",
];

/// Some of `words`, at most `most`.
pub(crate) fn soup(dice: &mut Dice<'_>, words: &[&str], most: usize) -> String {
    let mut text = String::new();
    for _ in 0..dice.roll(most + 1) {
        text.push_str(dice.pick(words));
        text.push(' ');
    }
    text
}

/// A function that reads, with parts chosen at random: most soup is no function at all.
pub(crate) fn function(dice: &mut Dice<'_>) -> String {
    let pick = |dice: &mut Dice<'_>, start: char| {
        let fits: Vec<&str> = PIECES
            .iter()
            .copied()
            .filter(|piece| piece.starts_with(start))
            .collect();
        dice.pick(&fits)
    };
    let mut text = String::new();
    if dice.one_in(3) {
        text.push_str(pick(dice, '#'));
    }
    text.push_str(" fn f");
    if dice.one_in(2) {
        text.push_str(pick(dice, '<'));
    }
    text.push_str(pick(dice, '('));
    if dice.one_in(2) {
        let output = pick(dice, '-');
        text.push_str(if output == "->" { "-> ()" } else { output });
    }
    text.push_str(pick(dice, '{'));
    text
}
