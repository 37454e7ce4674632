//! Keys and values, right and wrong.

use super::super::combine::{combine, of_a_dependency};
use super::super::keys::{OTHER_NAMES, TABLE, find};
use super::super::{Place, Ruled};
use super::{mistakes, policy, written};
use crate::options::Opt;

fn at(line: usize) -> Place {
    Place {
        file: "Cargo.toml".to_owned(),
        line,
    }
}

#[test]
fn every_key_is_read() {
    let whole: String = TABLE
        .iter()
        .filter(|row| !["warn", "allow"].contains(&row.name))
        .map(|row| format!("{}\n", row.example))
        .collect();
    let policy = policy(&whole);
    assert_eq!(mistakes(&policy), [""; 0]);
    assert_eq!(policy.ruled("FO114"), Some(Ruled::Deny));
    assert_eq!(policy.max_workers(), Some((64, &at(3))));
    let required: Vec<Opt> = policy.required().map(|(option, _)| option).collect();
    assert_eq!(required, [Opt::CancelOnError, Opt::Timeout]);
    assert_eq!(
        policy.notes("FO101"),
        [
            "ask in #concurrency",
            "see https://wiki.example.com/concurrency"
        ]
    );
    assert_eq!(
        policy.notes("FO114")[0],
        "FO114 is in `deny` of the policy in Cargo.toml:2"
    );
}

#[test]
fn examples_are_read_and_names_are_used_once() {
    for (k, row) in TABLE.iter().enumerate() {
        assert_eq!(mistakes(&policy(row.example)), [""; 0]);
        assert!(row.example.starts_with(row.name));
        assert!(TABLE[..k].iter().all(|other| other.name != row.name));
    }
    for (theirs, ours) in OTHER_NAMES {
        assert!(find(ours).is_some() && find(theirs).is_none(), "{theirs}");
    }
}

#[test]
fn mistakes_name_line_and_remedy() {
    for (keys, said) in [
        (
            "dney = []",
            "FO131: Cargo.toml:2: there is no key `dney` in a policy; did you mean `deny`?",
        ),
        (
            "\nmax_workers = 3",
            "FO131: Cargo.toml:3: there is no key `max_workers` in a policy; did you mean `max-workers`?",
        ),
        (
            "banana = 1",
            "FO131: Cargo.toml:2: there is no key `banana` in a policy; the keys are `deny`, `warn`, `allow`, `max-workers`, \
             `require`, `help-url`, `contact`",
        ),
        (
            "deny = \"FO114\"",
            "FO131: Cargo.toml:2: `deny` takes a list of codes, not the text \"FO114\"; write `deny = [\"FO114\"]`",
        ),
        (
            "deny = [\n  114\n]",
            "FO131: Cargo.toml:3: `deny` takes a list of codes, not the number 114; write `deny = [\"FO114\"]`",
        ),
        (
            "max-workers = 0",
            "FO131: Cargo.toml:2: `max-workers` takes a whole number of at least 1, not the number 0; write `max-workers = 64`",
        ),
        (
            "max-workers = \"64\"",
            "FO131: Cargo.toml:2: `max-workers` takes a whole number of at least 1, not the text \"64\"; write `max-workers = 64`",
        ),
        (
            "contact = [\"#concurrency\"]",
            "FO131: Cargo.toml:2: `contact` takes a line of text, not a list; write `contact = \"ask in #concurrency\"`",
        ),
        (
            "contact = \"two\\nlines\"",
            "FO131: Cargo.toml:2: `contact` takes a line of text, not the text \"two\\nlines\"; write `contact = \"ask in #concurrency\"`",
        ),
        (
            "deny = [\"fo114\"]",
            "FO131: Cargo.toml:2: there is no code `fo114`; write a code as in `deny = [\"FO114\"]`; all are listed in \
             `fanout::guide::codes`",
        ),
        (
            "deny = [\"FO114\"]\nallow = [\"FO115\", \"FO114\"]",
            "FO131: Cargo.toml:3: FO114 is in `allow` and, in line 2, in `deny`; leave it in one of them",
        ),
        (
            "require = [\"cancel-on-error\"]",
            "FO131: Cargo.toml:2: `cancel-on-error` is no option that a policy can require; did you mean `cancel_on_error`?",
        ),
    ] {
        assert_eq!(mistakes(&policy(keys)), [said], "{keys}");
    }
}

#[test]
fn what_is_certain_cannot_be_lowered() {
    for key in ["allow", "warn"] {
        let said = mistakes(&policy(&format!("{key} = [\"FO105\"]")));
        let certain = "FO131: Cargo.toml:2: FO105 is an error that no policy can lower: ";
        assert!(said.len() == 1 && said[0].starts_with(certain), "{said:?}");
    }
    assert_eq!(mistakes(&policy("deny = [\"FO105\"]")), [""; 0]);
}

#[test]
fn a_policy_that_is_no_table() {
    let text = "[package.metadata]\nfanout = true";
    let policy = combine(super::Written::default(), written(text, "package"));
    let said = mistakes(&policy);
    assert!(said[0].contains("Cargo.toml:2: `metadata.fanout` takes a table of keys, not `true`"));
}

#[test]
fn mistakes_come_in_the_order_of_the_file_and_once() {
    let policy = policy("wran = []\nalow = []\nmax-workers = 4");
    let said = mistakes(&policy);
    assert!(
        said[0].contains(":2:") && said[1].contains(":3:"),
        "{said:?}"
    );
    assert_eq!(policy.max_workers(), Some((4, &at(4))), "the rest holds");
    assert_eq!(mistakes(&policy), [""; 0], "somebody else was told");
}

#[test]
fn the_packages_word_goes_before_the_workspaces() {
    let workspace = "[workspace.metadata.fanout]
        deny = [\"FO114\", \"FO115\"]
        max-workers = 64
        require = [\"timeout\"]
        contact = \"ask the others\"
        help-url = \"https://example.com\"";
    let package = "[package.metadata.fanout]
        allow = [\"FO114\"]
        require = []
        contact = \"ask us\"";
    let both = || [written(workspace, "workspace"), written(package, "package")];
    let [workspace, package] = both();
    let policy = combine(workspace, package);
    assert_eq!(policy.ruled("FO114"), Some(Ruled::Allow));
    assert_eq!(policy.ruled("FO115"), Some(Ruled::Deny));
    assert_eq!(policy.max_workers().map(|(most, _)| most), Some(64));
    assert_eq!(policy.required().count(), 0);
    assert_eq!(policy.notes("FO101"), ["ask us", "see https://example.com"]);
}

#[test]
fn of_a_dependency_only_what_is_lowered_counts() {
    let text = "[package.metadata.fanout]
        deny = [\"FO115\"]
        allow = [\"FO114\"]
        max-workers = 1
        contact = \"ask us\"
        nonsense = 1";
    let policy = of_a_dependency(written(text, "package"));
    assert_eq!(policy.ruled("FO114"), Some(Ruled::Allow));
    assert_eq!(policy.ruled("FO115"), None);
    assert_eq!(policy.max_workers(), None);
    assert_eq!(policy.notes("FO101"), [""; 0]);
    assert_eq!(mistakes(&policy), [""; 0]);
}

#[test]
fn every_key_is_in_the_guide() {
    let page = include_str!("../../../../docs/policy.md");
    for row in TABLE {
        let name = format!("`{}`", row.name);
        let mut headings = page.lines().filter(|line| line.starts_with("## "));
        assert!(headings.any(|line| line.contains(&name)), "{name}");
    }
}
