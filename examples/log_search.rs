//! Prints the lines that match a regular expression in all files below directories, as `grep -rnaE` does:
//!
//! ```sh
//! cargo run --release --example log_search -- PATTERN DIR... | head
//! ```
//!
//! Lines are `path:number:text`. Files come in the order of the walk: what is in a directory by the bytes of its name. Within
//! a file, lines come as they are read, so a pipe that is given as an argument can be watched. Links are not followed, and
//! what is in a directory and not a file (a socket, a device) is left out. As with grep, the exit code is 0 if there was a
//! match, 1 if not, and 2 if something could not be read.
//!
//! An item is not a file but some lines of one, so that a large file is work for all workers, and memory is bounded.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::iter;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use fanout::fan_out;
use regex::bytes::Regex;
use walkdir::{DirEntry, WalkDir};

/// Prints the lines that match, as grep -rnaE.
#[derive(Parser)]
struct Args {
    /// A regular expression, as the crate regex reads them.
    #[arg(value_parser = Regex::new)]
    pattern: Regex,
    /// Where to look for files.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// How many workers search [default: one for each core].
    #[arg(short, long)]
    workers: Option<NonZeroUsize>,
}

/// The item: some whole lines of a file.
struct Lines {
    path: Arc<Path>,
    first: u64,
    text: Vec<u8>,
}

/// The lines that match, as they are printed; or why there are none. The window is 16 MiB of text.
#[fan_out(ordered, window = 256)]
fn search(lines: Result<Lines, String>, #[shared] pattern: &Regex) -> Result<Vec<u8>, String> {
    let Lines { path, first, text } = lines?;
    let mut found = Vec::new();
    for (number, line) in (first..).zip(text.split_inclusive(|byte| *byte == b'\n')) {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        if pattern.is_match(line) {
            found.extend(path.as_os_str().as_encoded_bytes());
            found.extend(format!(":{number}:").as_bytes());
            found.extend(line);
            found.push(b'\n');
        }
    }
    Ok(found)
}

struct Open {
    path: Arc<Path>,
    file: BufReader<File>,
    next_line: u64,
}

impl Open {
    fn new(path: &Path) -> io::Result<Self> {
        Ok(Self {
            path: path.into(),
            file: BufReader::with_capacity(64 * 1024, File::open(path)?),
            next_line: 1,
        })
    }

    /// What one `read` gives, and the rest of its last line; `None` at the end.
    fn read(&mut self) -> io::Result<Option<Lines>> {
        let mut text = self.file.fill_buf()?.to_vec();
        self.file.consume(text.len());
        if text.is_empty() {
            return Ok(None);
        }
        // Not if it is there: that would wait for another line.
        if !text.ends_with(b"\n") {
            self.file.read_until(b'\n', &mut text)?;
        }
        let first = self.next_line;
        self.next_line += text.iter().filter(|byte| **byte == b'\n').count() as u64;
        let path = Arc::clone(&self.path);
        Ok(Some(Lines { path, first, text }))
    }
}

/// A file, piece by piece, up to its end or the first failure. One worker at a time is in here, while the others search.
fn pieces(found: walkdir::Result<DirEntry>) -> impl Iterator<Item = Result<Lines, String>> + Send {
    let opened = found.map_err(|error| error.to_string());
    let opened = opened.and_then(|entry| {
        Open::new(entry.path()).map_err(|error| unreadable(entry.path(), &error))
    });
    let mut file = Some(opened);
    iter::from_fn(move || {
        let mut open = match file.take()? {
            Ok(open) => open,
            Err(why) => return Some(Err(why)),
        };
        match open.read() {
            Ok(lines) => {
                file = Some(Ok(open));
                lines.map(Ok)
            }
            Err(error) => Some(Err(unreadable(&open.path, &error))),
        }
    })
}

fn unreadable(path: &Path, error: &io::Error) -> String {
    format!("{}: {error}", path.display())
}

/// The files below `path`, or what it is itself, and what went wrong on the way to them.
fn files(path: &PathBuf) -> impl Iterator<Item = walkdir::Result<DirEntry>> + Send + use<> {
    let walk = WalkDir::new(path).sort_by_file_name();
    walk.into_iter().filter(|found| match found {
        Ok(entry) if entry.depth() == 0 => !entry.path().is_dir(),
        Ok(entry) => entry.file_type().is_file(),
        Err(_) => true,
    })
}

fn run(args: &Args, out: &mut impl Write) -> io::Result<ExitCode> {
    let mut run = search(
        args.paths.iter().flat_map(files).flat_map(pieces),
        &args.pattern,
    );
    if let Some(workers) = args.workers {
        run = run.workers(workers.get());
    }
    let (mut matched, mut failed) = (false, false);
    // The first `Err` of the closure, a closed pipe for one, stops the run.
    run.try_for_each(|lines| match lines {
        Ok(lines) => {
            matched |= !lines.is_empty();
            out.write_all(&lines)
        }
        Err(why) => {
            failed = true;
            writeln!(io::stderr(), "log_search: {why}")
        }
    })?;
    Ok(ExitCode::from(match (failed, matched) {
        (true, _) => 2,
        (false, matched) => u8::from(!matched),
    }))
}

fn main() -> ExitCode {
    match run(&Args::parse(), &mut io::stdout().lock()) {
        Ok(code) => code,
        // `| head` has seen enough; what the shell calls a program that SIGPIPE ended.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(141),
        Err(error) => {
            eprintln!("log_search: cannot write: {error}");
            ExitCode::from(2)
        }
    }
}
