//! One program for each problem, named for the problem; beside it, in `.stderr`, what its author is told.
//!
//! `TRYBUILD=overwrite cargo test -p fanout-ui-tests` writes the messages anew. Read each as somebody who has just started
//! to use fanout: is the caret on what has to change, is it said what to write, is it said once?

#[test]
fn what_the_user_is_told() {
    let programs = trybuild::TestCases::new();
    programs.compile_fail("options/*.rs");
    programs.compile_fail("signature/*.rs");
    programs.compile_fail("body/*.rs");
    programs.compile_fail("types/*.rs");
    programs.pass("pass/*.rs");
}
