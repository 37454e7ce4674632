//! `examples/pgzip.rs` beside `gzip`, and each way in which it can fail.

#![cfg(unix)]

#[path = "common/mod.rs"]
mod common;

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

use common::Dice;
use common::program::{Running, example, finished, shell};
use common::tree::Tree;
use common::watchdog::watch_for;
use flate2::{bufread, read};

/// Far more than any of the tests takes; the first one may have to wait for the example to be compiled.
const LIMIT: Duration = Duration::from_secs(300);

const BLOCK: usize = 128 * 1024;

fn pgzip() -> Command {
    example("pgzip")
}

fn text(length: usize) -> Vec<u8> {
    let mut dice = Dice::new(length as u64);
    let lines = (0_u64..).flat_map(|number| {
        let line = format!(
            "{number} INFO request {} took {} ms\n",
            dice.below(1000),
            dice.below(90)
        );
        line.into_bytes()
    });
    lines.take(length).collect()
}

fn noise(length: usize) -> Vec<u8> {
    let mut dice = Dice::new(length as u64);
    (0..length).map(|_| dice.below(256) as u8).collect()
}

/// What gzip makes of it again.
#[track_caller]
fn assert_gzip_reads(packed: &[u8], expected: &[u8], what: &str) {
    let tree = Tree::new();
    tree.file("packed.gz", packed);
    let path = tree.path("packed.gz");
    finished(Command::new("gzip").arg("-t").arg(&path)).assert_silent(0);
    let unpacked = finished(Command::new("gzip").arg("-dc").arg(&path));
    unpacked.assert_silent(0);
    assert!(
        unpacked.output == expected,
        "{what}: gzip makes something else of it"
    );
}

#[test]
fn gzip_makes_the_input_of_it_again() {
    let _dog = watch_for("pgzip and back", LIMIT);
    let tree = Tree::new();
    let inputs = [
        ("nothing", vec![]),
        ("a byte", b"x".to_vec()),
        ("almost a block", text(BLOCK - 1)),
        ("a block", text(BLOCK)),
        ("more than a block", text(BLOCK + 1)),
        ("blocks of text", text(5 * BLOCK)),
        ("blocks of noise", noise(3 * BLOCK + 77)),
        ("zeros", vec![0; 4 * BLOCK]),
        (
            "a gzip file",
            finished(&mut shell("gzip -c /bin/sh")).output,
        ),
    ];
    for (number, (what, input)) in inputs.iter().enumerate() {
        tree.file("input", input);
        let workers = ["--workers=1", "--workers=2", "--workers=7"][number % 3];
        let from_file = finished(pgzip().arg(tree.path("input")).arg(workers));
        from_file.assert_silent(0);
        assert_gzip_reads(&from_file.output, input, what);
        let stdin = File::open(tree.path("input")).expect("the file");
        let from_stdin = finished(pgzip().stdin(Stdio::from(stdin)));
        from_stdin.assert_silent(0);
        assert!(
            from_stdin.output == from_file.output,
            "{what}: it depends on the number of workers"
        );
    }
}

#[test]
fn all_levels_are_read_and_the_higher_ones_are_shorter() {
    let _dog = watch_for("pgzip at all levels", LIMIT);
    let tree = Tree::new();
    let input = text(2 * BLOCK + 5);
    tree.file("input", &input);
    let packed = |level: u32| {
        let run = finished(
            pgzip()
                .arg(tree.path("input"))
                .arg(format!("--level={level}")),
        );
        run.assert_silent(0);
        assert_gzip_reads(&run.output, &input, &format!("level {level}"));
        run.output.len()
    };
    let lengths: Vec<usize> = [0, 1, 6, 9].map(packed).into();
    assert!(lengths.is_sorted_by(|one, next| one >= next), "{lengths:?}");
    assert!(
        lengths[0] > input.len() && lengths[1] < input.len() / 2,
        "{lengths:?}"
    );

    let gzip = finished(Command::new("gzip").arg("-c").arg(tree.path("input")))
        .output
        .len();
    assert!(
        lengths[2] < gzip + gzip / 5,
        "{} bytes, and gzip makes {gzip}",
        lengths[2]
    );
}

/// And not one for each block, of which some programs read the first alone.
#[test]
fn it_is_one_stream() {
    let _dog = watch_for("pgzip of some blocks", LIMIT);
    let tree = Tree::new();
    let input = text(3 * BLOCK);
    tree.file("input", &input);
    let run = finished(pgzip().arg(tree.path("input")));
    run.assert_silent(0);
    // This one reads a single stream and leaves what follows.
    let mut decoder = bufread::GzDecoder::new(&run.output[..]);
    let mut first = Vec::new();
    decoder.read_to_end(&mut first).expect("a gzip stream");
    assert!(first == input, "the first stream is not all");
    assert!(decoder.into_inner().is_empty(), "something follows");
}

/// The program is never further ahead of its output than its window and what is in pipes; and it does get ahead.
#[test]
#[cfg(target_os = "linux")]
fn memory_is_bounded_on_an_endless_input() {
    let _dog = watch_for("pgzip of an endless input", LIMIT);
    // The window of two workers; a block in the channel, one that is read, one that is written; two pipes, and what is
    // counted late on both sides.
    const MOST: u64 = 8 + 3 + 2 + 1;
    const BLOCKS: u64 = 200;
    let block = BLOCK as u64;
    let mut program = Running::start(
        pgzip()
            .args(["--workers=2", "--level=0"])
            .stdin(Stdio::piped()),
    );
    let (mut input, mut output) = (program.stdin(), program.stdout());
    let (given, taken) = (AtomicU64::new(0), AtomicU64::new(0));
    let furthest = thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let (part, mut furthest) = (noise(4096), 0);
            // Until nobody reads any more.
            while input.write_all(&part).is_ok() {
                let ahead = given.fetch_add(part.len() as u64, SeqCst) + part.len() as u64
                    - taken.load(SeqCst);
                furthest = furthest.max(ahead);
            }
            furthest
        });
        // Packed by level 0, a block is a few bytes longer.
        let mut packed = vec![0; BLOCK];
        for number in 0..BLOCKS {
            while given.load(SeqCst) < (number + 5) * block {
                thread::yield_now();
            }
            output.read_exact(&mut packed).expect("the next block");
            taken.fetch_add(block, SeqCst);
        }
        let status =
            fs::read_to_string(format!("/proc/{}/status", program.id())).expect("a process");
        let most = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .expect("a peak");
        let kilobytes: u64 = most
            .trim()
            .trim_end_matches(" kB")
            .parse()
            .expect("a number");
        assert!(
            kilobytes * 1024 < BLOCKS * block / 2,
            "{kilobytes} kB of memory were in use"
        );
        drop(output);
        let (code, messages) = program.wait("the pipe was closed");
        assert_eq!((code, messages.as_str()), (Some(141), ""));
        writer.join().expect("no panic")
    });
    assert!(
        furthest <= MOST * block,
        "{} blocks ahead",
        furthest / block
    );
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let _dog = watch_for("pgzip into a closed pipe", LIMIT);
    let program = pgzip();
    for endless in ["yes", "cat /dev/zero"] {
        let script = format!(r#"{endless} | "$1" --level=1 | head -c 10000 | wc -c"#);
        let run = finished(shell(&script).arg(program.get_program()));
        run.assert_silent(0);
        assert_eq!(run.output.trim_ascii(), b"10000");
    }
}

/// Nobody waits for a `read` that waits for more.
#[test]
fn a_closed_pipe_ends_it_while_its_input_is_idle() {
    let _dog = watch_for("pgzip with an idle input", LIMIT);
    let mut program = Running::start(pgzip().arg("--workers=2").stdin(Stdio::piped()));
    let (mut input, mut output) = (program.stdin(), program.stdout());
    input
        .write_all(&noise(BLOCK))
        .expect("a program that reads");
    output
        .read_exact(&mut [0; BLOCK / 2])
        .expect("the first block");
    drop(output);
    // With this block it finds out, at the latest; it may be gone before it has read all of it.
    let _ = input.write_all(&noise(BLOCK));
    let (code, messages) = program.wait("the pipe was closed");
    assert_eq!((code, messages.as_str()), (Some(141), ""));
    drop(input);
}

#[test]
fn an_input_that_cannot_be_read_is_reported() {
    let _dog = watch_for("pgzip of what cannot be read", LIMIT);
    let tree = Tree::new();
    tree.file("file", b"");
    let root = tree.root().display().to_string();
    for (input, why) in [
        (root.clone(), "Is a directory"),
        (format!("{root}/missing"), "No such file"),
        (format!("{root}/file/x"), "Not a directory"),
    ] {
        let run = finished(pgzip().arg(&input));
        assert_eq!(run.code, Some(1));
        let start = format!("pgzip: cannot read {input}: {why}");
        assert!(run.messages.starts_with(&start), "{}", run.messages);
        // Not even an empty stream that would look complete.
        assert!(run.output.len() < 18, "{:?}", run.output);
    }
}

/// Everything before the failure comes out, and nobody can take it for the whole.
#[test]
fn an_input_that_breaks_off_does_not_look_complete() {
    let _dog = watch_for("pgzip of an input that breaks off", LIMIT);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port on this machine");
    let mut far =
        TcpStream::connect(listener.local_addr().expect("it was given one")).expect("a connection");
    let (mut near, _address) = listener.accept().expect("a connection");
    near.write_all(b"never read, so that closing the other end breaks the connection off")
        .expect("to be sent");
    let mut program = Running::start(
        pgzip()
            .arg("--workers=2")
            .stdin(Stdio::from(OwnedFd::from(near))),
    );

    let input = text(3 * BLOCK);
    far.write_all(&input).expect("a program that reads");
    let mut packed = Kept {
        source: program.stdout(),
        bytes: Vec::new(),
    };
    let mut unpacked = vec![0; input.len()];
    read::GzDecoder::new(&mut packed)
        .read_exact(&mut unpacked)
        .expect("what was read before");
    assert!(unpacked == input, "something else comes out");
    drop(far);

    let (code, messages) = program.wait("the connection broke");
    assert_eq!(code, Some(1), "{messages}");
    assert!(
        messages.starts_with("pgzip: cannot read the standard input: "),
        "{messages}"
    );
    packed.read_to_end(&mut Vec::new()).expect("the rest");
    let tree = Tree::new();
    tree.file("part.gz", &packed.bytes);
    let test = finished(Command::new("gzip").arg("-t").arg(tree.path("part.gz")));
    assert!(test.messages.contains("unexpected end of file"), "{test:?}");
}

/// Keeps what is read from it.
struct Kept<R> {
    source: R,
    bytes: Vec<u8>,
}

impl<R: Read> Read for Kept<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.source.read(buffer)?;
        self.bytes.extend(&buffer[..length]);
        Ok(length)
    }
}

#[test]
fn wrong_arguments_are_refused() {
    let _dog = watch_for("pgzip that does not begin", LIMIT);
    for argument in ["--workers=0", "--level=10", "--level=-1"] {
        let run = finished(pgzip().arg(argument));
        assert_eq!((run.code, run.output.len()), (Some(2), 0));
        assert!(run.messages.contains(&argument[..7]), "{}", run.messages);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_reported() {
    let _dog = watch_for("pgzip onto a full disk", LIMIT);
    let full = || {
        File::options()
            .write(true)
            .open("/dev/full")
            .expect("/dev/full")
    };
    for input in ["/dev/null", "/dev/zero"] {
        let run = finished(pgzip().arg(input).stdout(Stdio::from(full())));
        assert_eq!(run.code, Some(1));
        assert!(
            run.messages.starts_with("pgzip: cannot write: "),
            "{}",
            run.messages
        );
    }
}
