//! FO304: a context that nobody looks at.

use super::super::messages::assert_found;
use super::assert_body;

const CX: &str = "#[ctx] cx: &Context";

#[test]
fn a_context_that_nobody_looks_at() {
    for body in [
        "work(x)",
        "let _ = cx; work(x)",
        "_ = cx; work(x)",
        "drop(cx); work(x)",
        "std::mem::drop(&cx); work(x)",
        "x.map(|cx| cx.len())",
        "let cx = x; cx.len()",
        "fn other(cx: &Context) { cx.checkpoint(); } work(x)",
        "println!(\"cx\"); \"{cx}\"; work(x)",
        "x.cx.checkpoint()",
    ] {
        assert_body(CX, body, &[("FO304", "cx")]);
    }
    assert_body("#[ctx] _cx: &Context", "work(x)", &[("FO304", "_cx")]);
    assert_body("#[ctx] _: &Context", "work(x)", &[("FO304", "_")]);
}

#[test]
fn every_use_counts() {
    for body in [
        "cx.checkpoint()?; x",
        "while !cx.is_cancelled() { x.step() }",
        "x.map(|x| work(x, cx))",
        "let stop = cx; work(x, stop)",
        "let Some(cx) = Some(cx) else { return }; cx.len()",
        "if cx.index() == 0 { x }",
        "log!(x, cx.worker())",
        "println!(\"{cx:?}\")",
        "select! { recv(cx.done()) -> _ => {} }",
        "(*cx).token()",
        "drop(cx.token())",
        "let cx = cx.token(); cx.cancel()",
    ] {
        assert_body(CX, body, &[]);
    }
    assert_body("#[ctx] _cx: &Context", "_cx.checkpoint()", &[]);
    assert_body("#[ctx] r#in: &Context", "r#in.checkpoint()", &[]);
}

/// An editor that underlines what is not yet written would be in the way.
#[test]
fn what_is_still_being_written_is_left_alone() {
    for body in [
        "",
        "todo!()",
        "let y = x.len(); todo!(\"rest\")",
        "unimplemented!()",
        "cx.",
        "let a = ",
    ] {
        assert_body(CX, body, &[]);
    }
}

/// One mistake is reported once.
#[test]
fn what_is_no_context_was_reported() {
    for (parameters, wanted) in [
        ("#[ctx] cx: Context", ("FO213", "Context")),
        (
            "#[ctx] cx: &Context, #[ctx] other: &Context",
            ("FO212", "ctx"),
        ),
    ] {
        assert_body(parameters, "work(x)", &[wanted]);
    }
    let silenced = "fn f(x: u32, #[ctx] _cx: &Context) -> u32 { x }";
    assert_found("allow(FO304, reason = \"a test\")", silenced, &[]);
}
