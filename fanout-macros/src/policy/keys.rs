//! The keys of a policy, one row each: the parser, its messages and the guide's test read this table.

/// What a policy does with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ruled {
    Allow,
    Warn,
    Deny,
}

/// A key of `[package.metadata.fanout]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Levels(Ruled),
    MaxWorkers,
    Require,
    HelpUrl,
    Contact,
}

/// A row of the table.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) key: Key,
    pub(super) name: &'static str,
    /// What its value is, for messages.
    pub(super) wanted: &'static str,
    /// How it looks when it is right.
    pub(super) example: &'static str,
}

const CODES: &str = "a list of codes";
const LINE: &str = "a line of text";

pub(super) const TABLE: &[Row] = &[
    row(
        Key::Levels(Ruled::Deny),
        "deny",
        CODES,
        "deny = [\"FO114\"]",
    ),
    row(
        Key::Levels(Ruled::Warn),
        "warn",
        CODES,
        "warn = [\"FO114\"]",
    ),
    row(
        Key::Levels(Ruled::Allow),
        "allow",
        CODES,
        "allow = [\"FO114\"]",
    ),
    row(
        Key::MaxWorkers,
        "max-workers",
        "a whole number of at least 1",
        "max-workers = 64",
    ),
    row(
        Key::Require,
        "require",
        "a list of options",
        "require = [\"cancel_on_error\", \"timeout\"]",
    ),
    row(
        Key::HelpUrl,
        "help-url",
        LINE,
        "help-url = \"https://wiki.example.com/concurrency\"",
    ),
    row(
        Key::Contact,
        "contact",
        LINE,
        "contact = \"ask in #concurrency\"",
    ),
];

/// What other tools and tired minds call our keys.
pub(super) const OTHER_NAMES: &[(&str, &str)] = &[
    ("forbid", "deny"),
    ("error", "deny"),
    ("errors", "deny"),
    ("warning", "warn"),
    ("warnings", "warn"),
    ("ignore", "allow"),
    ("silence", "allow"),
    ("workers", "max-workers"),
    ("max_threads", "max-workers"),
    ("mandatory", "require"),
    ("required", "require"),
    ("requires", "require"),
    ("url", "help-url"),
    ("help", "help-url"),
    ("docs", "help-url"),
    ("link", "help-url"),
    ("ask", "contact"),
    ("channel", "contact"),
    ("owner", "contact"),
    ("slack", "contact"),
];

const fn row(key: Key, name: &'static str, wanted: &'static str, example: &'static str) -> Row {
    Row {
        key,
        name,
        wanted,
        example,
    }
}

/// The row of the key called `name`.
pub(super) fn find(name: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.name == name)
}

impl Key {
    /// This key's row.
    pub(super) fn row(self) -> &'static Row {
        TABLE
            .iter()
            .find(|row| row.key == self)
            .expect("every key has a row: a test says so")
    }
}
