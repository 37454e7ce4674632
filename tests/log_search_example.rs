//! `examples/log_search.rs` beside `grep -rnaE`, and each way in which it can fail.

#![cfg(unix)]

#[path = "common/mod.rs"]
mod common;

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use common::Dice;
use common::program::{Running, example, finished, shell};
use common::tree::{ODD_NAMES, Tree};
use common::watchdog::watch_for;

/// Far more than any of the tests takes; the first one may have to wait for the example to be compiled.
const LIMIT: Duration = Duration::from_secs(300);

/// In the order of the walk, which is the byte order of the paths with `/` before every other byte. No name has a byte 1.
const IN_ORDER: &str = r#"find "$2" -type f -print0 | tr / '\001' | sort -z | tr '\001' / | xargs -0 grep -naHE -- "$1""#;

/// In the order in which the system lists a directory.
const RECURSIVE: &str = r#"grep -rnaE -- "$1" "$2" | sort"#;

fn log_search() -> Command {
    example("log_search")
}

/// Lines of a log, with what makes lines hard: empty, long, of no encoding, with zeros and other line ends.
fn log(dice: &mut Dice, lines: u64) -> Vec<u8> {
    let mut log = Vec::new();
    for number in 0..lines {
        let word = ["INFO", "WARN", "ERROR", "error"][dice.below(4) as usize];
        let end: &[u8] = match dice.below(60) {
            0 => b"\n\n",
            1 => b"\r\n",
            2 => b"\xff\xfe\n",
            3 => b"\0\n",
            4 => &[&b"long ".repeat(3000)[..], b"\n"].concat(),
            _ => b"\n",
        };
        log.extend(format!("{word} request {} took {} ms", number, dice.below(3000)).as_bytes());
        log.extend(end);
    }
    log
}

fn grow(tree: &Tree) {
    let mut dice = Dice::new(8);
    for number in 0..150 {
        let lines = dice.below(80);
        tree.file(
            format!("{}/{}.log", number % 9, number),
            &log(&mut dice, lines),
        );
    }
    for order in ["a", "a!", "a-b", "a.b", "a0", "aa"] {
        tree.file(format!("order/{order}.file"), b"ERROR here\n");
        tree.file(format!("order/{order}/file"), b"ERROR there\n");
    }
    for odd in ODD_NAMES {
        tree.file([b"odd/", *odd].concat(), b"ERROR in an odd file\n");
    }
    tree.file("empty", b"");
    tree.file("line-feeds", b"\n\nERROR\n\n\n");
    tree.file("no-line-feed", b"INFO\nERROR at the end");
    // Many times what is read at once; lines that are longer than that; and one that ends where it ends.
    tree.file("large", &log(&mut dice, 15_000));
    tree.file(
        "long",
        &[
            &b"x".repeat(200_000)[..],
            b"ERROR\nERROR",
            &b"y".repeat(70_000),
        ]
        .concat(),
    );
    tree.file(
        "full",
        &[&b"z".repeat(64 * 1024 - 1)[..], b"\nERROR\n"].concat(),
    );
}

#[test]
fn a_tree_of_logs_is_as_grep_says() {
    let _dog = watch_for("a search in a tree", LIMIT);
    let tree = Tree::new();
    grow(&tree);
    for pattern in [
        "ERROR",
        "(WARN|ERROR).* 2[0-9]+ ms",
        "^$",
        "ms$",
        "^INFO request 1?77 ",
        "ung*long",
        "e|r",
    ] {
        let in_order = finished(shell(IN_ORDER).arg(pattern).arg(tree.root()));
        let recursive = finished(shell(RECURSIVE).arg(pattern).arg(tree.root()));
        for workers in ["--workers=1", "--workers=2", "--workers=5"] {
            let run = finished(log_search().arg(pattern).arg(tree.root()).arg(workers));
            run.assert_silent(i32::from(in_order.output.is_empty()));
            run.assert_output(&in_order.output, pattern);
            let mut lines: Vec<&[u8]> = run.output.split_inclusive(|byte| *byte == b'\n').collect();
            lines.sort_unstable();
            assert!(
                lines.concat() == recursive.output,
                "{pattern}: grep -r finds other lines"
            );
        }
    }
}

#[test]
fn files_and_directories_are_searched_in_the_order_they_are_given() {
    let _dog = watch_for("a search in several places", LIMIT);
    let tree = Tree::new();
    tree.file("b/1", b"x1\n");
    tree.file("a/2", b"x2\nx3");
    tree.file("c", b"\n\nx4\n");
    let mut command = log_search();
    let run = finished(
        command
            .args(["x", "c", "b", "a/", "c"])
            .current_dir(tree.root()),
    );
    run.assert_silent(0);
    run.assert_output(
        b"c:3:x4\nb/1:1:x1\na/2:1:x2\na/2:2:x3\nc:3:x4\n",
        "in order",
    );
}

#[test]
fn the_exit_code_is_that_of_grep() {
    let _dog = watch_for("searches and their exit codes", LIMIT);
    let tree = Tree::new();
    tree.file("there/file", b"line\n");
    fs::create_dir(tree.path("empty")).expect("a directory");
    for (pattern, place) in [
        ("line", "there"),
        ("other", "there"),
        ("", "empty"),
        ("line", "missing"),
    ] {
        let theirs = finished(
            Command::new("grep")
                .args(["-rnaE", pattern])
                .arg(tree.path(place)),
        );
        let ours = finished(log_search().arg(pattern).arg(tree.path(place)));
        assert_eq!(
            ours.code, theirs.code,
            "{pattern} in {place}: {}",
            ours.messages
        );
        assert_eq!(ours.output, theirs.output);
        assert_eq!(
            ours.messages.lines().count(),
            theirs.messages.lines().count()
        );
    }
}

#[test]
fn wrong_arguments_are_refused() {
    let _dog = watch_for("searches that do not begin", LIMIT);
    for (arguments, what) in [
        (&[][..], "<PATTERN>"),
        (&["x"], "<PATHS>"),
        (&["(", "."], "unclosed group"),
        (&["x", ".", "--workers=0"], "--workers"),
    ] {
        let run = finished(log_search().args(arguments));
        assert_eq!((run.code, run.output.len()), (Some(2), 0));
        assert!(run.messages.contains(what), "{}", run.messages);
    }
}

#[test]
fn what_cannot_be_read_is_reported_and_the_rest_is_searched() {
    let _dog = watch_for("a search with failures", LIMIT);
    let tree = Tree::new();
    for name in ["a", "d/1", "z"] {
        tree.file(name, b"line\n");
    }
    // None of them is a file of this tree, and opening the last would wait for a writer for ever.
    symlink("nowhere", tree.path("b-broken")).expect("a link");
    symlink("..", tree.path("d/0-up")).expect("a link");
    mkfifo(&tree, "c-pipe");
    let mut unreadable = vec!["missing"];
    let mut command = log_search();
    command.args(["line", "a", "missing", "d"]);
    if cfg!(target_os = "linux") {
        // A file that also the superuser can open but not read, and a directory that nobody can list.
        command.arg("/proc/self/mem");
        tree.directory_below_the_longest_path("x");
        unreadable.extend(["/proc/self/mem: ", "nnn"]);
    }
    let run = finished(command.arg(".").current_dir(tree.root()));
    assert_eq!(run.code, Some(2), "{}", run.messages);
    run.assert_output(
        b"a:1:line\nd/1:1:line\n./a:1:line\n./d/1:1:line\n./z:1:line\n",
        "the rest",
    );
    assert_eq!(
        run.messages.lines().count(),
        unreadable.len(),
        "{}",
        run.messages
    );
    for (message, what) in run.messages.lines().zip(unreadable) {
        assert!(
            message.starts_with("log_search: ") && message.contains(what),
            "{message}"
        );
    }
}

fn mkfifo(tree: &Tree, name: &str) -> PathBuf {
    let path = tree.path(name);
    let made = Command::new("mkfifo").arg(&path).status();
    assert!(made.expect("mkfifo").success());
    path
}

/// As fast as it can, until nobody reads any more.
#[test]
fn a_closed_pipe_ends_it_while_the_input_goes_on_for_ever() {
    let _dog = watch_for("a search without an end", LIMIT);
    let tree = Tree::new();
    let pipe = mkfifo(&tree, "endless");
    for workers in ["--workers=1", "--workers=2", "--workers=8"] {
        let mut program = Running::start(log_search().args(["[05]$", workers]).arg(&pipe));
        let mut output = BufReader::new(program.stdout());
        thread::scope(|scope| {
            scope.spawn(|| {
                let mut input = File::options().write(true).open(&pipe).expect("a pipe");
                let mut numbers = 1_u64..;
                while numbers
                    .by_ref()
                    .take(500)
                    .try_for_each(|number| writeln!(input, "{number}"))
                    .is_ok()
                {}
            });
            for number in 1..=100 {
                let mut line = String::new();
                output.read_line(&mut line).expect("a line");
                let number = number * 5;
                assert_eq!(line, format!("{}:{number}:{number}\n", pipe.display()));
            }
            drop(output);
            let (code, messages) = program.wait("the pipe was closed");
            assert_eq!((code, messages.as_str()), (Some(141), ""));
        });
    }
}

/// Hours of it, of which the first lines are wanted.
#[test]
fn head_stops_a_search_in_a_huge_tree() {
    let _dog = watch_for("the head of a huge search", LIMIT);
    let tree = Tree::new();
    let line = b"2026-01-01 ERROR out of patience\n";
    tree.file("logs/0000", &line.repeat(200_000));
    for number in 1..1000 {
        fs::hard_link(
            tree.path("logs/0000"),
            tree.path(format!("logs/{number:04}")),
        )
        .expect("another name");
    }
    let program = log_search();
    let mut head = shell(r#""$1" 'ERROR.*patience$' "$2" | head -n 5"#);
    let mut running = Running::start(
        head.arg(program.get_program())
            .arg(tree.path("logs"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped()),
    );
    let lines: Vec<String> = BufReader::new(running.stdout())
        .lines()
        .map(|line| line.expect("a line"))
        .collect();
    let (code, messages) = running.wait("five lines");
    assert_eq!((code, messages.as_str()), (Some(0), ""));
    let path = tree.path("logs/0000").display().to_string();
    let text = String::from_utf8_lossy(line);
    let expected: Vec<String> = (1..=5)
        .map(|number| format!("{path}:{number}:{}", text.trim_end()))
        .collect();
    assert_eq!(lines, expected);
}

/// Each before the next one is written, so nothing waits for a block to be full.
#[test]
fn a_line_is_printed_when_it_is_there() {
    let _dog = watch_for("a search in a slow pipe", LIMIT);
    let tree = Tree::new();
    let pipe = mkfifo(&tree, "slow");
    for workers in ["--workers=1", "--workers=2", "--workers=3"] {
        let mut program = Running::start(log_search().args(["line", workers]).arg(&pipe));
        let mut output = BufReader::new(program.stdout());
        let mut input = File::options().write(true).open(&pipe).expect("a pipe");
        for number in 1..=300 {
            writeln!(input, "line {number}").expect("a program that reads");
            let mut line = String::new();
            output.read_line(&mut line).expect("a line");
            assert_eq!(line, format!("{}:{number}:line {number}\n", pipe.display()));
        }
        drop(input);
        assert_eq!(program.wait("its input ended"), (Some(0), String::new()));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_reported() {
    let _dog = watch_for("a search onto a full disk", LIMIT);
    let tree = Tree::new();
    tree.file("a", b"line\n");
    let full = File::options()
        .write(true)
        .open("/dev/full")
        .expect("/dev/full");
    let run = finished(
        log_search()
            .arg("line")
            .arg(tree.root())
            .stdout(Stdio::from(full)),
    );
    assert_eq!(run.code, Some(2));
    assert!(
        run.messages.starts_with("log_search: cannot write: "),
        "{}",
        run.messages
    );
}
