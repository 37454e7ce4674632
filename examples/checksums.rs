//! Prints the SHA-256 of every file below a directory, as `sha256sum` does:
//!
//! ```sh
//! cargo run --release --example checksums -- DIR > sums
//! sha256sum -c sums
//! ```
//!
//! Files come in the order of the walk: what is in a directory by the bytes of its name, a directory before what follows
//! it. Links are followed, as `find -L` does. What is not a file (a socket, a device) is left out.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{ExitCode, exit};

use clap::Parser;
use fanout::{CancelToken, Cancelled, Context, fan_out};
use sha2::{Digest, Sha256};
use walkdir::{DirEntry, WalkDir};

/// Prints the SHA-256 of every file below DIR, in the format of sha256sum.
#[derive(Parser)]
struct Args {
    /// Where to look for files.
    dir: PathBuf,
    /// How many files to read at once [default: one for each core].
    #[arg(short, long)]
    workers: Option<std::num::NonZeroUsize>,
    /// Stop at the first file that cannot be read, instead of reporting it and going on.
    #[arg(short, long)]
    fail_fast: bool,
}

/// Why there is no line for a file.
enum Failure {
    Unreadable(String),
    Interrupted,
}
use Failure::{Interrupted, Unreadable};

impl From<Cancelled> for Failure {
    fn from(_: Cancelled) -> Self {
        Interrupted
    }
}

/// One file to one line. `buffer` is the worker's own; a huge file stops being read as soon as nobody wants its line.
#[fan_out(ordered)]
fn checksum(
    found: walkdir::Result<DirEntry>,
    #[local(vec![0; 64 * 1024])] buffer: &mut Vec<u8>,
    #[ctx] cx: &Context,
) -> Result<Vec<u8>, Failure> {
    let entry = found.map_err(|error| Unreadable(error.to_string()))?;
    let path = entry.path();
    let unreadable = |error: io::Error| Unreadable(format!("{}: {error}", path.display()));

    let mut file = File::open(path).map_err(unreadable)?;
    let mut hash = Sha256::new();
    loop {
        cx.checkpoint()?;
        match file.read(buffer).map_err(unreadable)? {
            0 => return Ok(line(&hash.finalize(), path)),
            length => hash.update(&buffer[..length]),
        }
    }
}

/// The files below `dir`, and what went wrong on the way to them.
fn files(dir: &Path) -> impl Iterator<Item = walkdir::Result<DirEntry>> + Send + 'static {
    let walk = WalkDir::new(dir).follow_links(true).sort_by_file_name();
    walk.into_iter().filter(|found| match found {
        Ok(entry) => entry.file_type().is_file(),
        Err(_) => true,
    })
}

/// `HASH  PATH`, or `\HASH  PATH` with escapes for a name that would not fit on a line.
fn line(hash: &[u8], path: &Path) -> Vec<u8> {
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let name = path.as_os_str().as_encoded_bytes();
    let mut escaped = Vec::with_capacity(name.len());
    for &byte in name {
        match byte {
            b'\\' => escaped.extend(b"\\\\"),
            b'\n' => escaped.extend(b"\\n"),
            b'\r' => escaped.extend(b"\\r"),
            _ => escaped.push(byte),
        }
    }
    let mark: &[u8] = if escaped == name { b"" } else { b"\\" };
    [mark, hex.as_bytes(), b"  ", &escaped, b"\n"].concat()
}

fn run(args: &Args, interrupt: &CancelToken) -> io::Result<ExitCode> {
    let mut run = checksum(files(&args.dir)).cancel_with(interrupt);
    if let Some(workers) = args.workers {
        run = run.workers(workers.get());
    }
    // Two ways for a run to end; from here on both are lines and failures.
    let lines: Box<dyn Iterator<Item = Result<Vec<u8>, Failure>>> = if args.fail_fast {
        let lines = run.cancel_on_error().stream();
        Box::new(lines.map(|line| line.map_err(|end| end.into_item().unwrap_or(Interrupted))))
    } else {
        Box::new(run.stream().map(|line| line.unwrap_or(Err(Interrupted))))
    };

    // Leaving the loop, on whatever way, drops the stream: its workers stop, and are waited for.
    let (mut out, mut messages) = (io::stdout().lock(), io::stderr());
    let (mut printed, mut unreadable) = (0_u64, 0_u64);
    for line in lines {
        match line {
            Ok(line) => {
                out.write_all(&line)?;
                printed += 1;
            }
            Err(Unreadable(why)) => {
                writeln!(messages, "checksums: {why}")?;
                unreadable += 1;
            }
            Err(Interrupted) => {
                writeln!(messages, "checksums: interrupted after {printed} files")?;
                return Ok(ExitCode::from(130));
            }
        }
    }
    Ok(ExitCode::from(u8::from(unreadable > 0)))
}

fn main() -> ExitCode {
    let args = Args::parse();
    let interrupt = CancelToken::new();
    let on_interrupt = interrupt.clone();
    ctrlc::set_handler(move || {
        // The second time somebody means it: a walk that hangs in a dead network drive cannot be stopped otherwise.
        if on_interrupt.is_cancelled() {
            exit(130);
        }
        on_interrupt.cancel();
    })
    .expect("nobody else handles ctrl-c here");

    match run(&args, &interrupt) {
        Ok(code) => code,
        // `| head` has seen enough; what the shell calls a program that SIGPIPE ended.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(141),
        Err(error) => {
            eprintln!("checksums: cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}
