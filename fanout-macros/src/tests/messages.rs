//! Which code a mistake gets, and where its caret is. The words are looked at in the ui tests.

use super::{diagnose, tokens};

/// The code and the text under the caret, for each mistake in `#[fan_out(options)] item`.
fn found(options: &str, item: &str) -> Vec<(&'static str, String)> {
    diagnose(tokens(options), tokens(item))
        .iter()
        .map(|diagnostic| {
            let (start, end) = diagnostic.ends();
            let whole = start.join(end).unwrap_or(start);
            (
                diagnostic.problem.row().code,
                whole.source_text().unwrap_or_default(),
            )
        })
        .collect()
}

#[track_caller]
pub(super) fn assert_found(options: &str, item: &str, wanted: &[(&str, &str)]) {
    let found = found(options, item);
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(code, text)| (*code, text.as_str()))
        .collect();
    assert_eq!(found, wanted, "#[fan_out({options})] {item}");
}

pub(super) const PLAIN: &str = "fn f(x: u32) -> u32 { x }";

#[test]
fn right_ones_are_silent() {
    for options in [
        "",
        "workers = 8",
        "workers = 8,",
        "ordered",
        "window = 1 << 10, batch = 16",
        "timeout = \"1m 30s\"",
        "timeout = limits::RUN",
        "workers = num_cpus::get() * 2, name = format!(\"a\")",
        "item_fn = f_one, crate = ::other::fanout",
        "cpu_bound, stack_size = 8 << 20",
        "allow(FO114), workers = 1",
    ] {
        assert_found(options, PLAIN, &[]);
    }
    for item in [
        "fn f(x: u32, #[feed] feed: &Feed<u32>) { feed.push(x) }",
        "fn f(x: &str, #[feed] _: &'_ ::fanout::Feed<&str>) -> &str { x }",
        "fn f(x: &str) -> &str { x }",
        "pub(crate) fn f<'a, T: Ord>(x: &'a [T]) -> &'a T where T: 'a { &x[0] }",
        "fn f(&self, x: u32) -> &str { &self.0 }",
        "fn f(self: Arc<Self>, x: u32) -> u32 { x }",
        "fn f(self: &Arc<Self>, x: u32) -> u32 { x }",
        "fn f(x: u32, #[shared] names: &Names) -> &str { names.get(x) }",
        "fn f((a, b): (u32, u32), #[local(0)] n: &mut u32, #[ctx] cx: &Context) { *n += a + b + cx.worker() }",
        "fn f(x: u32, #[local(a.x)] n: &mut u32, #[shared] a: A) { *n += x }",
    ] {
        assert_found("", item, &[]);
    }
    for result in [
        "io::Result<u32>",
        "Result<(), E>",
        "Answer",
        "Self::Out",
        "<T as A>::B",
    ] {
        let item = format!("fn f(x: u32) -> {result} {{ one(x) }}");
        assert_found("cancel_on_error", &item, &[]);
    }
}

#[test]
fn unknown_and_repeated_options() {
    assert_found("wrokers = 8", PLAIN, &[("FO101", "wrokers")]);
    assert_found("threads(8), ordered", PLAIN, &[("FO101", "threads")]);
    assert_found("banana", PLAIN, &[("FO101", "banana")]);
    assert_found(
        "ordered, workers = 2, ordered",
        PLAIN,
        &[("FO102", "ordered")],
    );
    assert_found("workers = 2, workers = 3", PLAIN, &[("FO102", "workers")]);
    assert_found("pinned", PLAIN, &[("FO109", "pinned")]);
    assert_found(
        "cancel-on-error, ordered",
        PLAIN,
        &[("FO101", "cancel-on-error")],
    );
    assert_found("-on", PLAIN, &[("FO103", "-")]);
    assert_found("orderd, ordered", PLAIN, &[("FO101", "orderd")]);
}

#[test]
fn malformed_options() {
    assert_found("workers", PLAIN, &[("FO103", "workers")]);
    assert_found("workers =", PLAIN, &[("FO103", "workers")]);
    assert_found("workers = , ordered", PLAIN, &[("FO103", "workers")]);
    assert_found("workers(8)", PLAIN, &[("FO103", "workers")]);
    assert_found("workers: 4", PLAIN, &[("FO103", "workers")]);
    assert_found("workers = 8 ordered", PLAIN, &[("FO103", "ordered")]);
    assert_found("ordered = true", PLAIN, &[("FO103", "= true")]);
    assert_found("= 8", PLAIN, &[("FO103", "=")]);
    assert_found("8", PLAIN, &[("FO103", "8")]);
    assert_found("allow", PLAIN, &[("FO103", "allow")]);
    assert_found("workers = \"8\"", PLAIN, &[("FO104", "\"8\"")]);
    assert_found("workers = -1", PLAIN, &[("FO104", "-1")]);
    assert_found("window = 2.5", PLAIN, &[("FO104", "2.5")]);
    assert_found("name = 8", PLAIN, &[("FO104", "8")]);
    assert_found("name = \"\"", PLAIN, &[("FO104", "\"\"")]);
    assert_found("item_fn = \"one\"", PLAIN, &[("FO104", "\"one\"")]);
    assert_found("crate = \"other\"", PLAIN, &[("FO104", "\"other\"")]);
    assert_found("window = 5 - 6", PLAIN, &[("FO104", "5 - 6")]);
    assert_found("workers = 8 / 0", PLAIN, &[("FO104", "8 / 0")]);
    assert_found("item_fn = f", PLAIN, &[("FO104", "f")]);
    assert_found("item_fn = r#f", PLAIN, &[("FO104", "r#f")]);
}

#[test]
fn values_that_cannot_be_meant() {
    for option in ["workers", "window", "batch", "stack_size"] {
        assert_found(&format!("{option} = 0"), PLAIN, &[("FO105", "0")]);
        assert_found(&format!("{option} = 3 - 3"), PLAIN, &[("FO105", "3 - 3")]);
    }
    assert_found("window = {0}", PLAIN, &[("FO105", "{0}")]);
    assert_found("timeout = \"0s\"", PLAIN, &[("FO105", "\"0s\"")]);
    assert_found(
        "timeout = std::time::Duration::ZERO",
        PLAIN,
        &[("FO105", "std::time::Duration::ZERO")],
    );
    assert_found("window = usize::MAX", PLAIN, &[("FO106", "usize::MAX")]);
    assert_found(
        "window = (1 << 24) + 1",
        PLAIN,
        &[("FO106", "(1 << 24) + 1")],
    );
    assert_found("workers = 100_000", PLAIN, &[("FO106", "100_000")]);
    assert_found("timeout = 30", PLAIN, &[("FO107", "30")]);
    assert_found("timeout = \"30\"", PLAIN, &[("FO107", "\"30\"")]);
    assert_found("timeout = \"soon\"", PLAIN, &[("FO107", "\"soon\"")]);
    assert_found("window = 8, batch = 16", PLAIN, &[("FO110", "16")]);
    assert_found("batch = 16, window = 8", PLAIN, &[("FO110", "8")]);
    assert_found("workers = 1", PLAIN, &[("FO114", "1")]);
    assert_found("workers = 8, window = 4", PLAIN, &[("FO115", "4")]);
}

#[test]
fn options_without_effect() {
    assert_found("item_timeout = \"5s\"", PLAIN, &[("FO109", "item_timeout")]);
    assert_found("ordered", "fn f(x: u32) {}", &[("FO109", "ordered")]);
    assert_found("ordered", "fn f(x: u32) -> () {}", &[("FO109", "ordered")]);
    assert_found("merge = add", PLAIN, &[("FO109", "merge")]);
    assert_found(
        "allow(FO999, FO101)",
        PLAIN,
        &[("FO112", "FO999"), ("FO112", "FO101")],
    );
    let fallible = "fn f(x: u32, #[local(try open())] n: &mut u32) -> u32 { x }";
    assert_found("", fallible, &[("FO108", "try")]);
}

#[test]
fn signatures() {
    assert_found("", "fn f() {}", &[("FO203", "f")]);
    assert_found("", "fn f(&self) {}", &[("FO203", "f")]);
    assert_found("", "fn f(#[shared] x: u32) {}", &[("FO203", "shared")]);
    assert_found("", "fn f(x: u32, y: u32) {}", &[("FO204", "y")]);
    assert_found("", "fn f(&mut self, x: u32) {}", &[("FO205", "&mut self")]);
    assert_found("", "fn f(self, x: u32) {}", &[("FO205", "self")]);
    assert_found(
        "",
        "fn f(mut self: Arc<Self>, x: u32) {}",
        &[("FO205", "mut")],
    );
    assert_found(
        "",
        "fn f(x: u32, #[cfg(unix)] #[shared] y: u32) {}",
        &[("FO219", "cfg")],
    );
    assert_found(
        "",
        "fn f(x: u32, #[cfg_attr(unix, shared)] y: u32) {}",
        &[("FO219", "cfg_attr")],
    );
    assert_found(
        "",
        "fn f((x, y): (u32, u32), #[shared] y: u32, #[shared] z: u32) {}",
        &[("FO220", "y")],
    );
    assert_found("", "fn f(x: impl Copy) {}", &[("FO214", "impl Copy")]);
    assert_found(
        "",
        "fn f(x: u32) -> impl Copy { x }",
        &[("FO214", "impl Copy")],
    );
    assert_found("", "async fn f(x: u32) {}", &[("FO215", "async")]);
    assert_found("", "const fn f(x: u32) {}", &[("FO215", "const")]);
    assert_found("", "unsafe fn f(x: u32) {}", &[("FO215", "unsafe")]);
    assert_found(
        "",
        "extern \"C\" fn f(x: u32) {}",
        &[("FO215", "extern \"C\"")],
    );
    assert_found(
        "",
        "#[no_mangle] fn f(x: u32) {}",
        &[("FO217", "no_mangle")],
    );
    assert_found("", "#[fan_out] fn f(x: u32) {}", &[("FO217", "fan_out")]);
    assert_found(
        "",
        "#[fanout::fan_out] fn f(x: u32) {}",
        &[("FO217", "fanout::fan_out")],
    );
}

#[test]
fn items_that_are_no_functions() {
    assert_found("", "struct S;", &[("FO201", "struct")]);
    assert_found("", "pub enum S {}", &[("FO201", "enum")]);
    assert_found("", "impl S {}", &[("FO201", "impl")]);
    assert_found("", "const X: u32 = 1;", &[("FO201", "X")]);
    assert_found("", "fn f(x: u32) -> u32;", &[("FO202", ";")]);
}

#[test]
fn roles() {
    assert_found(
        "",
        "fn f(x: u32, #[shared] y: &mut u32) {}",
        &[("FO210", "mut")],
    );
    assert_found(
        "",
        "fn f(x: u32, #[shared] mut y: u32) {}",
        &[("FO210", "mut")],
    );
    assert_found(
        "",
        "fn f(x: u32, #[shared] ref y: u32) {}",
        &[("FO210", "ref")],
    );
    assert_found(
        "",
        "fn f(x: u32, #[share] y: u32) {}",
        &[("FO211", "share")],
    );
    assert_found(
        "",
        "fn f(x: u32, #[shared(1)] y: u32) {}",
        &[("FO211", "shared")],
    );
    assert_found(
        "",
        "fn f(x: u32, #[local] y: &mut u32) {}",
        &[("FO211", "local")],
    );
    assert_found(
        "",
        "fn f(x: u32, #[local()] y: &mut u32) {}",
        &[("FO211", "local")],
    );
    assert_found(
        "",
        "fn f(x: u32, #[local(1 +)] y: &mut u32) {}",
        &[("FO211", ")")],
    );
    assert_found(
        "",
        "fn f(x: u32, #[shared] #[ctx] y: &u32) {}",
        &[("FO212", "ctx")],
    );
    let two = "fn f(x: u32, #[ctx] a: &Context, #[ctx] b: &Context) {}";
    assert_found("", two, &[("FO212", "ctx")]);
    assert_found(
        "",
        "fn f(x: u32, #[ctx] a: Context) {}",
        &[("FO213", "Context")],
    );
    assert_found(
        "",
        "fn f(x: u32, #[ctx] a: &mut Context) {}",
        &[("FO213", "&mut Context")],
    );
    assert_found(
        "",
        "fn f(x: u32, #[local(0)] y: u32) {}",
        &[("FO213", "u32")],
    );
    assert_found(
        "",
        "fn f(x: u32, #[local(0)] y: &u32) {}",
        &[("FO213", "&u32")],
    );
    assert_found(
        "",
        "fn f<'l>(x: u32, #[local(0)] y: &'l mut u32, #[ctx] c: &'static Context) {}",
        &[("FO213", "'l"), ("FO213", "'static")],
    );
    assert_found("", "fn f(x: u32, #[ctx] c: &'_ Context) {}", &[]);
    assert_found(
        "",
        "fn f(x: u32, #[local(x + 1)] y: &mut u32) {}",
        &[("FO218", "x")],
    );
    assert_found(
        "",
        "fn f(x: u32, #[feeder] y: u32) {}",
        &[("FO211", "feeder")],
    );
    assert_found(
        "",
        "fn f(x: u32, #[feed(1)] y: &Feed<u32>) {}",
        &[("FO211", "feed")],
    );
    assert_found("", "fn f(#[feed] x: &Feed<u32>) {}", &[("FO203", "feed")]);
    let two = "fn f(x: u32, #[feed] y: &Feed<u32>, #[feed] z: &Feed<u32>) {}";
    assert_found("", two, &[("FO212", "feed")]);
    for ty in [
        "Feed<u32>",
        "&mut Feed<u32>",
        "&&Feed<u32>",
        "&Feed",
        "&Sender<u32>",
    ] {
        let item = format!("fn f(x: u32, #[feed] y: {ty}) {{}}");
        assert_found("", &item, &[("FO213", ty)]);
    }
    let lent = "fn f<'f>(x: u32, #[feed] y: &'f fanout::Feed<u32>) {}";
    assert_found("", lent, &[("FO213", "'f")]);
}

#[test]
fn orders_with_a_feed() {
    let plain = "fn f(x: u32, #[feed] feed: &Feed<u32>) -> u32 { x }";
    assert_found("ordered", plain, &[("FO121", "ordered")]);
    assert_found("shard_by = key", plain, &[("FO121", "shard_by")]);
    assert_found(
        "shard_by = key, pinned, ordered",
        plain,
        &[("FO121", "ordered"), ("FO121", "shard_by")],
    );
    let nothing = "fn f(x: u32, #[feed] feed: &Feed<u32>) {}";
    assert_found("ordered", nothing, &[("FO121", "ordered")]);
    assert_found("workers = 2, window = 4, batch = 2, cpu_bound", plain, &[]);
}

#[test]
fn what_a_result_borrows_from() {
    let two = "fn f(x: &str, #[shared] y: &str) -> &str { x }";
    assert_found("", two, &[("FO216", "&")]);
    assert_found("", "fn f(&self, x: &str) -> &str { x }", &[("FO216", "&")]);
    let shared = "fn f(x: u32, #[shared] y: &str, #[shared] z: &str) -> Cow<'_, str> { y }";
    assert_found("", shared, &[("FO216", "'_")]);
    assert_found("", "fn f(x: u32) -> &str { \"\" }", &[("FO216", "&")]);
    let state = "fn f(x: u32, #[local(\"\")] y: &mut &str) {}";
    assert_found("", state, &[("FO216", "&")]);
}

#[test]
fn all_independent_mistakes_at_once() {
    assert_found(
        "wrokers = 8, window = 0, timeout = 5, ordered = 1",
        "async fn f(x: u32, y: u32, #[ctx] cx: Context) -> impl Copy { x }",
        &[
            ("FO101", "wrokers"),
            ("FO107", "5"),
            ("FO103", "= 1"),
            ("FO204", "y"),
            ("FO105", "0"),
            ("FO215", "async"),
            ("FO214", "impl Copy"),
            ("FO213", "Context"),
        ],
    );
}
