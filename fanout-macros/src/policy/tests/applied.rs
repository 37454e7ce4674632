//! What a policy makes of a function.

use proc_macro2::TokenStream;

use super::policy;
use crate::pipeline::expand_under;

const PLAIN: &str = "fn f(x: u32) -> u32 { x }";
const FALLIBLE: &str = "fn f(x: u32) -> io::Result<u32> { Ok(x) }";

fn tokens(text: &str) -> TokenStream {
    text.parse().expect("tokens")
}

/// The expansion of `#[fan_out(options)] item` where the policy has `keys`.
fn under(keys: &str, options: &str, item: &str) -> String {
    expand_under(&policy(keys), tokens(options), tokens(item)).to_string()
}

fn is_error(out: &str, code: &str) -> bool {
    out.contains(&format!("compile_error ! {{ \"{code}: "))
}

fn is_warning(out: &str, code: &str) -> bool {
    out.contains(&format!("deprecated (note = \"{code}: "))
}

#[test]
fn levels() {
    let one = |keys: &str| under(keys, "workers = 1", PLAIN);
    assert!(is_warning(&one(""), "FO114"));
    assert!(is_error(&one("deny = [\"FO114\"]"), "FO114"));
    assert!(is_warning(&one("warn = [\"FO114\"]"), "FO114"));
    assert!(!one("allow = [\"FO114\"]").contains("FO114"));
    // The function's own word is the last.
    let silenced = under("deny = [\"FO114\"]", "workers = 1, allow(FO114)", PLAIN);
    assert!(!silenced.contains("FO114"), "{silenced}");
}

#[test]
fn every_message_ends_with_the_contact() {
    let keys = "deny = [\"FO114\"]\ncontact = \"ask in #concurrency\"";
    for (options, code) in [("workers = 0", "FO105"), ("workers = 1", "FO114")] {
        let out = under(keys, options, PLAIN);
        assert!(is_error(&out, code), "{out}");
        assert!(out.contains("\\n= note: ask in #concurrency\""), "{out}");
    }
    let warning = under(keys, "workers = 8, window = 2", PLAIN);
    assert!(is_warning(&warning, "FO115"), "{warning}");
    assert!(warning.contains("= note: ask in #concurrency"), "{warning}");
    let constant = under(keys, "workers = WORKERS", PLAIN);
    assert!(constant.contains("; ask in #concurrency\""), "{constant}");
}

#[test]
fn as_many_workers_as_are_allowed() {
    let keys = "max-workers = 4";
    assert!(!under(keys, "workers = 4", PLAIN).contains("FO132"));
    assert!(!under(keys, "", PLAIN).contains("FO132"));
    assert!(is_error(&under(keys, "workers = 2 * 4", PLAIN), "FO132"));
    let absurd = under(keys, "workers = 1 << 20", PLAIN);
    assert!(is_error(&absurd, "FO106") && !absurd.contains("FO132"));
    // The compiler and the running program look at what is not known here.
    let constant = under(keys, "workers = WORKERS", PLAIN);
    assert!(constant.contains("<= 4 , \"FO132: "), "{constant}");
    let later = under(keys, "workers = count()", PLAIN);
    assert!(later.contains("assert ! (workers <= 4 , "), "{later}");
    for keys in ["max-workers = 4\nallow = [\"FO132\"]", ""] {
        for value in ["WORKERS", "count()", "8"] {
            let out = under(keys, &format!("workers = {value}"), PLAIN);
            assert!(!out.contains("FO132"), "{out}");
        }
    }
    let excused = under(
        keys,
        "workers = count(), allow(FO132, reason = \"io\")",
        PLAIN,
    );
    assert!(!excused.contains("FO132"), "{excused}");
}

#[test]
fn options_that_have_to_be_there() {
    let missing = |option: &str, options: &str, item: &str| {
        let out = under(&format!("require = [\"{option}\"]"), options, item);
        is_error(&out, "FO133")
    };
    assert!(missing("timeout", "", PLAIN));
    assert!(missing("workers", "ordered", PLAIN));
    assert!(!missing("timeout", "timeout = \"1s\"", PLAIN));
    assert!(!missing(
        "timeout",
        "allow(FO133, reason = \"short\")",
        PLAIN
    ));
    // Meant, and reported as what it is.
    assert!(!missing("timeout", "timeout = 5", PLAIN));
    assert!(!missing("workers", "threads = 5", PLAIN));
    // Not where the option would be rejected.
    assert!(missing("cancel_on_error", "", FALLIBLE));
    assert!(!missing("cancel_on_error", "", PLAIN));
    assert!(missing("ordered", "", PLAIN));
    assert!(!missing("ordered", "", "fn f(x: u32) { go(x) }"));
    let fed = "fn f(x: u32, #[feed] feed: &Feed<u32>) -> u32 { x }";
    assert!(!missing("ordered", "", fed) && !missing("shard_by", "", fed));
    assert!(!missing("item_timeout", "", PLAIN));
    let seen = "fn f(x: u32, #[ctx] cx: &Context) -> u32 { cx.index() }";
    assert!(missing("item_timeout", "", seen));
    let stateful = "fn f(x: u32, #[local(0)] n: &mut u32) { *n += x }";
    assert!(missing("merge", "", stateful) && !missing("merge", "", PLAIN));
    assert!(missing("pinned", "shard_by = key", PLAIN) && !missing("pinned", "", PLAIN));
}

#[test]
fn braces_in_a_contact_are_no_placeholders() {
    let out = under("contact = \"ask {us}\"", "workers = WORKERS", PLAIN);
    assert!(out.contains("ask {{us}}"), "{out}");
    let plain = under("contact = \"ask {us}\"", "workers = 0", PLAIN);
    assert!(plain.contains("ask {us}"), "{plain}");
}
