//! FO309: `static mut`.

use super::assert_body;

#[test]
fn a_static_mut_of_the_body() {
    for body in [
        "static mut SEEN: u32 = 0; unsafe { SEEN += x; }",
        "if x > 1 { static mut SEEN: u32 = 0; unsafe { SEEN += x; SEEN = 1 } }",
        "x.map(|x| { static mut SEEN: u32 = 0; x })",
    ] {
        assert_body("", body, &[("FO309", "mut")]);
    }
}

#[test]
fn a_static_from_outside_that_is_written_to() {
    for (body, at) in [
        ("unsafe { SEEN += x; }", "SEEN"),
        ("unsafe { SEEN = SEEN + x; SEEN -= 1; }", "SEEN"),
        ("unsafe { stats::SEEN[x].count += 1 }", "SEEN"),
        ("let all = unsafe { &mut ALL };", "ALL"),
        ("x.map(|x| unsafe { (*(&raw mut ALL)).push(x) })", "ALL"),
    ] {
        assert_body("", body, &[("FO309", at)]);
    }
    assert_body(
        "",
        "unsafe { A += 1; B += 1; A += 1 }",
        &[("FO309", "A"), ("FO309", "B")],
    );
}

#[test]
fn what_is_no_static_mut() {
    for body in [
        "static SEEN: AtomicU32 = AtomicU32::new(0); SEEN.fetch_add(x, Relaxed);",
        "SEEN.fetch_add(x, Relaxed); LOG.lock().push(x); let y = MAX + x;",
        "let y = unsafe { table.get_unchecked(MAX) }; let z = unsafe { SEEN };",
        "let mut N = x; unsafe { N += 1 }; let mut count = 0; unsafe { count += x }",
        "unsafe { *REGISTER = x }",
        "fn other() { static mut SEEN: u32 = 0; unsafe { SEEN += 1 } }",
        "log!(static mut SEEN: u32 = 0;); \"static mut\"",
    ] {
        assert_body("", body, &[]);
    }
}
