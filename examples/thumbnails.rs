//! Makes thumbnails of the pictures in a folder:
//!
//! ```sh
//! cargo run --release --example thumbnails -- FROM TO
//! ```
//!
//! What ends in `.png`, `.jpg` or `.jpeg` is a picture. A thumbnail has its name and format, and is at most 128 pixels wide
//! and high. The first picture that cannot be read, by name, ends the program with its name: what is in TO then is what a
//! loop would have left there, the thumbnails of all pictures before that one and of none behind it, in every run. That is
//! why the workers do not write files: they hand over bytes, and the thread that called them writes what it is given.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Cursor, Write};
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, ensure};
use clap::Parser;
use fanout::fan_out;
use image::{ImageFormat, ImageReader};

/// Makes thumbnails of the pictures in a folder.
#[derive(Parser)]
struct Args {
    /// The folder with the pictures.
    from: PathBuf,
    /// The folder for the thumbnails; made if it is not there.
    to: PathBuf,
    /// How many pixels a thumbnail is wide and high at most.
    #[arg(short, long, default_value = "128")]
    size: NonZeroU32,
    /// How many pictures to work on at once [default: one for each core].
    #[arg(short, long)]
    workers: Option<NonZeroUsize>,
}

struct Thumbnail {
    name: OsString,
    bytes: Vec<u8>,
}

/// One picture. With both options an error is the one that a loop would have come to.
#[fan_out(ordered, cancel_on_error)]
fn thumbnail(picture: PathBuf, #[shared] size: u32) -> anyhow::Result<Thumbnail> {
    let bytes = shrunk(&picture, size).with_context(|| picture.display().to_string())?;
    let name = picture.file_name().unwrap_or_default().to_owned();
    Ok(Thumbnail { name, bytes })
}

fn shrunk(picture: &Path, size: u32) -> anyhow::Result<Vec<u8>> {
    // What is in a file matters more than what it is called.
    let reader = ImageReader::open(picture)?.with_guessed_format()?;
    let format = reader.format().context("unknown format")?;
    let mut image = reader.decode()?;
    if image.width().max(image.height()) > size {
        image = image.thumbnail(size, size);
    }
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format)?;
    Ok(bytes.into_inner())
}

/// In the order of their names.
fn pictures(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut pictures = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let format = ImageFormat::from_path(&path);
        if format.is_ok_and(|format| format.reading_enabled()) && path.is_file() {
            pictures.push(path);
        }
    }
    pictures.sort();
    Ok(pictures)
}

fn run(args: &Args, out: &mut impl Write) -> anyhow::Result<()> {
    let (from, to) = (&args.from, &args.to);
    let pictures = pictures(from).with_context(|| from.display().to_string())?;
    fs::create_dir_all(to).with_context(|| to.display().to_string())?;
    let same = fs::canonicalize(from)? == fs::canonicalize(to)?;
    ensure!(!same, "the thumbnails would replace the pictures");

    let mut run = thumbnail(pictures, args.size.get());
    if let Some(workers) = args.workers {
        run = run.workers(workers.get());
    }
    run.try_for_each(|Thumbnail { name, bytes }| {
        let path = to.join(name);
        fs::write(&path, bytes).with_context(|| path.display().to_string())?;
        writeln!(out, "{}", path.display()).context("cannot write")
    })
}

fn main() -> ExitCode {
    let Err(error) = run(&Args::parse(), &mut io::stdout().lock()) else {
        return ExitCode::SUCCESS;
    };
    let pipe = error.downcast_ref::<io::Error>();
    if pipe.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
        // `| head` has seen enough; what the shell calls a program that SIGPIPE ended.
        return ExitCode::from(141);
    }
    eprintln!("thumbnails: {error:#}");
    ExitCode::FAILURE
}
