//! `examples/word_count.rs` beside `tr`, `sort` and `uniq -c`, and each way in which it can fail.

#![cfg(unix)]

#[path = "common/mod.rs"]
mod common;

use std::collections::BTreeMap;
use std::fs::File;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::Dice;
use common::program::{Running, example, finished, shell};
use common::tree::{ODD_NAMES, Tree};
use common::watchdog::watch_for;

/// Far more than any of the tests takes; the first one may have to wait for the example to be compiled.
const LIMIT: Duration = Duration::from_secs(300);

/// A file that does not end in a line feed must not give its last word to the next one.
const BY_HAND: &str = r#"find "$1" -type f -exec sh -c 'for file; do cat -- "$file"; echo; done' sh {} + |
    tr A-Z a-z | tr -cs a-z '\n' | grep . | sort | uniq -c | sort -k1,1nr -k2"#;

fn word_count() -> Command {
    example("word_count")
}

/// Some kilobytes in which words meet all that can be between them.
fn text(dice: &mut Dice) -> Vec<u8> {
    const BETWEEN: &[&[u8]] = &[
        b" ",
        b"\n",
        b", ",
        b"\r\n",
        b"\0",
        b"'",
        b"-7-",
        b"\xff\xfe",
        "é".as_bytes(),
    ];
    let mut text = Vec::new();
    for _ in 0..dice.below(600) {
        let rare = if dice.below(10) == 0 { 3000 } else { 40 };
        let mut number = dice.below(rare);
        let capital = dice.below(4) == 0;
        while number > 0 {
            let letter = b'a' + (number % 26) as u8;
            text.push(if capital {
                letter.to_ascii_uppercase()
            } else {
                letter
            });
            number /= 26;
        }
        text.extend(BETWEEN[dice.below(BETWEEN.len() as u64) as usize]);
    }
    text
}

fn grow(tree: &Tree) {
    let mut dice = Dice::new(5);
    for number in 0..400 {
        tree.file(
            format!("{}/{}/{number}", number % 7, number % 11),
            &text(&mut dice),
        );
    }
    for (number, odd) in ODD_NAMES.iter().enumerate() {
        tree.file(
            [format!("odd {number}/").as_bytes(), odd].concat(),
            &text(&mut dice),
        );
    }
    tree.file("empty", b"");
    tree.file("no-word", b"1 2 3\n");
    tree.file("one-word", b"word");
    // Words at the end of what is read at once, and one that is longer.
    tree.file(
        "long",
        &[&b"x".repeat(100_000)[..], b" y ", &b"Zz ".repeat(100_000)].concat(),
    );
}

#[test]
fn a_directory_of_text_is_as_tr_sort_and_uniq_say() {
    let _dog = watch_for("a word count", LIMIT);
    let tree = Tree::new();
    grow(&tree);
    let expected = finished(shell(BY_HAND).arg(tree.root()));
    expected.assert_silent(0);
    assert!(expected.lines().count() > 1000);
    for workers in [None, Some("1"), Some("2"), Some("7")] {
        let workers = workers.map(|n| format!("--workers={n}"));
        let run = finished(word_count().arg(tree.root()).args(&workers));
        run.assert_silent(0);
        run.assert_output(&expected.output, &format!("{workers:?}"));
    }
}

/// The same, counted here.
#[test]
fn several_directories_are_added_up() {
    let _dog = watch_for("a word count of several directories", LIMIT);
    let tree = Tree::new();
    let (mut dice, mut counts) = (Dice::new(6), BTreeMap::new());
    for number in 0..100 {
        let content = text(&mut dice);
        tree.file(format!("{}/{number}", number % 3), &content);
        let words = content.split(|byte| !byte.is_ascii_alphabetic());
        for word in words.filter(|word| !word.is_empty()) {
            *counts.entry(word.to_ascii_lowercase()).or_insert(0) += 1;
        }
    }
    let mut expected: Vec<(i32, Vec<u8>)> =
        counts.into_iter().map(|(word, n)| (-n, word)).collect();
    expected.sort();
    let line = |(n, word): &(i32, Vec<u8>)| format!("{:7} {}\n", -n, String::from_utf8_lossy(word));
    let expected: Vec<String> = expected.iter().map(line).collect();

    let dirs = [tree.path("0"), tree.path("1"), tree.path("2/")];
    let run = finished(word_count().args(&dirs));
    run.assert_silent(0);
    run.assert_output(expected.concat().as_bytes(), "three directories");
    let run = finished(word_count().args(&dirs).arg("--most=3"));
    run.assert_silent(0);
    run.assert_output(expected[..3].concat().as_bytes(), "the three most frequent");
}

#[test]
fn nothing_gives_nothing() {
    let _dog = watch_for("a word count of nothing", LIMIT);
    let tree = Tree::new();
    let run = finished(word_count().arg(tree.root()));
    run.assert_silent(0);
    assert!(run.output.is_empty());
}

#[test]
fn wrong_arguments_are_refused() {
    let _dog = watch_for("word counts that do not begin", LIMIT);
    for (arguments, what) in [(&[][..], "DIRS"), (&[".", "--workers=0"], "--workers")] {
        let run = finished(word_count().args(arguments));
        assert_eq!((run.code, run.output.len()), (Some(2), 0));
        assert!(run.messages.contains(what), "{}", run.messages);
    }
}

#[test]
fn what_cannot_be_read_is_reported_and_the_rest_is_counted() {
    let _dog = watch_for("a word count with failures", LIMIT);
    let tree = Tree::new();
    // Enough that more than one worker has something to tell in the end.
    for number in 0..100 {
        tree.file(format!("{number}"), &b"two one two ".repeat(500));
    }
    // None of them is a file of this tree, and opening the last would wait for a writer for ever.
    symlink("nowhere", tree.path("broken")).expect("a link");
    symlink("0", tree.path("link")).expect("a link");
    symlink(".", tree.path("loop")).expect("a link");
    let pipe = Command::new("mkfifo").arg(tree.path("pipe")).status();
    assert!(pipe.expect("mkfifo").success());

    let mut command = word_count();
    command
        .arg("--workers=4")
        .arg(tree.root())
        .arg(tree.path("missing"));
    let mut unreadable = vec!["missing: "];
    if cfg!(target_os = "linux") {
        // A file that also the superuser can open but not read, and a directory that nobody can list.
        command.arg("/proc/self/mem");
        tree.directory_below_the_longest_path("deep");
        unreadable.extend(["/proc/self/mem: ", "nnn: "]);
    }
    for _ in 0..10 {
        let run = finished(&mut command);
        assert_eq!(run.code, Some(1), "{}", run.messages);
        run.assert_output(b" 100000 two\n  50000 one\n", "what can be read");
        assert_eq!(
            run.messages.lines().count(),
            unreadable.len(),
            "{}",
            run.messages
        );
        for what in &unreadable {
            assert!(
                run.messages.contains(what),
                "{what} is not in {}",
                run.messages
            );
        }
    }
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let _dog = watch_for("a word count into a closed pipe", LIMIT);
    let tree = Tree::new();
    // More than a pipe holds.
    let words: Vec<String> = (0..2000_u32)
        .map(|n| format!("{n:0100b}").replace('0', "a").replace('1', "b"))
        .collect();
    tree.file("words", words.join(" ").as_bytes());
    let mut program = Running::start(word_count().arg(tree.root()));
    drop(program.stdout());
    let (code, messages) = program.wait("the pipe was closed");
    assert_eq!((code, messages.as_str()), (Some(141), ""));

    let program = word_count();
    let mut head = shell(r#""$1" "$2" | head -n 1"#);
    let run = finished(head.arg(program.get_program()).arg(tree.root()));
    run.assert_silent(0);
    run.assert_output(
        format!("      1 {}\n", "a".repeat(100)).as_bytes(),
        "the first line",
    );
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_reported() {
    let _dog = watch_for("a word count onto a full disk", LIMIT);
    let tree = Tree::new();
    tree.file("a", b"word");
    let full = File::options()
        .write(true)
        .open("/dev/full")
        .expect("/dev/full");
    let run = finished(word_count().arg(tree.root()).stdout(Stdio::from(full)));
    assert_eq!(run.code, Some(1));
    assert!(
        run.messages.starts_with("word_count: cannot write: "),
        "{}",
        run.messages
    );
}
