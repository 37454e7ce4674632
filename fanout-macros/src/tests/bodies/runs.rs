//! FO307: a run inside an item, which does not hear of a stop.

use super::{assert_body, places};

const CX: &str = "#[ctx] cx: &Context";

#[test]
fn a_run_that_goes_on() {
    for (call, at) in [
        ("fanout::over(x).map(|n, _| n).collect_unordered()", "over"),
        (
            "::fanout::over_local(x).workers(2).map(work).run()?",
            "over_local",
        ),
        ("{ use fanout::over; over(x).map(work).run() }", "over"),
        (
            "{ use fanout as f; f::over(x).map(work).stream().sum() }",
            "over",
        ),
        (
            "my::fanout::over(x).map(|n, cx| cx.checkpoint()).run()",
            "over",
        ),
        (
            "fanout::over(fanout::over(x).map(work)).map(work).run()",
            "over",
        ),
        ("fanout::over(x).name(cx.index()).map(work).run()", "over"),
    ] {
        for body in places(call) {
            let looks = format!("cx.checkpoint(); {body}");
            assert_body(CX, &looks, &[("FO307", at)]);
            assert_body("", &body, &[]);
        }
    }
    assert_body(
        CX,
        "fanout::over(x).cancel_with(cx.token()).map(work).run(); fanout::over(x).map(work).run()",
        &[("FO307", "over")],
    );
}

#[test]
fn a_run_that_is_put_together_first() {
    for (body, at) in [
        (
            "let run = fanout::over(x).map(work); let run = run.workers(2); run.run()",
            "run",
        ),
        ("for n in fanout::over(x).map(work) { work(n) }", "over"),
        (
            "let one = fanout::over(x); fanout::over(one.map(work)).map(work).run()",
            "over",
        ),
    ] {
        assert_body(CX, &format!("cx.checkpoint(); {body}"), &[("FO307", at)]);
    }
}

#[test]
fn a_run_that_hears_of_it() {
    for body in [
        "fanout::over(x).cancel_with(cx.token()).map(work).run()",
        "fanout::over(x).map(work).cancel_with(cx.token()).stream().sum()",
        "fanout::over(fanout::over(x).cancel_with(&token).map(work)).map(work).run()",
        "fanout::over(x).map(|n, _| { cx.checkpoint()?; work(n) }).run()",
        "fanout::over(x).map(|n, _| work(n, cx)).run()",
        "let run = fanout::over(x).map(work); let run = run.cancel_with(cx.token()); run.run()",
        "let run = fanout::over(x).map(|n, _| work(n, cx)); run.run()",
        "let run = fanout::over(x); fanout::over(run.map(work)).cancel_with(cx.token()).map(work).run()",
        "let run = fanout::over(x).map(work); hand_on(run)",
        "fanout::over(x).map(work)",
        "over(x).map(work).run()",
        "{ use tools::over; over(x).map(work).run() }",
        "log!(fanout::over(x).map(work).run())",
        "for n in fanout::over(x).cancel_with(cx.token()).map(work).stream() { work(n) }",
    ] {
        assert_body(CX, &format!("cx.checkpoint(); {body}"), &[]);
    }
}
