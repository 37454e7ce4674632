//! What somebody writes who has not read the guide: the words of other tools, values of another kind.

use super::messages::{PLAIN, assert_found};
use super::{diagnose, tokens};

/// What is said about `options` on a function that returns a number.
#[track_caller]
fn said(options: &str) -> String {
    let found = diagnose(tokens(options), tokens(PLAIN));
    assert_eq!(found.len(), 1, "{options}");
    found[0].text()
}

#[test]
fn names_of_other_tools() {
    for (theirs, ours) in [
        ("threads = 4", "workers"),
        ("num_workers = 4", "workers"),
        ("max_concurrency = 4", "workers"),
        ("concurrency = 4", "workers"),
        ("parallelism = 4", "workers"),
        ("pool_size = 4", "workers"),
        ("order", "ordered"),
        ("fail_fast", "cancel_on_error"),
        ("stop_on_error", "cancel_on_error"),
        ("buffer = 4", "window"),
        ("queue = 4", "window"),
        ("chunk = 4", "batch"),
    ] {
        let said = said(theirs);
        assert!(
            said.contains(&format!("did you mean `{ours}`?")),
            "{theirs}: {said}"
        );
    }
}

#[test]
fn what_has_another_place() {
    for (option, place) in [
        ("unordered", "unless `ordered` is there"),
        ("continue_on_error", "unless `cancel_on_error` is there"),
        ("unbounded", "`window = N`"),
        ("shared(table)", "#[shared] x: T"),
        ("local = 0", "#[local(initial value)]"),
        ("retries = 3", "in a loop"),
        (
            "cancel_with = token",
            "`f(items).cancel_with(&token).stream()`",
        ),
        ("stream", "`f(items).cancel_with(&token).stream()`"),
        ("reason = \"..\"", "`allow(FO206, reason"),
    ] {
        let said = said(option);
        assert!(said.starts_with("FO101: unknown option"), "{said}");
        assert!(said.contains(place), "{option}: {said}");
    }
}

#[test]
fn numbers_that_are_none() {
    for auto in ["\"auto\"", "auto", "num_cpus", "default", "max"] {
        assert_found(&format!("workers = {auto}"), PLAIN, &[("FO104", auto)]);
        let said = said(&format!("workers = {auto}"));
        assert!(said.contains("leave `workers` out"), "{said}");
    }
    for unbounded in ["unbounded", "None", "infinite", "max"] {
        assert_found(
            &format!("window = {unbounded}"),
            PLAIN,
            &[("FO106", unbounded)],
        );
    }
    assert_found("workers = \"8\"", PLAIN, &[("FO104", "\"8\"")]);
    assert_found("workers = 8u8", PLAIN, &[("FO104", "8u8")]);
    assert_found("window = 1_000u64", PLAIN, &[("FO104", "1_000u64")]);
    assert_found("workers = 8usize", PLAIN, &[]);
    assert_found("workers = 1.5", PLAIN, &[("FO104", "1.5")]);
    assert_found(
        "window = u32::MAX as usize",
        PLAIN,
        &[("FO106", "u32::MAX as usize")],
    );
    assert_found("workers = 65_537", PLAIN, &[("FO106", "65_537")]);
    assert_found("workers = 4 - 4", PLAIN, &[("FO105", "4 - 4")]);
    assert_found("window = MAX, workers = limits::MAX", PLAIN, &[]);
    // These are parameters.
    let own = "fn f(x: u32, #[shared] max: usize, #[shared] auto: usize) -> u32 { x }";
    assert_found("window = max, workers = auto", own, &[]);
}

#[test]
fn punctuation() {
    assert_found("workers: 8", PLAIN, &[("FO103", "workers")]);
    assert_found("workers == 8", PLAIN, &[("FO103", "=")]);
    assert_found("workers = 8; ordered", PLAIN, &[("FO103", ";")]);
    assert_found("\"workers = 8\"", PLAIN, &[("FO103", "\"workers = 8\"")]);
    assert_found("ordered = false", PLAIN, &[("FO103", "= false")]);
    assert!(said("\"ordered\"").contains("write `ordered`"));
    assert!(said("\"workers = 8\"").contains("write `workers = 8`"));
    assert!(said("\"banana\"").contains("expected the name of an option"));
    for semicolons in ["workers = 8; ordered;", "ordered; workers = 8; cpu_bound"] {
        assert_found(semicolons, PLAIN, &[("FO103", ";")]);
    }
    assert_found(
        "ordered workers = 0",
        PLAIN,
        &[("FO103", "workers"), ("FO105", "0")],
    );
}

#[test]
fn times() {
    assert!(said("timeout = 30").contains("does not say of what"));
    assert!(said("timeout = 30s").contains("`30s` has no quotes"));
    assert_found("timeout = \"30 sec\"", PLAIN, &[]);
    for zero in [
        "Duration::from_secs(0)",
        "std::time::Duration::from_millis(0)",
        "Duration::new(0, 0)",
    ] {
        assert_found(&format!("timeout = {zero}"), PLAIN, &[("FO105", zero)]);
    }
    assert_found("timeout = Duration::from_secs(1)", PLAIN, &[]);
    let looks = "fn f(x: u32, #[ctx] cx: &Context) -> u32 { cx.is_cancelled(); x }";
    let later = "timeout = \"5s\", item_timeout = \"30s\"";
    assert_found(later, looks, &[("FO116", "\"30s\"")]);
    let exchanged = "item_timeout = \"5s\", timeout = \"5s\"";
    assert_found(exchanged, looks, &[("FO116", "\"5s\"")]);
    assert_found("item_timeout = \"4s\", timeout = \"5s\"", looks, &[]);
}

#[test]
fn stacks() {
    assert_found("stack_size = 8", PLAIN, &[("FO111", "8")]);
    assert!(said("stack_size = 8").contains("`stack_size = 8 << 20` for 8 MiB"));
    assert_found("stack_size = 8 * 1024", PLAIN, &[("FO111", "8 * 1024")]);
    assert_found("stack_size = 16 << 10", PLAIN, &[]);
}

#[test]
fn cancelling_without_a_result() {
    let returns = |ty: &str| format!("fn f(x: u32) -> {ty} {{ todo!() }}");
    assert_found(
        "cancel_on_error",
        "fn f(x: u32) {}",
        &[("FO403", "cancel_on_error")],
    );
    for ty in [
        "()",
        "u32",
        "Option<u32>",
        "Vec<Result<u32, E>>",
        "bool",
        "String",
        "(u32, u32)",
        "[u8; 4]",
        "std::path::PathBuf",
    ] {
        assert_found("cancel_on_error", &returns(ty), &[("FO403", ty)]);
        assert_found("", &returns(ty), &[]);
    }
    for ty in [
        "Result<u32, E>",
        "io::Result<u32>",
        "Answer",
        "T",
        "anyhow::Result<Vec<u32>>",
        "Self::Out",
    ] {
        assert_found("cancel_on_error", &returns(ty), &[]);
    }
}

#[test]
fn states() {
    let begins = |value: &str| format!("fn f(x: u32, #[local({value})] n: &mut u32) {{ *n += x }}");
    assert_found("", &begins("default"), &[("FO211", "default")]);
    assert_found("", &begins("Default"), &[("FO211", "Default")]);
    assert_found("", &begins("init = 0"), &[("FO211", "init = 0")]);
    assert_found("", &begins("Default::default()"), &[]);
    let shared = "fn f(x: u32, #[local(default)] n: &mut u32, #[shared] default: u32) { *n += x }";
    assert_found("", shared, &[]);
    for (value, caret) in [
        ("u32", "u32"),
        ("Vec", "Vec"),
        ("|| Vec::new()", "|| Vec::new()"),
        ("open()?", "?"),
    ] {
        let item = format!("fn f(x: u32, #[local({value})] n: &mut Vec<u32>) {{ n.push(x) }}");
        assert_found("", &item, &[("FO211", caret)]);
    }
    assert_found(
        "",
        "fn f(x: u32, #[local(|| 1)] n: &mut fn() -> u32) {}",
        &[],
    );
    assert_found(
        "",
        "fn f(x: u32, #[local(open()?)] n: &mut Option<u32>) {}",
        &[],
    );
    assert_found(
        "cancel_on_error",
        "fn f(x: u32, #[local(try a()?)] n: &mut u32) -> Result<(), E> {}",
        &[],
    );
    let state = "fn f(x: u32, #[state(Vec::new())] all: &mut Vec<u32>) { all.push(x) }";
    let found = diagnose(tokens(""), tokens(state));
    assert!(found[0].text().contains("did you mean `#[local]`?"));
}

#[test]
fn signatures() {
    assert_found("", "fn main() {}", &[("FO203", "main")]);
    assert_found("", "fn f(#[item] x: u32) {}", &[("FO211", "item")]);
    let all = "fn f(all: impl Iterator<Item = u32> + Send) -> u32 { all.sum() }";
    assert_found("", all, &[("FO214", "impl Iterator<Item = u32> + Send")]);
    assert!(
        diagnose(tokens(""), tokens(all))[0]
            .text()
            .contains("`fn f(item: u32)`")
    );
    let token = "fn f(x: u32, #[ctx] token: &CancelToken) {}";
    assert_found("", token, &[("FO213", "&CancelToken")]);
    assert_found("", "fn f(x: u32, #[ctx] cx: &Cx) {}", &[]);
    assert_found("", "#[test] fn f(x: u32) {}", &[("FO217", "test")]);
    assert_found(
        "",
        "#[tokio::main] async fn f(x: u32) {}",
        &[("FO217", "tokio::main")],
    );
    let two = "fn f(x: u32, #[shared] #[ctx] cx: &Context) {}";
    assert_found("", two, &[("FO212", "ctx")]);
}

#[test]
fn a_path_that_can_be_one_of_values_only_is_no_module() {
    assert!(said("crate = try::fanout").contains("`crate` takes a path"));
}

#[test]
fn keys_of_one_item() {
    for key in ["x % 5", "&x", "user_of(x)", "x.user", "vec![x]"] {
        assert_found(&format!("shard_by = {key}"), PLAIN, &[("FO104", key)]);
    }
    for key in ["x", "|x| *x % 5", "user_of", "keys::x", "by(x::user)"] {
        assert_found(&format!("shard_by = {key}"), PLAIN, &[]);
    }
    let shared = "fn f(n: u32, #[shared] x: u32) -> u32 { n + x }";
    assert_found("shard_by = by(x)", shared, &[]);
}

#[test]
fn states_of_the_item() {
    let begins = |value: &str| format!("fn f(x: u32, #[local({value})] n: &mut A) {{ n.add(x) }}");
    for value in ["vec![0; x]", "vec![1, x]", "format!(\"{}\", x)"] {
        assert_found("", &begins(value), &[("FO218", "x")]);
    }
    for value in [
        "vec![0; 8]",
        "vec![a.x; 8]",
        "vec![x(); 8]",
        "format!(\"{x}\", x = 8)",
        "table!(x)",
        "vec![|x| x; 8]",
    ] {
        assert_found("", &begins(value), &[]);
    }
}
