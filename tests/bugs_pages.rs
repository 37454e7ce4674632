//! The guide's pages on the bugs show the code of the examples, and nothing else.
//!
//! A page names a piece of its example in a comment above a block of Rust; in the example the piece stands between
//! `// ANCHOR: name` and `// ANCHOR_END: name`. `UPDATE_PAGES=1 cargo test --test bugs_pages` writes the blocks anew.

use std::fs;
use std::path::{Path, PathBuf};

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

#[test]
fn pages_show_the_code_of_the_examples() {
    for bug in bugs() {
        let new = with_pieces(&bug);
        if std::env::var_os("UPDATE_PAGES").is_some() {
            fs::write(&bug.page, &new).expect("the page can be written");
        }
        let page = bug.page.display();
        assert!(
            bug.text() == new,
            "{page} is not as its example: UPDATE_PAGES=1 writes it anew"
        );
        for piece in bug.pieces() {
            assert!(
                new.contains(&format!("<!-- {piece} -->\n```rust\n")),
                "{page} lacks `{piece}`"
            );
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

/// Rustdoc looks after what a page links to. Here: that one comes back from there.
#[test]
fn pages_and_codes_link_to_each_other() {
    let index = read(&here().join("docs/bugs.md"));
    for bug in bugs() {
        let name = format!("crate::guide::bug{:02}", bug.number);
        assert!(index.contains(&name), "docs/bugs.md lacks a link to {name}");
        for link in bug.text().split("crate::guide::fo").skip(1) {
            let code = format!("docs/codes/fo{}.md", &link[..3]);
            assert!(
                read(&here().join(&code)).contains(&name),
                "{code} lacks a link to {name}"
            );
        }
    }
}
