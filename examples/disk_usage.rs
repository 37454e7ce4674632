//! Prints the space that directories take, and all directories in them, in units of 1024 bytes, as `du -k` does:
//!
//! ```sh
//! cargo run --release --example disk_usage -- DIR...
//! ```
//!
//! These are the lines of `du -k DIR...`, in its order: blocks on the disk, those of the directories themselves included.
//! Links are not followed. A file with several names counts where du comes to it first, which is the order in which the
//! system lists a directory (du sorts those of more than 10,000 names; this does not). Runs on Unix.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::io::{self, Write};
use std::mem::take;
use std::num::NonZeroUsize;
use std::os::unix::{ffi::OsStrExt, fs::MetadataExt};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use fanout::Feed;

/// Prints the space that directories take, as du -k.
#[derive(Parser)]
struct Args {
    /// Where to look.
    #[arg(default_value = ".")]
    dirs: Vec<PathBuf>,
    /// How many directories to read at once [default: one for each core].
    #[arg(short, long)]
    workers: Option<NonZeroUsize>,
}

/// A directory to look into; or whatever else is given as an argument.
struct Dir {
    path: PathBuf,
    place: Place,
}

/// The way there: the number of the argument, of the entry in it, and so on.
type Place = Vec<u32>;

/// A directory with the files in it; or a file with several names, which has no line of its own.
struct Found {
    place: Place,
    line: Option<PathBuf>,
    blocks: u64,
}

impl Found {
    fn new(about: &Metadata, place: Place) -> Self {
        Self {
            place,
            line: None,
            blocks: about.blocks(),
        }
    }
}

/// What a worker has found, by device and inode.
#[derive(Default)]
struct Seen {
    found: HashMap<(u64, u64), Found>,
    failed: bool,
}

impl Seen {
    /// What is met twice counts at the first of its places, whoever comes there first.
    fn add(&mut self, inode: (u64, u64), found: Found) {
        let other = self.found.get(&inode);
        if other.is_none_or(|other| found.place < other.place) {
            self.found.insert(inode, found);
        }
    }

    fn merge(mut self, other: Self) -> Self {
        for (inode, found) in other.found {
            self.add(inode, found);
        }
        self.failed |= other.failed;
        self
    }

    fn report(&mut self, what: &str, path: &Path, error: &io::Error) {
        eprintln!("disk_usage: cannot {what} '{}': {error}", path.display());
        self.failed = true;
    }
}

fn look(dir: Dir, feed: &Feed<Dir>, seen: &mut Seen) {
    let about = match fs::symlink_metadata(&dir.path) {
        Ok(about) => about,
        Err(error) => return seen.report("access", &dir.path, &error),
    };
    let mut found = Found::new(&about, dir.place.clone());
    if about.is_dir() {
        if let Err(error) = list(&dir, &mut found.blocks, feed, seen) {
            seen.report("read directory", &dir.path, &error);
        }
    }
    found.line = Some(dir.path);
    seen.add((about.dev(), about.ino()), found);
}

/// Counts the files in a directory, and pushes its subdirectories.
fn list(dir: &Dir, blocks: &mut u64, feed: &Feed<Dir>, seen: &mut Seen) -> io::Result<()> {
    for (number, entry) in (0..).zip(fs::read_dir(&dir.path)?) {
        let entry = entry?;
        let path = entry.path();
        let place = [&dir.place[..], &[number]].concat();
        if entry.file_type()?.is_dir() {
            feed.push(Dir { path, place });
            continue;
        }
        match entry.metadata() {
            Ok(file) if file.nlink() == 1 => *blocks += file.blocks(),
            Ok(file) => seen.add((file.dev(), file.ino()), Found::new(&file, place)),
            Err(error) => seen.report("access", &path, &error),
        }
    }
    Ok(())
}

/// A line for each directory, after the lines of those in it.
fn lines(mut found: Vec<Found>) -> Vec<u8> {
    found.sort_by_cached_key(|found| [&found.place[..], &[u32::MAX]].concat());
    let mut lines = Vec::new();
    // By level: what was found there and belongs to a directory that is still to come.
    let mut open = vec![0];
    for found in found {
        let level = found.place.len();
        open.resize(open.len().max(level + 1), 0);
        let blocks = found.blocks + take(&mut open[level]);
        open[level - 1] += blocks;
        if let Some(path) = found.line {
            // A block has 512 bytes here.
            lines.extend(format!("{}\t", blocks.div_ceil(2)).into_bytes());
            lines.extend([path.as_os_str().as_bytes(), b"\n"].concat());
        }
    }
    lines
}

fn main() -> ExitCode {
    let args = Args::parse();
    let dirs = args.dirs.into_iter().zip(0..).map(|(path, number)| Dir {
        path,
        place: vec![number],
    });
    let mut run = fanout::over(dirs).local(Seen::default);
    if let Some(workers) = args.workers {
        run = run.workers(workers.get());
    }
    let seen = run
        .map_feed(|dir, feed, worker| look(dir, feed, worker.local))
        .merge(Seen::merge);

    let lines = lines(seen.found.into_values().collect());
    if let Err(error) = io::stdout().write_all(&lines) {
        eprintln!("disk_usage: cannot write: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::from(u8::from(seen.failed))
}
