//! The tables agree with themselves and with the guide.

use std::fs;
use std::path::Path;

use crate::diagnostics::table;
use crate::options::{OTHER_NAMES, TABLE, find};

const OPTIONS_PAGE: &str = include_str!("../../../docs/options.md");
const CODES_INDEX: &str = include_str!("../../../docs/codes.md");
const GUIDE: &str = include_str!("../../../src/guide.rs");

/// A file of the workspace, from its root.
fn file(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn codes_are_in_order_and_used_once() {
    let names = table::CODES.iter().map(|code| code.name);
    assert!(names.is_sorted_by(|a, b| a < b));
}

#[test]
fn every_code_has_a_page_with_both_examples() {
    for code in table::CODES {
        let name = code.name.to_lowercase();
        let page = file(&format!("docs/codes/{name}.md"));
        let title = format!("`{}`: {}\n", code.name, code.title);
        assert!(page.starts_with(&title), "{name}: begins with {title}");
        let (_, wrong) = page.split_once("\n# Wrong\n").expect("a wrong example");
        let (wrong, right) = wrong.split_once("\n# Right\n").expect("a right example");
        // What needs a manifest is compiled with one, in the ui tests.
        let by_policy = code.name.starts_with("FO13");
        let [fails, passes] = if by_policy {
            ["```toml\n"; 2]
        } else {
            ["```compile_fail\n", "```\n"]
        };
        assert!(wrong.contains(fails), "{name}: compiled");
        assert!(right.contains(passes), "{name}: compiled");
        let shown = GUIDE.lines().any(|line| line.trim() == name);
        assert!(shown, "src/guide.rs lacks {name}");
    }
}

#[test]
fn every_code_is_in_the_index_by_family_and_by_bug() {
    let (_, by_bug) = CODES_INDEX.split_once("# By bug").expect("an index by bug");
    for code in table::CODES {
        let link = format!("[`{}`](super::{})", code.name, code.name.to_lowercase());
        let mut line = format!("- {link}: {}", code.title);
        line.push_str(match code.level {
            table::Level::Error => "",
            table::Level::Heuristic => " (can be meant)",
            table::Level::Warning => " (warning)",
        });
        assert!(CODES_INDEX.contains(&format!("{line}\n")), "{line}");
        for bug in 1..=13 {
            let start = format!("\n{bug}. ");
            let (_, line) = by_bug.split_once(&start).expect("a line for each bug");
            let line = line.lines().next().unwrap_or_default();
            let wanted = code.bugs.contains(&bug);
            assert_eq!(line.contains(&link), wanted, "bug {bug} and {}", code.name);
        }
    }
}

/// A bug that no code rejects cannot be written, and a test shows it.
#[test]
fn every_bug_has_a_code_or_a_test() {
    let (_, by_bug) = CODES_INDEX.split_once("# By bug").expect("an index by bug");
    for bug in 1..=13 {
        let (_, rest) = by_bug
            .split_once(&format!("\n{bug}. "))
            .expect("a line for each bug");
        let next = rest.find(&format!("\n{}. ", bug + 1));
        let about = &rest[..next.unwrap_or(rest.len())];
        let words: Vec<&str> = about.split_whitespace().collect();
        let words = words.join(" ");
        let shown = words.split("Shown by `").skip(1);
        let mut shows = 0;
        for shown in shown {
            let (test, rest) = shown.split_once("` in `").expect("the test's file");
            let (path, _) = rest.split_once('`').expect("the end of the path");
            let there = file(path).contains(&format!("fn {test}("));
            assert!(there, "bug {bug}: no `{test}` in {path}");
            shows += 1;
        }
        let rejected = table::CODES.iter().any(|code| code.bugs.contains(&bug));
        assert!(rejected || shows > 0, "bug {bug}");
    }
}

#[test]
fn every_code_has_a_ui_test() {
    let mut said = String::new();
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui-tests");
    for family in ["options", "policy", "signature", "body", "types"] {
        for test in fs::read_dir(tests.join(family)).expect("ui tests in families") {
            let test = test.expect("a file").path();
            if test.extension().is_some_and(|kind| kind == "stderr") {
                said += &fs::read_to_string(test).expect("text");
            }
        }
    }
    for code in table::CODES {
        assert!(said.contains(&format!("{}: ", code.name)), "{}", code.name);
    }
}

/// The rules about types have no words here.
#[test]
fn every_code_about_types_has_its_words_in_the_runtime() {
    fn read(folder: &Path, all: &mut String) {
        for entry in fs::read_dir(folder).expect("the runtime's sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                read(&path, all);
            } else {
                *all += &fs::read_to_string(path).expect("text");
            }
        }
    }
    let mut runtime = String::new();
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    read(&workspace.join("fanout-runtime/src"), &mut runtime);
    let about_types = |name: &&str| name.starts_with("FO4");
    for name in table::CODES
        .iter()
        .map(|code| code.name)
        .filter(about_types)
    {
        let page = name.to_lowercase();
        for words in [
            format!("message = \"{name}: "),
            format!("note = \"{name} is explained in `fanout::guide::{page}`\""),
        ] {
            assert!(runtime.contains(&words), "{words}");
        }
    }
}

#[test]
fn every_option_is_in_the_guide() {
    for row in TABLE {
        let heading = format!("\n## `{}", row.name);
        assert!(
            OPTIONS_PAGE.contains(&heading),
            "docs/options.md lacks `{}`",
            row.name
        );
    }
}

#[test]
fn names_are_used_once() {
    for (k, row) in TABLE.iter().enumerate() {
        assert!(
            TABLE[..k].iter().all(|other| other.name != row.name),
            "{}",
            row.name
        );
        assert!(row.example.starts_with(row.name), "{}", row.example);
        assert_eq!(row.option.name(), row.name);
    }
    for (theirs, ours) in OTHER_NAMES {
        assert!(find(ours).is_some(), "{ours}");
        assert!(find(theirs).is_none(), "{theirs}");
    }
}

#[test]
fn messages_are_one_sentence_without_a_full_stop() {
    for row in table::TABLE {
        for text in [row.message, row.help] {
            assert!(!text.ends_with('.'), "{text}");
            assert!(!text.contains('\n'), "{text}");
            for placeholder in text.split('{').skip(1) {
                let name = placeholder.split('}').next().unwrap_or_default();
                let word = name.chars().all(|c| c.is_ascii_lowercase());
                assert!(word && placeholder.contains('}'), "{text}");
            }
        }
    }
}
