//! Counts the words in all files below directories, the most frequent first:
//!
//! ```sh
//! cargo run --release --example word_count -- DIR...
//! ```
//!
//! A word is letters from A to Z side by side, capitals made small. So the lines are those of
//! `cat FILES | tr A-Z a-z | tr -cs a-z '\n' | sort | uniq -c | sort -k1,1nr -k2`, with files that end in a line feed.
//! Links are not followed. What is not a file (a socket, a device) is left out.
//!
//! Each worker counts into a map of its own, and the maps become one in the end: nobody waits for a lock at each word.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use fanout::fan_out;
use walkdir::{DirEntry, WalkDir};

/// Counts the words in all files below directories.
#[derive(Parser)]
struct Args {
    /// Where to look for files.
    #[arg(required = true)]
    dirs: Vec<PathBuf>,
    /// How many files to read at once [default: one for each core].
    #[arg(short, long)]
    workers: Option<NonZeroUsize>,
    /// Only the most frequent words, so many [default: all].
    #[arg(short, long)]
    most: Option<usize>,
}

/// What a worker has counted.
#[derive(Default)]
struct Counts {
    words: HashMap<String, u64>,
    failed: bool,
}

impl Counts {
    fn add(&mut self, word: &str) {
        // Most words are there already, and `entry` would want each as a string of its own.
        match self.words.get_mut(word) {
            Some(count) => *count += 1,
            None => drop(self.words.insert(word.to_owned(), 1)),
        }
    }

    fn merge(mut self, other: Self) -> Self {
        for (word, count) in other.words {
            *self.words.entry(word).or_default() += count;
        }
        self.failed |= other.failed;
        self
    }
}

/// One file. Which worker is given it is nobody's business, as all that they have counted is added up.
#[fan_out(merge = Counts::merge)]
fn count(found: walkdir::Result<DirEntry>, #[local(Counts::default())] counts: &mut Counts) {
    let counted = found.map_err(|error| error.to_string()).and_then(|entry| {
        let path = entry.path();
        words(path, |word| counts.add(word)).map_err(|error| format!("{}: {error}", path.display()))
    });
    if let Err(why) = counted {
        eprintln!("word_count: {why}");
        counts.failed = true;
    }
}

/// Byte by byte, so that a file may be as large as it likes.
fn words(path: &Path, mut found: impl FnMut(&str)) -> io::Result<()> {
    let mut word = String::new();
    for byte in BufReader::with_capacity(64 * 1024, File::open(path)?).bytes() {
        let byte = byte?;
        if byte.is_ascii_alphabetic() {
            word.push(byte.to_ascii_lowercase().into());
        } else if !word.is_empty() {
            found(&word);
            word.clear();
        }
    }
    if !word.is_empty() {
        found(&word);
    }
    Ok(())
}

/// The files below `dir`, and what went wrong on the way to them.
fn files(dir: PathBuf) -> impl Iterator<Item = walkdir::Result<DirEntry>> + Send {
    WalkDir::new(dir).into_iter().filter(|found| match found {
        Ok(entry) => entry.file_type().is_file(),
        Err(_) => true,
    })
}

fn main() -> ExitCode {
    let args = Args::parse();
    let mut run = count(args.dirs.into_iter().flat_map(files));
    if let Some(workers) = args.workers {
        run = run.workers(workers.get());
    }
    let counts = run.merged();

    let mut words = Vec::from_iter(counts.words);
    words.sort_unstable_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
    words.truncate(args.most.unwrap_or(usize::MAX));
    let line = |(word, count)| format!("{count:7} {word}\n");
    let lines: String = words.into_iter().map(line).collect();
    match io::stdout().write_all(lines.as_bytes()) {
        Ok(()) => ExitCode::from(u8::from(counts.failed)),
        // `| head` has seen enough; what the shell calls a program that SIGPIPE ended.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(141),
        Err(error) => {
            eprintln!("word_count: cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}
