//! What `allow(..)` silences, and what it says about itself.

use super::messages::{PLAIN, assert_found};
use super::{diagnose, tokens};

const SENDS: &str = "fn f(x: u32, #[shared] tx: &Sender<u32>) { tx.send(x).ok(); }";

#[test]
fn warnings_are_silenced_by_their_code() {
    assert_found("workers = 1, allow(FO114)", PLAIN, &[]);
    assert_found("workers = 1, allow(FO114, reason = \"a test\")", PLAIN, &[]);
    assert_found("workers = 4, window = 2, allow(FO115,)", PLAIN, &[]);
}

#[test]
fn errors_are_silenced_for_a_reason() {
    assert_found("", SENDS, &[("FO206", "Sender<u32>")]);
    assert_found("allow(FO206, reason = \"progress\")", SENDS, &[]);
    assert_found("allow(reason = \"progress\", FO206)", SENDS, &[]);
    assert_found("allow(FO206)", SENDS, &[("FO112", "FO206")]);
    assert_found("allow(FO206, reason = \"\")", SENDS, &[("FO112", "\"\"")]);
    assert_found("allow(FO206, reason = \" \")", SENDS, &[("FO112", "\" \"")]);
    // One reason is missing, for both.
    let both = "stack_size = 8, allow(FO206, FO111)";
    assert_found(both, SENDS, &[("FO112", "FO206")]);
    let said = "stack_size = 8, allow(FO206, FO111, reason = \"a small device\")";
    assert_found(said, SENDS, &[]);
}

#[test]
fn what_is_not_needed_is_a_warning() {
    assert_found("workers = 4, allow(FO114)", PLAIN, &[("FO113", "FO114")]);
    assert_found(
        "workers = 1, allow(FO114, FO115)",
        PLAIN,
        &[("FO113", "FO115")],
    );
    assert_found(
        "workers = 1, allow(FO114, FO114)",
        PLAIN,
        &[("FO113", "FO114")],
    );
    let silent = "fn f(x: u32) -> u32 { x }";
    assert_found(
        "allow(FO206, reason = \"progress\")",
        silent,
        &[("FO113", "FO206")],
    );
    assert_found("workers = 4, allow(FO114, FO113)", PLAIN, &[]);
    assert_found("workers = 1, allow(FO114, FO113)", PLAIN, &[]);
    // Where there are errors, not all rules had their say.
    let found = diagnose(tokens("wrokers = 4, allow(FO114)"), tokens(PLAIN));
    assert_eq!(found[0].problem.row().code, "FO101");
}

#[test]
fn what_cannot_be_silenced_is_an_error() {
    assert_found("allow(FO101)", PLAIN, &[("FO112", "FO101")]);
    assert_found("allow(FO407)", PLAIN, &[("FO112", "FO407")]);
    assert_found("allow(FO999)", PLAIN, &[("FO112", "FO999")]);
    assert_found("allow(dead_code)", PLAIN, &[("FO112", "dead_code")]);
    for slip in ["fo114", "Fo114", "F0114", "FO_114"] {
        let found = diagnose(tokens(&format!("allow({slip})")), tokens(PLAIN));
        let text = found[0].text();
        assert!(text.contains("did you mean `FO114`?"), "{slip}: {text}");
    }
}

#[test]
fn what_cannot_be_read() {
    assert_found("allow()", PLAIN, &[("FO103", "allow")]);
    assert_found("allow(reason = \"none\")", PLAIN, &[("FO103", "allow")]);
    assert_found("allow(\"FO114\")", PLAIN, &[("FO103", "\"FO114\"")]);
    assert_found("allow(FO114 FO115)", PLAIN, &[("FO103", "FO115")]);
    assert_found("allow(FO114, reason = why)", PLAIN, &[("FO103", "why")]);
    assert_found(
        "allow(FO114, reason = \"a\", reason = \"b\")",
        PLAIN,
        &[("FO103", "reason")],
    );
    assert_found("allow(clippy::all)", PLAIN, &[("FO103", ":")]);
}
