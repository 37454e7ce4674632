//! `allow(..)`: whether what it names can be silenced, and whether it says why. That there is something to silence is looked
//! at when all rules are through.

use crate::diagnostics::near_miss::nearest;
use crate::diagnostics::table::{CODES, Level, level_of, silenceable};
use crate::diagnostics::{Diagnostic, Diagnostics, Problem};
use crate::model::{Allow, Options};

/// Codes that there are and that can be silenced, with a reason where it is an error that they silence.
pub(super) fn check_allow(options: &Options, diagnostics: &mut Diagnostics) {
    let Some(allow) = options.allow() else {
        return;
    };
    for code in &allow.codes {
        let name = code.to_string();
        let unknown = match level_of(&name) {
            Some(Level::Warning | Level::Heuristic) => continue,
            Some(Level::Error) => Diagnostic::at(Problem::AllowError, code),
            None => match (near(&name), is_lint(&name)) {
                (Some(near), _) => Diagnostic::at(Problem::AllowNear, code).with("near", near),
                (None, true) => Diagnostic::at(Problem::AllowLint, code),
                (None, false) => Diagnostic::at(Problem::AllowUnknown, code),
            },
        };
        let known = silenceable();
        diagnostics.push(unknown.with("code", name).with("codes", known));
    }
    check_reason(allow, diagnostics);
}

/// An error is silenced for a reason that the next reader is told. It is missing once, however many codes want it.
fn check_reason(allow: &Allow, diagnostics: &mut Diagnostics) {
    let wants = |code: &&syn::Ident| level_of(&code.to_string()) == Some(Level::Heuristic);
    let Some(code) = allow.codes.iter().find(wants) else {
        return;
    };
    let missing = match &allow.reason {
        Some(reason) if !reason.value().trim().is_empty() => return,
        Some(empty) => Diagnostic::at(Problem::AllowWithoutReason, empty),
        None => Diagnostic::at(Problem::AllowWithoutReason, code),
    };
    diagnostics.push(missing.with("code", code.to_string()));
}

/// The code that `written` is a slip of: `fo114`, `F0114`, `FO141`.
fn near(written: &str) -> Option<&'static str> {
    let silenced = || CODES.iter().filter(|code| code.level != Level::Error);
    let lower: Vec<String> = silenced().map(|code| code.name.to_lowercase()).collect();
    let near = nearest(written, lower.iter().map(String::as_str), &[])?;
    let found = silenced().find(|code| code.name.eq_ignore_ascii_case(near));
    found.map(|code| code.name)
}

/// Whether `written` looks like a lint of the compiler: `dead_code`.
fn is_lint(written: &str) -> bool {
    written.contains(|c: char| c.is_ascii_lowercase())
        && !written.contains(|c: char| c.is_ascii_digit())
}
