//! Which code a mistake in a body gets, and where its caret is: a file for each rule.

mod closing;
mod context;
mod runs;
mod starting;
mod statics;
mod waiting;

use super::messages::assert_found;

/// That the body of `fn f(x: u32, parameters)` is told just this.
#[track_caller]
fn assert_body(parameters: &str, body: &str, wanted: &[(&str, &str)]) {
    let item = format!("fn f(x: u32, {parameters}) {{ {body} }}");
    assert_found("", &item, wanted);
}

/// The same where an end of a channel is in the workers' hands on purpose.
#[track_caller]
fn assert_body_with_channel(parameters: &str, body: &str, wanted: &[(&str, &str)]) {
    let item = format!("fn f(x: u32, {parameters}) {{ {body} }}");
    assert_found("allow(FO206, reason = \"a test\")", &item, wanted);
}

/// The ways to stand in a body that a rule sees through.
const PLACES: [&str; 7] = [
    "{}",
    "let y = {};",
    "if x > 1 { loop { {}; } }",
    "match x { 1 => { {}; } _ => {} }",
    "(0..x).for_each(|n| { {}; });",
    "let late = || async move { {} };",
    "unsafe { {} };",
];

/// `code` in each place.
fn places(code: &str) -> impl Iterator<Item = String> {
    PLACES
        .iter()
        .map(move |place| place.replacen("{}", code, 1))
}
