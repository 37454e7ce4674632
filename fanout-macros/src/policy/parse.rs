//! From a table of TOML to what is [`Written`] in it, going on after each part that cannot be read.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{self, Key, OTHER_NAMES, Ruled, TABLE};
use super::written::Written;
use super::{Mistake, Place};
use crate::diagnostics::Problem;
use crate::diagnostics::near_miss::nearest;
use crate::diagnostics::table::{self, Level};
use crate::options::{self, Opt};

type Value<'t> = Spanned<DeValue<'t>>;

/// A manifest's text and name: what lines are counted in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'t> {
    pub(super) file: &'t str,
    pub(super) text: &'t str,
}

impl Source<'_> {
    fn place<T>(self, part: &Spanned<T>) -> Place {
        self.place_at(part.span().start)
    }

    pub(super) fn place_at(self, byte: usize) -> Place {
        let before = self.text.get(..byte).unwrap_or_default();
        Place {
            file: self.file.to_owned(),
            line: 1 + before.matches('\n').count(),
        }
    }
}

/// Reads the value of `metadata.fanout`.
pub(super) fn parse(source: Source<'_>, value: &Value<'_>) -> Written {
    let mut written = Written::default();
    let DeValue::Table(table) = value.get_ref() else {
        let wrong = Mistake::new(Problem::PolicyWrongValue)
            .with("place", source.place(value).to_string())
            .with("key", "metadata.fanout")
            .with("wanted", "a table of keys")
            .with("found", kind(value))
            .with("example", "[package.metadata.fanout]");
        written.mistakes.push(wrong);
        return written;
    };
    // The parser sorts by name; whoever mends a file goes from its top to its end.
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    for (name, value) in entries {
        match keys::find(name.get_ref()) {
            Some(row) => parse_key(source, row.key, value, &mut written),
            None => written.mistakes.push(unknown_key(source, name)),
        }
    }
    written
}

fn unknown_key(source: Source<'_>, name: &Spanned<toml::de::DeString<'_>>) -> Mistake {
    let known = || TABLE.iter().map(|row| row.name);
    let mistake = match nearest(name.get_ref(), known(), OTHER_NAMES) {
        Some(near) => Mistake::new(Problem::PolicyUnknownKeyNear).with("near", near),
        None => Mistake::new(Problem::PolicyUnknownKey).with("keys", listed(known())),
    };
    mistake
        .with("place", source.place(name).to_string())
        .with("key", name.get_ref().as_ref())
}

fn parse_key(source: Source<'_>, key: Key, value: &Value<'_>, written: &mut Written) {
    match key {
        Key::Levels(ruled) => {
            for (code, place) in texts(source, key, value, &mut written.mistakes) {
                parse_code(ruled, &code, place, written);
            }
        }
        Key::Require => {
            let names = texts(source, key, value, &mut written.mistakes);
            let required = written.required.get_or_insert_default();
            for (name, place) in names {
                match required_option(&name, &place) {
                    Ok(option) => required.push((option, place)),
                    Err(mistake) => written.mistakes.push(mistake),
                }
            }
        }
        Key::MaxWorkers => match number(value) {
            Some(most) => written.max_workers = Some((most, source.place(value))),
            None => written.mistakes.push(wrong_value(source, key, value)),
        },
        Key::HelpUrl | Key::Contact => match line(value) {
            Some(line) if key == Key::Contact => written.contact = Some(line),
            Some(line) => written.help_url = Some(line),
            None => written.mistakes.push(wrong_value(source, key, value)),
        },
    }
}

fn parse_code(ruled: Ruled, code: &str, place: Place, written: &mut Written) {
    let at = place.to_string();
    let Some(known) = table::CODES.iter().find(|known| known.name == code) else {
        let unknown = Mistake::new(Problem::PolicyUnknownCode);
        written
            .mistakes
            .push(unknown.with("place", at).with("code", code));
        return;
    };
    if known.level == Level::Error && ruled != Ruled::Deny {
        let certain = Mistake::new(Problem::PolicyCertain)
            .with("place", at)
            .with("code", code);
        written.mistakes.push(certain);
        return;
    }
    let same = |(other, ..): &&(&str, Ruled, Place)| *other == code;
    if let Some((_, other, first)) = written.levels.iter().find(same) {
        let twice = Mistake::new(Problem::PolicyTwice)
            .with("place", at)
            .with("code", code)
            .with("key", Key::Levels(ruled).row().name)
            .with("other", Key::Levels(*other).row().name)
            .with("line", first.line.to_string());
        written.mistakes.push(twice);
        return;
    }
    written.levels.push((known.name, ruled, place));
}

/// The option called `name`, if a function can be asked to have it.
fn required_option(name: &str, place: &Place) -> Result<Opt, Mistake> {
    let can_be_required = |option: Opt| !matches!(option, Opt::Allow | Opt::Crate | Opt::ItemFn);
    match options::find(name) {
        Some(row) if can_be_required(row.option) => return Ok(row.option),
        _ => {}
    }
    let known = || {
        let rows = options::TABLE.iter();
        rows.filter(|row| can_be_required(row.option))
            .map(|row| row.name)
    };
    let mistake = match nearest(name, known(), options::OTHER_NAMES) {
        Some(near) => Mistake::new(Problem::PolicyUnknownOptionNear).with("near", near),
        None => Mistake::new(Problem::PolicyUnknownOption).with("options", listed(known())),
    };
    Err(mistake
        .with("place", place.to_string())
        .with("option", name))
}

/// The texts in a list, each with its place.
fn texts(
    source: Source<'_>,
    key: Key,
    value: &Value<'_>,
    mistakes: &mut Vec<Mistake>,
) -> Vec<(String, Place)> {
    let DeValue::Array(parts) = value.get_ref() else {
        mistakes.push(wrong_value(source, key, value));
        return Vec::new();
    };
    let mut found = Vec::new();
    for part in parts {
        match part.get_ref() {
            DeValue::String(text) => found.push((text.to_string(), source.place(part))),
            _ => mistakes.push(wrong_value(source, key, part)),
        }
    }
    found
}

fn number(value: &Value<'_>) -> Option<u128> {
    let DeValue::Integer(number) = value.get_ref() else {
        return None;
    };
    let number = u128::from_str_radix(number.as_str(), number.radix()).ok()?;
    (number > 0).then_some(number)
}

/// A text that is a line of a message.
fn line(value: &Value<'_>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(text) if !text.is_empty() && !text.contains(char::is_control) => {
            Some(text.to_string())
        }
        _ => None,
    }
}

fn wrong_value(source: Source<'_>, key: Key, value: &Value<'_>) -> Mistake {
    let row = key.row();
    Mistake::new(Problem::PolicyWrongValue)
        .with("place", source.place(value).to_string())
        .with("key", row.name)
        .with("wanted", row.wanted)
        .with("found", kind(value))
        .with("example", row.example)
}

/// What `value` is, as the end of "not ..".
fn kind(value: &Value<'_>) -> String {
    match value.get_ref() {
        DeValue::String(text) => format!("the text {text:?}"),
        DeValue::Integer(number) => format!("the number {number}"),
        DeValue::Float(number) => format!("the number {number}"),
        DeValue::Boolean(whether) => format!("`{whether}`"),
        DeValue::Datetime(_) => "a time".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

fn listed(names: impl Iterator<Item = &'static str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// The value of `owner.metadata.fanout`, if it is there.
pub(super) fn metadata<'d, 't>(document: &'d DeTable<'t>, owner: &str) -> Option<&'d Value<'t>> {
    let owner = table(document.get(owner)?)?;
    table(owner.get("metadata")?)?.get("fanout")
}

/// `value`, if it is a table.
pub(super) fn table<'d, 't>(value: &'d Value<'t>) -> Option<&'d DeTable<'t>> {
    match value.get_ref() {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}
