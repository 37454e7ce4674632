//! Compresses a file, or what comes in, with a worker for each core, as `pigz` does:
//!
//! ```sh
//! tar c DIR | cargo run --release --example pgzip > DIR.tar.gz
//! gzip -t DIR.tar.gz
//! ```
//!
//! What comes out is one gzip stream as any other. Blocks of 128 KiB are compressed each by itself, which makes it a little
//! longer than that of `gzip`, and are put together in their order; checksums of blocks can be put together, too. Memory
//! is bounded by the window, however long the input is.

use std::fs::File;
use std::io::{self, Read, Write};
use std::mem::take;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

use clap::Parser;
use fanout::channel::{Receiver, bounded};
use fanout::fan_out;
use flate2::{Compression, Crc, write::DeflateEncoder};

/// Compresses a file to the standard output, as gzip -c.
#[derive(Parser)]
struct Args {
    /// What to compress [default: the standard input].
    file: Option<PathBuf>,
    /// From 0, which only packs, to 9, which takes longest.
    #[arg(short, long, default_value = "6", value_parser = clap::value_parser!(u32).range(0..=9))]
    level: u32,
    /// How many blocks to compress at once [default: one for each core].
    #[arg(short, long)]
    workers: Option<NonZeroUsize>,
}

const BLOCK: u64 = 128 * 1024;

/// gzip, deflate, and nothing about name, time and system (RFC 1952).
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/// An empty block that says that it is the last one (RFC 1951).
const LAST: [u8; 2] = [3, 0];

struct Deflated {
    bytes: Vec<u8>,
    sum: Crc,
}

/// One block. `deflate` is the worker's own: it has some hundred KiB of tables, which are not made anew for each block.
#[fan_out(ordered, cancel_on_error)]
fn compress(
    block: io::Result<Vec<u8>>,
    #[shared] level: Compression,
    #[local(DeflateEncoder::new(Vec::new(), level))] deflate: &mut DeflateEncoder<Vec<u8>>,
) -> io::Result<Deflated> {
    let block = block?;
    let mut sum = Crc::new();
    sum.update(&block);
    deflate.write_all(&block)?;
    // Up to a whole byte and not the end of the stream, so that another block can follow.
    deflate.flush()?;
    let bytes = take(deflate.get_mut());
    deflate.reset(Vec::new())?;
    Ok(Deflated { bytes, sum })
}

/// Reads on a thread of its own, which nobody has to wait for: a `read` may block for ever, but a run that waits for a
/// channel can be stopped.
fn blocks(mut input: impl Read + Send + 'static) -> Receiver<io::Result<Vec<u8>>> {
    let (sender, blocks) = bounded(1);
    thread::spawn(move || {
        loop {
            let mut block = Vec::with_capacity(BLOCK as usize);
            let read = input.by_ref().take(BLOCK).read_to_end(&mut block);
            let end = matches!(read, Ok(0));
            if end || sender.send(read.map(|_length| block)).is_err() {
                return;
            }
        }
    });
    blocks
}

enum Failure {
    Read(io::Error),
    Write(io::Error),
}

/// The run's own errors are those of its input. Those of its consumer are told apart where they come from.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Read(error)
    }
}

fn gzip(args: &Args, out: &mut impl Write) -> Result<(), Failure> {
    let input: Box<dyn Read + Send> = match &args.file {
        Some(path) => Box::new(File::open(path)?),
        None => Box::new(io::stdin()),
    };
    let cores = || thread::available_parallelism().ok();
    let workers = args.workers.or_else(cores).map_or(1, NonZeroUsize::get);

    // Flushed, because the standard output keeps back what follows the last line feed.
    let mut write = |bytes: &[u8]| {
        let written = out.write_all(bytes).and_then(|()| out.flush());
        written.map_err(Failure::Write)
    };
    write(&HEAD)?;
    let mut whole = Crc::new();
    compress(blocks(input), Compression::new(args.level))
        .workers(workers)
        // Blocks are large: a few more than are at work.
        .window(4 * workers)
        .try_for_each(|block| {
            whole.combine(&block.sum);
            write(&block.bytes)
        })?;
    let (sum, length) = (whole.sum().to_le_bytes(), whole.amount().to_le_bytes());
    write(&[&LAST[..], &sum, &length].concat())
}

fn main() -> ExitCode {
    let args = Args::parse();
    match gzip(&args, &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        // `| head` has seen enough; what the shell calls a program that SIGPIPE ended.
        Err(Failure::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::from(141)
        }
        Err(Failure::Write(error)) => {
            eprintln!("pgzip: cannot write: {error}");
            ExitCode::FAILURE
        }
        Err(Failure::Read(error)) => {
            let input = args.file.as_ref().map(|path| path.display().to_string());
            let input = input.unwrap_or_else(|| "the standard input".into());
            eprintln!("pgzip: cannot read {input}: {error}");
            ExitCode::FAILURE
        }
    }
}
