//! Every rule, in one table: its code, its level, its title, which of the thirteen bugs it would be, and its words. Each code
//! has a page of the guide, `fanout::guide::fo101` and so on, with a wrong and a right example; tests hold table, pages and ui
//! tests together.
//!
//! A code is what users search for and put into `allow(..)`: it is never given another meaning. One code may have several
//! problems where the same rule is broken in ways that need other words. The rules about types (`FO4xx`) have their words in the
//! runtime, on the traits that are not implemented, and here only their rows, and what the signature shows already.

mod rows;

pub(crate) use rows::{CODES, Problem, TABLE};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// It cannot work. The expansion is replaced by one that compiles for callers and does nothing.
    Error,
    /// As an error; but what is seen may be meant, so `allow(code, reason = "..")` silences it.
    Heuristic,
    /// The expansion is as asked; `allow(code)` silences it.
    Warning,
}

/// What all problems of one code have in common.
#[derive(Debug)]
pub(crate) struct Code {
    pub(crate) name: &'static str,
    pub(crate) level: Level,
    /// What its page is called.
    #[cfg_attr(
        not(test),
        allow(dead_code, reason = "for the guide, which tests compare with it")
    )]
    pub(crate) title: &'static str,
    /// Which of the thirteen bugs it would be.
    #[cfg_attr(
        not(test),
        allow(dead_code, reason = "for the guide, which tests compare with it")
    )]
    pub(crate) bugs: &'static [u8],
}

/// A problem's words.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) problem: Problem,
    pub(crate) code: &'static str,
    pub(crate) level: Level,
    /// What is wrong; `{name}` is filled in where it is reported.
    pub(crate) message: &'static str,
    /// What to write instead.
    pub(crate) help: &'static str,
}

macro_rules! problems {
    ($($code:ident $level:ident $title:literal [$($bug:literal),*] { $($problem:ident: $message:literal, $help:literal;)* })*) => {
        /// A way to be wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Problem {
            $($($problem,)*)*
        }

        /// All codes, in their order.
        pub(crate) const CODES: &[Code] = &[
            $(Code {
                name: stringify!($code),
                level: Level::$level,
                title: $title,
                bugs: &[$($bug),*],
            },)*
        ];

        /// All problems.
        pub(crate) const TABLE: &[Row] = &[
            $($(Row {
                problem: Problem::$problem,
                code: stringify!($code),
                level: Level::$level,
                message: $message,
                help: $help,
            },)*)*
        ];
    };
}
use problems;

impl Problem {
    /// This problem's row.
    pub(crate) fn row(self) -> &'static Row {
        TABLE
            .iter()
            .find(|row| row.problem == self)
            .expect("the macro makes a row for each problem")
    }
}

/// The level of `code`, if there is such a code.
pub(crate) fn level_of(code: &str) -> Option<Level> {
    let mut all = CODES.iter();
    all.find(|known| known.name == code)
        .map(|known| known.level)
}

/// The codes that `allow(..)` takes, for messages.
pub(crate) fn silenceable() -> String {
    let codes = CODES.iter().filter(|code| code.level != Level::Error);
    let codes: Vec<&str> = codes.map(|code| code.name).collect();
    codes.join(", ")
}
