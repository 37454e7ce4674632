//! `examples/checksums.rs` beside `sha256sum`, and each way in which it can fail.

#![cfg(unix)]

#[path = "../common/mod.rs"]
mod common;
mod tree;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use common::program::{Finished, Running, example, finished};
use common::tree::{ODD_NAMES, Tree};
use common::watchdog::watch_for;
use tree::{EMPTY, grow};

/// Far more than any of the tests takes; the first one may have to wait for the example to be compiled.
const LIMIT: Duration = Duration::from_secs(300);

/// The order of the walk is the byte order of the paths, with `/` before every other byte. No name here has a byte 1.
const BY_HAND: &str = "export LC_ALL=C; find -L \"$1\" -type f -print0 | tr / '\\001' | sort -z | tr '\\001' / | xargs -0 sha256sum --";

/// The program, asked for the files below `dir`.
fn checksums(dir: impl AsRef<OsStr>) -> Command {
    let mut command = example("checksums");
    command.arg(dir);
    command
}

/// The names on the lines, as they are below `root`.
fn names_below(root: &Path, run: &Finished) -> Vec<String> {
    run.lines()
        .map(|line| {
            let path = Path::new(OsStr::from_bytes(&line[66..]));
            let below = path.strip_prefix(root).expect("a path below the root");
            below.display().to_string()
        })
        .collect()
}

#[test]
fn ten_thousand_files_give_what_find_and_sha256sum_give() {
    let _dog = watch_for("checksums of 10,000 files", LIMIT);
    let tree = Tree::new();
    grow(&tree, 10_000);
    let expected = Command::new("sh")
        .args(["-c", BY_HAND, "sh"])
        .arg(tree.root())
        .output()
        .expect("sh");
    assert!(expected.status.success(), "{expected:?}");

    for workers in [None, Some("1"), Some("7")] {
        let mut command = checksums(tree.root());
        command.args(workers.map(|n| format!("--workers={n}")));
        let run = finished(&mut command);
        assert_eq!((run.code, run.messages.as_str()), (Some(0), ""));
        assert_eq!(run.lines().count(), 10_000);
        assert!(
            run.output == expected.stdout,
            "with {workers:?} workers the output differs, first here: {:?}",
            run.first_difference(&expected.stdout)
        );
    }

    let sums = tree.root().with_extension("sums");
    fs::write(&sums, &expected.stdout).expect("a file beside the tree");
    let check = Command::new("sha256sum")
        .args(["--check", "--strict", "--quiet"])
        .arg(&sums)
        .output();
    fs::remove_file(&sums).expect("the file is there");
    let check = check.expect("sha256sum");
    assert!(check.status.success(), "{check:?}");
}

#[test]
fn names_that_do_not_fit_on_a_line_are_escaped_and_others_are_left_alone() {
    let _dog = watch_for("checksums of odd names", LIMIT);
    let tree = Tree::new();
    for name in ODD_NAMES {
        tree.file(name, b"");
    }
    let run = finished(checksums(".").current_dir(tree.root()));
    let expected: &[(&str, &[u8])] = &[
        ("", b" two  spaces "),
        ("", b"\"quoted\" $HOME `id` *"),
        ("", b"--check"),
        ("\\", br"back\\slash"),
        ("\\", br"both\\\n\r"),
        ("\\", br"carriage\rreturn"),
        ("\\", br"line\nfeed"),
        ("\\", b"not \xff\\\\ UTF-8"),
        ("", "schön ☃".as_bytes()),
    ];
    let expected: Vec<Vec<u8>> = expected
        .iter()
        .map(|(mark, name)| [mark.as_bytes(), EMPTY.as_bytes(), b"  ./", name].concat())
        .collect();
    assert_eq!(run.lines().collect::<Vec<_>>(), expected);
    assert_eq!(run.code, Some(0));
}

#[test]
fn an_empty_directory_gives_nothing() {
    let _dog = watch_for("checksums of nothing", LIMIT);
    let tree = Tree::new();
    let run = finished(&mut checksums(tree.root()));
    assert_eq!(
        (run.code, run.output.len(), run.messages.as_str()),
        (Some(0), 0, "")
    );
}

#[test]
fn a_missing_directory_is_reported() {
    let _dog = watch_for("checksums of what is not there", LIMIT);
    let tree = Tree::new();
    for more in [None, Some("--fail-fast")] {
        let run = finished(checksums(tree.path("missing")).args(more));
        assert_eq!((run.code, run.output.len()), (Some(1), 0));
        assert!(
            run.messages.contains("missing: No such file"),
            "{}",
            run.messages
        );
    }
}

#[test]
fn no_workers_is_refused() {
    let _dog = watch_for("checksums without workers", LIMIT);
    let run = finished(checksums(".").arg("--workers=0"));
    assert_eq!((run.code, run.output.len()), (Some(2), 0));
    assert!(run.messages.contains("--workers"), "{}", run.messages);
}

#[test]
fn what_cannot_be_read_is_reported_and_the_rest_goes_on() {
    let _dog = watch_for("checksums with failures", LIMIT);
    let tree = Tree::new();
    for name in ["a", "b/1", "b/2", "d/1", "z"] {
        tree.file(name, b"");
    }
    symlink("nowhere", tree.path("b/1-broken")).expect("a broken link");
    symlink("..", tree.path("d/0-loop")).expect("a link to the directory above");
    // Neither is a file, and opening the first would wait for a writer for ever.
    let pipe = Command::new("mkfifo").arg(tree.path("c-pipe")).status();
    assert!(pipe.expect("mkfifo").success());
    let mut unreadable = 2;
    if cfg!(target_os = "linux") {
        // A file that also root can open but not read, and a directory that also root cannot list.
        symlink("/proc/self/mem", tree.path("y-memory")).expect("a link");
        tree.directory_below_the_longest_path("x");
        unreadable += 2;
    }

    let run = finished(&mut checksums(tree.root()));
    assert_eq!(run.code, Some(1), "{}", run.messages);
    assert_eq!(
        names_below(tree.root(), &run),
        ["a", "b/1", "b/2", "d/1", "z"]
    );
    assert_eq!(run.messages.lines().count(), unreadable, "{}", run.messages);
    for what in ["b/1-broken: No such file", "loop"] {
        assert!(
            run.messages.contains(what),
            "{what} is not in {}",
            run.messages
        );
    }

    let run = finished(checksums(tree.root()).arg("--fail-fast"));
    assert_eq!(run.code, Some(1), "{}", run.messages);
    assert_eq!(
        names_below(tree.root(), &run),
        ["a", "b/1"],
        "what comes before the first failure"
    );
    assert_eq!(run.messages.lines().count(), 1, "{}", run.messages);
    assert!(
        run.messages.contains("b/1-broken: No such file"),
        "{}",
        run.messages
    );
}

#[test]
fn ctrl_c_stops_inside_a_huge_file_and_says_how_far_it_came() {
    let _dog = watch_for("checksums with ctrl-c", LIMIT);
    for more in [None, Some("--fail-fast")] {
        let tree = Tree::new();
        tree.file("1", b"");
        tree.file("2", b"");
        tree.huge_file("3");
        tree.huge_file("4");
        let mut program = Running::start(checksums(tree.root()).args(more));
        let mut output = BufReader::new(program.stdout());
        for _ in 0..2 {
            let mut line = Vec::new();
            output.read_until(b'\n', &mut line).expect("a line");
            assert!(line.starts_with(EMPTY.as_bytes()), "{line:?}");
        }
        program.interrupt();
        let (code, messages) = program.wait("ctrl-c");
        assert_eq!(
            (code, messages.as_str()),
            (Some(130), "checksums: interrupted after 2 files\n")
        );
        assert_eq!(output.read_to_end(&mut Vec::new()).expect("the rest"), 0);
    }
}

#[test]
fn a_second_ctrl_c_ends_it_while_nobody_reads_its_output() {
    let _dog = watch_for("checksums with two ctrl-c", LIMIT);
    let tree = Tree::new();
    tree.more_than_a_pipe_holds();
    let mut program = Running::start(&mut checksums(tree.root()));
    let mut output = program.stdout();
    output.read_exact(&mut [0]).expect("the first byte");
    let code = program.interrupt_until_it_ends();
    assert_eq!(code, Some(130));
}

#[test]
fn a_closed_pipe_ends_it_quietly_and_at_once() {
    let _dog = watch_for("checksums into a closed pipe", LIMIT);
    for more in [None, Some("--fail-fast")] {
        let tree = Tree::new();
        tree.more_than_a_pipe_holds();
        tree.huge_file("z");
        let mut program = Running::start(checksums(tree.root()).args(more));
        let mut output = BufReader::new(program.stdout());
        // Until a worker is inside the huge file, for whose end nobody is to wait. Slowly: the lines before it must not be
        // over by then.
        while !program.has_open("z") {
            output.read_until(b'\n', &mut Vec::new()).expect("a line");
            sleep(Duration::from_millis(2));
        }
        drop(output);
        let (code, messages) = program.wait("the pipe was closed");
        assert_eq!((code, messages.as_str()), (Some(141), ""));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_reported() {
    let _dog = watch_for("checksums onto a full disk", LIMIT);
    let tree = Tree::new();
    tree.file("a", b"");
    let full = File::options()
        .write(true)
        .open("/dev/full")
        .expect("/dev/full");
    let mut program = Running::start(checksums(tree.root()).stdout(Stdio::from(full)));
    let (code, messages) = program.wait("a full disk");
    assert_eq!(code, Some(1));
    assert!(
        messages.starts_with("checksums: cannot write: "),
        "{messages}"
    );
}

#[test]
fn links_to_files_are_followed() {
    let _dog = watch_for("checksums of links", LIMIT);
    let tree = Tree::new();
    tree.file("file", b"");
    symlink("file", tree.path("link")).expect("a link");
    let run = finished(&mut checksums(tree.root()));
    assert_eq!(names_below(tree.root(), &run), ["file", "link"]);
    assert!(run.output.starts_with(EMPTY.as_bytes()));
}
