//! FO302, FO303, FO305 and FO308: functions that a worker must not call, or should not.

use super::{assert_body, places};

const CX: &str = "#[ctx] cx: &Context";

#[track_caller]
fn assert_each(code: &str, calls: &[(&str, &str)]) {
    for (call, at) in calls {
        for body in places(call) {
            assert_body("", &body, &[(code, at)]);
        }
    }
}

#[test]
fn threads_and_tasks() {
    let calls = [
        ("thread::spawn(|| x)", "thread::spawn"),
        ("std::thread::spawn(move || x).join()", "std::thread::spawn"),
        (
            "::std::thread::spawn::<_, ()>(f)",
            "::std::thread::spawn::<_, ()>",
        ),
        ("thread::Builder::new().spawn(f)", "spawn"),
        (
            "std::thread::Builder::new().name(n).stack_size(9).spawn(f)?.join()",
            "spawn",
        ),
        (
            "std::thread::Builder::spawn(b, f)",
            "std::thread::Builder::spawn",
        ),
        (
            "{ let b = thread::Builder::new(); let b = b.name(n); b.spawn(f) }",
            "spawn",
        ),
        ("{ use std::thread::spawn; spawn(f) }", "spawn"),
        ("{ use std::thread::{self, spawn as go}; go(f) }", "go"),
        ("{ use std::thread as t; t::spawn(f) }", "t::spawn"),
        (
            "{ use std::thread::Builder; Builder::new().spawn(f) }",
            "spawn",
        ),
        ("{ use std::thread::*; spawn(f) }", "spawn"),
        ("all.map(thread::spawn)", "thread::spawn"),
        ("rayon::spawn(f)", "rayon::spawn"),
        ("tokio::spawn(f)", "tokio::spawn"),
        ("tokio::task::spawn(f)", "tokio::task::spawn"),
        ("task::spawn_blocking(f)", "task::spawn_blocking"),
        ("tokio::runtime::Handle::current().spawn(f)", "spawn"),
        (
            "{ let rt = tokio::runtime::Runtime::new().unwrap(); rt.spawn(f) }",
            "spawn",
        ),
        ("async_std::task::spawn(f)", "async_std::task::spawn"),
        ("smol::spawn(f).detach()", "smol::spawn"),
    ];
    assert_each("FO302", &calls);
}

#[test]
fn what_starts_nothing_or_may_be_something_else() {
    for call in [
        "spawn(f)",
        "Command::new(x).spawn()",
        "scope.spawn(f)",
        "pool.spawn(f); thread.spawn(f)",
        "rayon::join(a, b); rayon::scope(|s| s.spawn(|_| x)); all.par_iter().for_each(f)",
        "crate::thread::spawn(f); self::thread::spawn(f); tools::spawn(f)",
        "{ use crate::thread; thread::spawn(f) }",
        "{ use tools::spawn; spawn(f) }",
        "{ fn spawn(x: u32) {} spawn(x) }",
        "{ mod thread { pub fn spawn(x: u32) {} } thread::spawn(x) }",
        "{ fn other() { std::thread::spawn(f); std::process::exit(1) } }",
        "Builder::new().spawn(f)",
        "log!(thread::spawn(f)); println!(\"thread::spawn\"); \"thread::spawn(f)\"",
        "tokio::runtime::Handle::current().block_on(game()).spawn(x)",
        "thread::current().id(); thread::yield_now(); thread::park_timeout(x)",
        "thread::Builder::new().name(x)",
        "let runs = |thread: Pool| thread.spawn(f);",
    ] {
        assert_body("", call, &[]);
    }
}

#[test]
fn scoped_threads() {
    let calls = [
        ("thread::scope(|s| { s.spawn(f); })", "thread::scope"),
        ("std::thread::scope(f)", "std::thread::scope"),
        ("{ use std::thread::scope; scope(f) }", "scope"),
        ("crossbeam::scope(f).unwrap()", "crossbeam::scope"),
    ];
    assert_each("FO303", &calls);
}

#[test]
fn the_end_of_the_process() {
    let calls = [
        ("process::exit(1)", "process::exit"),
        ("std::process::abort()", "std::process::abort"),
        ("{ use std::process::exit; exit(1) }", "exit"),
        ("{ use std::process; process::exit(2) }", "process::exit"),
        (
            "load(x).unwrap_or_else(|_| std::process::exit(1))",
            "std::process::exit",
        ),
        ("libc::_exit(1)", "libc::_exit"),
    ];
    assert_each("FO308", &calls);
    for other in [
        "exit(1)",
        "process.exit()",
        "panic!()",
        "std::process::id(); self.abort()",
    ] {
        assert_body("", other, &[]);
    }
}

#[test]
fn sleeping_beside_a_context() {
    for (call, at) in [
        ("thread::sleep(d)", "thread::sleep"),
        ("std::thread::sleep(d)", "std::thread::sleep"),
        ("{ use std::thread::sleep; sleep(d) }", "sleep"),
        ("{ use std::thread::sleep as nap; nap(d) }", "nap"),
        ("thread::sleep_ms(10)", "thread::sleep_ms"),
    ] {
        for body in places(call) {
            let looks = format!("cx.checkpoint(); {body}");
            assert_body(CX, &looks, &[("FO305", at)]);
            assert_body("", &body, &[]);
        }
    }
    for other in [
        "sleep(d)",
        "tokio::time::sleep(d)",
        "cx.sleep(d)",
        "self.sleep(d)",
        "clock::sleep(d)",
    ] {
        assert_body(CX, &format!("cx.checkpoint(); {other}"), &[]);
    }
}
