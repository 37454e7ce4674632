//! FO301 and FO310: feeds and channels that are closed or kept.

use super::super::messages::assert_found;

#[track_caller]
fn assert_found_in_body(body: &str, wanted: &[&str]) {
    let item = format!("fn f(x: u32, #[feed] feed: &Feed<u32>) {{ {body} }}");
    let wanted: Vec<(&str, &str)> = wanted.iter().map(|text| ("FO301", *text)).collect();
    assert_found("", &item, &wanted);
}

#[test]
fn a_feed_that_is_closed_or_kept() {
    for expr in [
        "drop(feed)",
        "drop(&feed)",
        "drop((*feed))",
        "mem::drop(feed)",
        "std::mem::drop(feed)",
        "::core::mem::drop(feed)",
        "mem::forget(feed)",
        "std::mem::forget(feed)",
        "core::mem::forget(feed)",
        "feed.close()",
        "(&feed).close()",
        "feed.clone()",
        "Clone::clone(feed)",
        "fanout::Feed::<u32>::clone(feed)",
        "feed.to_owned()",
        "ToOwned::to_owned(feed)",
        "Arc::new(feed)",
        "std::sync::Arc::new(feed)",
        "std::mem::ManuallyDrop::new(feed)",
    ] {
        assert_found_in_body(&format!("{expr};"), &[expr]);
        assert_found_in_body(&format!("(0..x).for_each(|n| {{ {expr}; }})"), &[expr]);
        assert_found_in_body(&format!("if x > 1 {{ loop {{ {expr}; }} }}"), &[expr]);
        assert_found_in_body(
            &format!("match x {{ 1 => {{ {expr}; }} _ => {{}} }}"),
            &[expr],
        );
    }
    assert_found_in_body("use std::mem::forget; forget(feed)", &["forget(feed)"]);
    assert_found_in_body("keep(feed); use std::mem::forget as keep;", &["keep(feed)"]);
    assert_found_in_body(
        "use core::mem::{self, forget}; mem::drop(feed); forget(feed)",
        &["mem::drop(feed)", "forget(feed)"],
    );
    assert_found_in_body("use std::mem::*; { forget(feed) }", &["forget(feed)"]);
    assert_found_in_body("use std::mem as m; m::forget(feed)", &["m::forget(feed)"]);
    assert_found_in_body("use mem::{self, forget}; forget(feed)", &["forget(feed)"]);
    assert_found_in_body(
        "let all = feed.clone().len(); drop(feed);",
        &["feed.clone()", "drop(feed)"],
    );
    assert_found_in_body("{ let feed = x; drop(feed); } drop(feed)", &["drop(feed)"]);
    assert_found_in_body("let feed = drop(feed);", &["drop(feed)"]);
    assert_found_in_body("let more = feed; drop(more)", &["drop(more)"]);
    assert_found_in_body(
        "let more: &Feed<u32> = &feed; (|| more.close())()",
        &["more.close()"],
    );
}

#[test]
fn what_only_looks_like_closing_a_feed() {
    for body in [
        "feed.push(x); drop(x); feed.try_push(x).ok();",
        "fn helper(feed: Receiver<u32>) { drop(feed); } helper(r)",
        "impl A { fn close(feed: A) { feed.close(); drop(feed) } }",
        "let feed = x; drop(feed); feed.close();",
        "let Some(feed) = x else { return }; feed.clone();",
        "if let Some(feed) = x { drop(feed) }",
        "while let Some(feed) = x { drop(feed) }",
        "for feed in x { drop(feed) }",
        "match x { Some(feed) if feed.clone() => drop(feed), _ => {} }",
        "x.for_each(|feed| drop(feed)); x.map(|(feed, _)| feed.clone())",
        "fn drop(feed: &Feed<u32>) {} drop(feed);",
        "drop(feed); fn drop(feed: &Feed<u32>) {}",
        "let drop = |feed: &Feed<u32>| {}; drop(feed);",
        "use crate::tools::drop; drop(feed);",
        "use crate::tools::*; drop(feed);",
        "mod mem { pub fn forget<T>(x: T) {} } mem::forget(feed);",
        "use crate::mem; mem::forget(feed);",
        "forget(feed); tools::drop(feed); self::mem::drop(feed);",
        "x.feed.close(); x.drop(feed); x.close();",
        "log!(drop(feed)); println!(\"drop(feed) {}\", x); \"feed.close()\";",
        "let _ = feed; use tools::Arc; Arc::new(feed); Box::new(feed);",
        "let all = feed.len(); drop(all); let more = x; drop(more)",
        "drop((feed, x).1); drop(feed.try_push(x)); show(feed, drop);",
    ] {
        assert_found_in_body(body, &[]);
    }
    // The rule is about the parameter, whatever it is called.
    let other =
        "fn f(x: u32, #[feed] more: &Feed<u32>, #[shared] feed: &Tx) { feed.close(); drop(more) }";
    assert_found("", other, &[("FO301", "drop(more)")]);
    assert_found(
        "",
        "fn f(x: u32, #[shared] feed: &Tx) { feed.close(); drop(feed) }",
        &[],
    );
    assert_found(
        "",
        "fn f(x: u32, #[feed] _: &Feed<u32>) { drop(feed) }",
        &[],
    );
}

#[test]
fn a_channel_that_a_worker_closes() {
    for ty in ["Sender<u32>", "&mpsc::SyncSender<u32>", "&Receiver<u32>"] {
        let parameters = format!("#[shared] tx: {ty}");
        for expr in [
            "drop(tx)",
            "std::mem::drop(tx)",
            "tx.close()",
            "(&tx).close_channel()",
        ] {
            for body in super::places(expr) {
                super::assert_body_with_channel(&parameters, &body, &[("FO310", expr)]);
            }
        }
        super::assert_body_with_channel(
            &parameters,
            "let to = tx; drop(to)",
            &[("FO310", "drop(to)")],
        );
    }
    let locked = "#[shared] tx: Arc<Mutex<Option<Sender<u32>>>>";
    for expr in [
        "tx.lock().unwrap().take()",
        "*tx.lock().unwrap() = None",
        "tx.lock()?.as_ref().unwrap().close()",
    ] {
        let item = format!("{expr};");
        super::assert_body_with_channel(locked, &item, &[("FO310", expr)]);
    }
    let own = "#[local(sender())] tx: &mut Sender<u32>";
    super::assert_body_with_channel(own, "drop(tx)", &[("FO310", "drop(tx)")]);
}

#[test]
fn a_channel_that_a_worker_uses() {
    let parameters = "#[shared] tx: &Sender<u32>, #[shared] last: &Mutex<Option<Sender<u32>>>";
    for body in [
        "tx.send(x).unwrap(); tx.try_send(x); tx.clone().send(x)",
        "let tx = tx.clone(); drop(tx)",
        "let guard = last.lock().unwrap(); drop(guard)",
        "drop(last.lock().unwrap()); drop(tx.send(x))",
        "let (tx, rx) = channel(); drop(tx); rx.recv()",
        "file.close(); x.take()",
    ] {
        super::assert_body_with_channel(parameters, body, &[]);
    }
    // Whoever takes the end out of the workers' hands takes this out, too.
    super::assert_body(
        "#[shared] tx: &Sender<u32>",
        "drop(tx)",
        &[("FO206", "Sender<u32>")],
    );
    // An end inside the item is the item's own.
    assert_found("", "fn f(reply: Sender<u32>) { drop(reply) }", &[]);
}
