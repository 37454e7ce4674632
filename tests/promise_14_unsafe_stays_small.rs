//! `unsafe` is only in the modules that need it, each block with its proof; and there is no fence, no polling by sleep and no
//! primitive from anywhere but the one facade.

use std::path::{Path, PathBuf};

/// Where `unsafe` may be: taking items out, the places of results, lending borrowed work to threads. Who adds a file here
/// has a reason that the others do not cover.
const UNSAFE: [&str; 12] = [
    "fanout-runtime/src/deliver/items.rs",
    "fanout-runtime/src/deliver/place.rs",
    "fanout-runtime/src/deliver/segment.rs",
    "fanout-runtime/src/deliver/segment/owner.rs",
    "fanout-runtime/src/deliver/segment/walk.rs",
    "fanout-runtime/src/deliver/slots.rs",
    "fanout-runtime/src/deliver/table.rs",
    "fanout-runtime/src/deliver/table/alone.rs",
    "fanout-runtime/src/pull/intake.rs",
    "fanout-runtime/src/run/launch.rs",
    "fanout-runtime/src/threads/crew.rs",
    "fanout-runtime/src/threads/lend.rs",
];

struct Source {
    path: String,
    lines: Vec<String>,
}

impl Source {
    /// Line by line, without comments and with its number from 1.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(
            self.lines
                .iter()
                .map(|line| line.split("//").next().unwrap_or("")),
        )
    }
}

fn sources(roots: &[&str]) -> Vec<Source> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut waiting: Vec<PathBuf> = roots.iter().map(|root| top.join(root)).collect();
    let mut found = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).expect("a folder of the project");
            waiting.extend(entries.map(|entry| entry.expect("a file of the project").path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source file");
            let relative = path.strip_prefix(top).expect("a path in the project");
            found.push(Source {
                path: relative.to_string_lossy().replace('\\', "/"),
                lines: text.lines().map(str::to_owned).collect(),
            });
        }
    }
    found
}

/// Whether `word` stands alone in `text`: `unsafe`, and not `unsafe_code`.
fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .any(|part| part == word)
}

fn is_test(source: &Source) -> bool {
    source.path.contains("tests")
}

#[test]
fn unsafe_is_where_it_has_to_be_and_nowhere_else() {
    let mut used: Vec<String> = sources(&["fanout-runtime/src"])
        .iter()
        .filter(|source| !is_test(source))
        .filter(|source| source.code().any(|(_, line)| has_word(line, "unsafe")))
        .map(|source| source.path.clone())
        .collect();
    used.sort_unstable();
    assert_eq!(used, UNSAFE);
}

#[test]
fn every_use_of_unsafe_has_its_proof() {
    for source in sources(&["fanout-runtime/src"]) {
        for (number, line) in source.code() {
            if !line.contains("unsafe {") && !line.contains("unsafe impl") {
                continue;
            }
            // The comment stands above, together with attributes and with what is left of the statement.
            let above = &source.lines[number.saturating_sub(16)..number];
            assert!(
                above.iter().any(|line| line.contains("SAFETY:")),
                "{}:{number} does not say why it is right: {line}",
                source.path
            );
        }
    }
}

#[test]
fn expansions_and_the_facade_have_none() {
    for source in sources(&["src", "fanout-macros/src/expand"]) {
        if is_test(&source) {
            continue;
        }
        for (number, line) in source.code() {
            assert!(
                !has_word(line, "unsafe"),
                "{}:{number}: {line}",
                source.path
            );
        }
    }
}

#[test]
fn primitives_come_from_the_facade() {
    // So that the model checkers can take their place; and no fences, which race detectors cannot follow, but for the asymmetric
    // one, which is in the facade.
    for source in sources(&["fanout-runtime/src"]) {
        if is_test(&source) || source.path.starts_with("fanout-runtime/src/sync/") {
            continue;
        }
        for (number, line) in source.code() {
            for foreign in [
                "std::sync::atomic",
                "core::sync::atomic",
                "std::sync::Mutex",
                "std::thread::spawn",
                "fence(Ordering",
            ] {
                assert!(!line.contains(foreign), "{}:{number}: {line}", source.path);
            }
        }
    }
}

#[test]
fn nothing_polls() {
    for source in sources(&["fanout-runtime/src"]) {
        // What is in `sync` is for the model checkers, too.
        if is_test(&source) || source.path.starts_with("fanout-runtime/src/sync/") {
            continue;
        }
        for (number, line) in source.code() {
            assert!(
                !line.contains("thread::sleep"),
                "{}:{number}: {line}",
                source.path
            );
        }
    }
}
