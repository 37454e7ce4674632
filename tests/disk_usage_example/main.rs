//! `examples/disk_usage.rs` beside `du -k`.

#![cfg(unix)]

#[path = "../common/mod.rs"]
mod common;
mod tree;

use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use common::examples::build;
use common::watchdog::watch_for;
use tree::Tree;

/// Far more than any of the tests takes; the first one may have to wait for the example to be compiled.
const LIMIT: Duration = Duration::from_secs(300);

fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| build("disk_usage"))
}

fn disk_usage() -> Command {
    Command::new(program())
}

fn du() -> Command {
    let mut du = Command::new("du");
    du.arg("-k").env("LC_ALL", "C");
    du
}

struct Finished {
    code: Option<i32>,
    /// Sorted: the order in which a directory is listed is the system's.
    lines: Vec<Vec<u8>>,
    messages: String,
}

fn finished(command: &mut Command) -> Finished {
    let output = command.output().expect("the program");
    let mut lines: Vec<_> = output.stdout.split(|byte| *byte == b'\n').collect();
    lines.sort_unstable();
    Finished {
        code: output.status.code(),
        lines: lines.into_iter().map(<[u8]>::to_vec).collect(),
        messages: String::from_utf8(output.stderr).expect("messages are text"),
    }
}

fn text(lines: &[Vec<u8>]) -> Vec<String> {
    let text = |line: &Vec<u8>| line.escape_ascii().to_string();
    lines.iter().map(text).collect()
}

/// Both, with these arguments, in `dir`. Returns what ours said.
fn compare<A: AsRef<OsStr>>(dir: &Path, arguments: &[A]) -> Finished {
    let theirs = finished(du().args(arguments).current_dir(dir));
    let ours = finished(disk_usage().args(arguments).current_dir(dir));
    assert_eq!(text(&ours.lines), text(&theirs.lines));
    assert_eq!(
        ours.code, theirs.code,
        "{}{}",
        ours.messages, theirs.messages
    );
    assert_eq!(
        ours.messages.lines().count(),
        theirs.messages.lines().count()
    );
    ours
}

#[test]
fn a_tree_with_everything_in_it_is_as_du_says() {
    let _dog = watch_for("disk usage of a tree", LIMIT);
    let tree = Tree::new();
    tree.grow();
    for workers in ["--workers=1", "--workers=2", "--workers=7"] {
        let theirs = finished(du().arg(tree.root()));
        let ours = finished(disk_usage().arg(tree.root()).arg(workers));
        assert_eq!(text(&ours.lines), text(&theirs.lines), "{workers}");
        assert_eq!((ours.code, ours.messages.as_str()), (Some(0), ""));
    }
    let none: [&str; 0] = [];
    let ours = compare(tree.root(), &none);
    assert!(ours.lines.len() > 400, "{}", ours.lines.len());
}

/// A file's name and a directory both count once, under the first argument that they are under.
#[test]
fn several_directories_share_what_they_have_in_common() {
    let _dog = watch_for("disk usage of several directories", LIMIT);
    let tree = Tree::new();
    tree.grow();
    let several: &[&[&str]] = &[
        &["names/0", "names/2", "names"],
        &["names", "names/2"],
        &["names/19/3", "names/x", "names/0"],
        &["deep", "wide", "deep"],
        &["links/up", "links/broken", "links"],
        &["wide/", "./files"],
        &["--", "odd"],
    ];
    for arguments in several {
        compare(tree.root(), arguments);
    }
}

#[test]
fn an_empty_directory_has_a_size() {
    let _dog = watch_for("disk usage of nothing", LIMIT);
    let tree = Tree::new();
    let run = compare(tree.root(), &["."]);
    // The other one is what follows the last line feed.
    assert_eq!((run.code, run.lines.len()), (Some(0), 2));
}

#[test]
fn what_is_missing_is_reported_and_the_rest_is_counted() {
    let _dog = watch_for("disk usage of what is not there", LIMIT);
    let tree = Tree::new();
    tree.file("there/file", 10_000);
    let run = compare(tree.root(), &["missing"]);
    assert_eq!((run.code, run.lines.len()), (Some(1), 1));
    let start = "disk_usage: cannot access 'missing': No such file";
    assert!(run.messages.starts_with(start), "{}", run.messages);
    let run = compare(tree.root(), &["missing", "there", "gone"]);
    assert_eq!((run.code, run.lines.len()), (Some(1), 2));
    // Whichever worker finds it out.
    tree.grow();
    for _ in 0..10 {
        let run = compare(tree.root(), &["wide", "missing", "deep"]);
        assert_eq!(run.code, Some(1));
    }
}

#[test]
fn an_unreadable_directory_is_reported_and_counted_by_itself() {
    let _dog = watch_for("disk usage of an unreadable directory", LIMIT);
    let tree = Tree::new();
    for name in ["a/1", "shut/2", "z/shut/3"] {
        tree.file(name, 5000);
    }
    // A copy, because another user may not reach the original. Not written by this process: a thread that starts a program
    // at that moment would inherit the open file, and what is open for writing cannot be run.
    let copy = Command::new("cp")
        .arg(program())
        .arg(tree.path("copy"))
        .status();
    assert!(copy.expect("cp").success());
    let set = |name: &str, mode| fs::set_permissions(tree.path(name), Permissions::from_mode(mode));
    for (name, mode) in [("", 0o755), ("copy", 0o755), ("shut", 0), ("z/shut", 0o311)] {
        set(name, mode).expect("its owner may");
    }

    // The superuser can read everything, so another one has to look.
    let privileged = fs::read_dir(tree.path("shut")).is_ok();
    let look = |mut command: Command| {
        if privileged {
            command.uid(65534);
        }
        finished(
            command
                .arg("a")
                .arg("shut")
                .arg("z")
                .current_dir(tree.root()),
        )
    };
    let (theirs, ours) = (look(du()), look(Command::new(tree.path("copy"))));
    for name in ["shut", "z/shut"] {
        set(name, 0o755).expect("its owner may");
        let message = format!("disk_usage: cannot read directory '{name}': Permission denied");
        assert!(ours.messages.contains(&message), "{}", ours.messages);
    }
    assert_eq!(text(&ours.lines), text(&theirs.lines));
    assert_eq!((ours.code, theirs.code), (Some(1), Some(1)));
    assert_eq!(ours.messages.lines().count(), 2, "{}", ours.messages);
}
