//! Random tokens: the macro never panics, what it emits is always Rust, and every message points into the input.

use std::fmt::Write as _;

use super::{diagnose, tokens};
use crate::pipeline::fan_out;

/// A small generator of our own: the same numbers in every run, printed with a failure.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).expect("fewer sides than usize holds")
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len())]
    }
}

const WORDS: &[&str] = &[
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

const PIECES: &[&str] = &[
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

fn soup(dice: &mut Dice, words: &[&str], most: usize) -> String {
    let mut text = String::new();
    for _ in 0..dice.roll(most + 1) {
        write!(text, "{} ", dice.pick(words)).expect("strings take all");
    }
    text
}

/// A function that reads, with parts chosen at random: most soup is no function at all.
fn function(dice: &mut Dice) -> String {
    let pick = |dice: &mut Dice, start: char| {
        let fits: Vec<&str> = PIECES
            .iter()
            .copied()
            .filter(|piece| piece.starts_with(start))
            .collect();
        dice.pick(&fits)
    };
    let mut text = String::new();
    if dice.roll(3) == 0 {
        text.push_str(pick(dice, '#'));
    }
    let generics = if dice.roll(2) == 0 {
        pick(dice, '<')
    } else {
        ""
    };
    let output = if dice.roll(3) > 0 {
        pick(dice, '-')
    } else {
        ""
    };
    let output = if output == "->" { "-> ()" } else { output };
    write!(
        text,
        " fn f{generics}{}{output}{}",
        pick(dice, '('),
        pick(dice, '{')
    )
    .expect("strings take all");
    text
}

fn assert_points_into(options: &str, item: &str) {
    for diagnostic in diagnose(tokens(options), tokens(item)) {
        let (start, end) = diagnostic.ends();
        for span in [start, end] {
            let pointed = span.source_text();
            // Where the mistake is that nothing is there, the compiler shows the attribute itself.
            let nothing_there = pointed.is_none();
            let inside =
                pointed.is_some_and(|text| options.contains(&text) || item.contains(&text));
            assert!(
                inside
                    || nothing_there && diagnostic.problem.row().code == "FO103"
                    || nothing_there && diagnostic.problem.row().code == "FO211",
                "#[fan_out({options})] {item}: {} points elsewhere",
                diagnostic.text()
            );
        }
    }
}

#[test]
fn random_options_on_a_function() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for _ in 0..1_000 {
        let options = soup(&mut dice, WORDS, 12);
        let item = function(&mut dice);
        let out = fan_out(tokens(&options), tokens(&item));
        let text = out.to_string();
        assert!(
            syn::parse2::<syn::File>(out).is_ok(),
            "#[fan_out({options})] {item} becomes what is no Rust: {text}"
        );
        assert_points_into(&options, &item);
    }
}

#[test]
fn random_items() {
    let mut dice = Dice(0xD1B5_4A32_D192_ED03);
    for _ in 0..1_000 {
        let item = soup(&mut dice, PIECES, 8);
        let _ = fan_out(tokens("ordered, workers = 2"), tokens(&item));
        assert_points_into("ordered, workers = 2", &item);
    }
}
