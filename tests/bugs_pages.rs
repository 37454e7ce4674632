//! The guide's pages on the bugs show the code of the examples, and they and the pages on codes link to each other.
//!
//! A page names a piece of its example in a comment above a block of Rust; in the example the piece stands between
//! `// ANCHOR: name` and `// ANCHOR_END: name`. Which codes belong to which bug is in the index of codes.
//!
//! `UPDATE_PAGES=1 cargo test --test bugs_pages` writes blocks and links anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A bug's number, its example and its page.
struct Bug {
    number: u8,
    example: String,
    page: PathBuf,
}

impl Bug {
    fn text(&self) -> String {
        read(&self.page)
    }

    /// The lines between the anchors called `name`.
    fn piece(&self, name: &str) -> String {
        let (begin, end) = (
            format!("// ANCHOR: {name}\n"),
            format!("// ANCHOR_END: {name}\n"),
        );
        let piece = self
            .example
            .split_once(&begin)
            .and_then(|(_, rest)| rest.split_once(&end));
        let (piece, _) = piece.unwrap_or_else(|| panic!("bug {}: no piece `{name}`", self.number));
        piece.to_owned()
    }

    fn pieces(&self) -> impl Iterator<Item = &str> {
        let lines = self.example.lines();
        lines.filter_map(|line| line.strip_prefix("// ANCHOR: "))
    }
}

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// By number.
fn bugs() -> Vec<Bug> {
    let examples = fs::read_dir(here().join("examples")).expect("the examples");
    let mut bugs: Vec<Bug> = examples
        .filter_map(|example| {
            let example = example.expect("an example").path();
            let name = example.file_name()?.to_str()?;
            let number = name.strip_prefix("bug")?.split_once('_')?.0;
            Some(Bug {
                number: number.parse().expect("a bug's number"),
                example: read(&example),
                page: here().join(format!("docs/bugs/bug{number}.md")),
            })
        })
        .collect();
    bugs.sort_by_key(|bug| bug.number);
    bugs
}

/// The page with every block that names a piece as the example has it.
fn with_pieces(bug: &Bug) -> String {
    let page = bug.text();
    let mut parts = page.split("\n```rust\n");
    let mut new = parts.next().expect("there is always one").to_owned();
    for part in parts {
        let above = new.lines().last().unwrap_or_default();
        let name = above
            .strip_prefix("<!-- ")
            .and_then(|name| name.strip_suffix(" -->"));
        let name =
            name.unwrap_or_else(|| panic!("bug {}: a block without a name: {part}", bug.number));
        let piece = bug.piece(name);
        let (_, rest) = part.split_once("```\n").expect("a block that ends");
        new += &format!("\n```rust\n{piece}```\n{rest}");
    }
    new
}

/// For the tests that may write the same page.
fn alone() -> MutexGuard<'static, ()> {
    static WRITING: Mutex<()> = Mutex::new(());
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a page of the guide should be is what it is; or is written, if that was asked for.
fn check(page: &Path, new: &str) {
    if std::env::var_os("UPDATE_PAGES").is_some() {
        fs::write(page, new).expect("the page can be written");
    }
    let page_is_new = read(page) == new;
    let page = page.display();
    assert!(
        page_is_new,
        "{page} is not as it should be: UPDATE_PAGES=1 writes it anew"
    );
}

/// The index of codes, as far as bugs are concerned.
struct Index {
    /// A line of the guide's list for each code.
    codes: BTreeMap<String, String>,
    /// By number, what a bug is called and its codes.
    bugs: BTreeMap<u8, (String, Vec<String>)>,
}

fn index() -> Index {
    let text = read(&here().join("docs/codes.md"));
    let (families, by_bug) = text.split_once("\n# By bug\n").expect("an index by bug");
    let codes = families.lines().filter_map(|line| {
        let code = line.strip_prefix("- [`")?.split_once('`')?.0;
        Some((code.to_owned(), line.replace("super::", "crate::guide::")))
    });
    let bugs = by_bug.lines().filter_map(|line| {
        let (number, line) = line.split_once(". ")?;
        let name = line.split(": [").next()?.to_owned();
        let codes = line
            .split("[`")
            .skip(1)
            .filter_map(|code| Some(code.split_once('`')?.0));
        Some((
            number.parse().ok()?,
            (name, codes.map(str::to_owned).collect()),
        ))
    });
    Index {
        codes: codes.collect(),
        bugs: bugs.collect(),
    }
}

#[test]
fn pages_show_the_code_of_the_examples() {
    let _alone = alone();
    for bug in bugs() {
        let new = with_pieces(&bug);
        check(&bug.page, &new);
        let page = bug.page.display();
        for piece in bug.pieces() {
            let block = format!("<!-- {piece} -->\n```rust\n");
            assert!(new.contains(&block), "{page} lacks `{piece}`");
        }
    }
}

#[test]
fn the_attribute_takes_the_fewest_lines() {
    for bug in bugs() {
        let lines = |name| bug.piece(name).lines().count();
        let (right, fanout) = (lines("right"), lines("fanout"));
        assert!(
            fanout < right,
            "bug {}: {fanout} lines, by hand {right}",
            bug.number
        );
    }
}

#[test]
fn pages_link_to_their_codes() {
    const MARK: &str = "\n<!-- codes -->\n";
    let _alone = alone();
    let index = index();
    for bug in bugs() {
        let text = bug.text();
        let (above, _) = text
            .split_once(MARK)
            .expect("a place for codes, at the end");
        let (_, codes) = &index.bugs[&bug.number];
        let codes = codes.iter().map(|code| index.codes[code].clone() + "\n");
        let links: String = codes.collect();
        check(&bug.page, &format!("{above}{MARK}{links}"));
    }
}

#[test]
fn codes_link_back() {
    const START: &str = "The bug that it would be: ";
    let index = index();
    for code in index.codes.keys() {
        let page = here().join(format!("docs/codes/{}.md", code.to_lowercase()));
        let text = read(&page);
        let (above, below) = text.split_once("\n# Wrong\n").expect("a wrong example");
        let mut new = above
            .split(&format!("\n{START}"))
            .next()
            .expect("one")
            .to_owned();
        for bug in bugs() {
            let (name, codes) = &index.bugs[&bug.number];
            if codes.contains(code) {
                new += &format!("\n{START}[{name}](crate::guide::bug{:02}).\n", bug.number);
            }
        }
        check(&page, &format!("{new}\n# Wrong\n{below}"));
    }
}

#[test]
fn every_bug_is_in_every_list() {
    let [list, summary, readme] =
        ["docs/bugs.md", "examples/bugs.rs", "README.md"].map(|path| read(&here().join(path)));
    for bug in bugs() {
        let number = bug.number;
        let name = &index().bugs[&number].0;
        let link = format!("\n{number}. [{name}](crate::guide::bug{number:02})\n");
        assert!(list.contains(&link), "docs/bugs.md lacks {link}");
        let module = format!("\nmod bug{number:02}_");
        assert!(
            summary.contains(&module),
            "examples/bugs.rs lacks bug {number}"
        );
        let row = format!("\n| {number}. ");
        assert!(
            readme.contains(&row),
            "README.md lacks the row of bug {number}"
        );
    }
}
