//! The same pool twice: by hand over channels, and with the attribute. Both give the first line of each file, in order,
//! or the first error.
//!
//! ```sh
//! cargo run --release --example by_hand -- src/*.rs
//! ```

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::{fs, io, thread};

use fanout::fan_out;

fn main() -> io::Result<()> {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let headlines = headlines(paths.clone())?;
    for line in &headlines {
        println!("{line}");
    }
    assert_eq!(headlines, headlines_by_hand(paths)?);
    Ok(())
}

#[fan_out(workers = 8, ordered, cancel_on_error, item_fn = headline_of_one)]
fn headline(path: PathBuf) -> io::Result<String> {
    let text = fs::read_to_string(&path)?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

fn headlines(paths: Vec<PathBuf>) -> io::Result<Vec<String>> {
    headline(paths).collect()
}

/// What the attribute saves, except that this one has no window (behind a slow file every other line is kept), starts
/// eight threads for each call, reads on for a while after an error, and answers a panic with another panic's text.
fn headlines_by_hand(paths: Vec<PathBuf>) -> io::Result<Vec<String>> {
    let (jobs, waiting) = crossbeam_channel::bounded(64);
    let (done, results) = crossbeam_channel::bounded(64);
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let stop = &stop;
        scope.spawn(move || {
            for job in paths.into_iter().enumerate() {
                // Not looked at after a full channel let go: one more file is read than needed.
                if stop.load(Relaxed) || jobs.send(job).is_err() {
                    break;
                }
            }
        });
        for _ in 0..8 {
            let (waiting, done) = (waiting.clone(), done.clone());
            scope.spawn(move || {
                for (index, path) in waiting {
                    if done.send((index, headline_of_one(path))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done); // Without this the loop below waits for ever.
        drop(waiting); // Without this the first thread waits for ever, after an error.

        let mut early = BTreeMap::new();
        let mut lines = Vec::new();
        for (index, result) in results {
            early.insert(index, result);
            while let Some(result) = early.remove(&lines.len()) {
                match result {
                    Ok(line) => lines.push(line),
                    Err(error) => {
                        stop.store(true, Relaxed);
                        return Err(error);
                    }
                }
            }
        }
        Ok(lines)
    })
}
