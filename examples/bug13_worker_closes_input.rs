//! Bug 13: a worker closes the input.
//!
//! A worker that finds nothing to do takes it for the end, and closes the queue for all. Another one is at work on an item
//! whose children belong there.
//!
//! ```sh
//! cargo run --release --example bug13_worker_closes_input
//! ```

#[path = "support/mod.rs"]
mod support;

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Condvar, Mutex};
use std::thread;
use std::time::Duration;

use fanout::{Feed, fan_out};
use support::watched::{bounded, scope, watch};
use support::{Counter, Table, line};

const WORKERS: usize = 2;

/// A folder with files, and folders in it.
pub struct Folder<'a> {
    files: usize,
    folders: Vec<Folder<'a>>,
    /// Where it is slow to list, until another worker has come to look for something to do.
    looked: Option<&'a Counter>,
}

impl<'a> Folder<'a> {
    fn list(&self) -> &[Folder<'a>] {
        if let Some(looked) = self.looked {
            looked.wait_for(1, Duration::from_secs(5));
        }
        &self.folders
    }
}

// ANCHOR: wrong
/// How many files there are below `root`. `looked` counts workers that found nothing to do.
pub fn by_hand_wrong(root: &Folder<'_>, looked: &Counter) -> usize {
    let files = AtomicUsize::new(0);
    // The folders that wait to be listed; none when it is closed.
    let queue = Mutex::new(Some(vec![root]));
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                loop {
                    let mut waiting = queue.lock().expect("nobody panics with it");
                    let Some(folder) = waiting.as_mut().and_then(Vec::pop) else {
                        // Nothing is left: the others can end as well.
                        *waiting = None;
                        break looked.tick();
                    };
                    drop(waiting);
                    files.fetch_add(folder.files, Relaxed);
                    for inner in folder.list() {
                        let mut waiting = queue.lock().expect("nobody panics with it");
                        if let Some(waiting) = waiting.as_mut() {
                            waiting.push(inner);
                        }
                    }
                }
            });
        }
    });
    files.into_inner()
}
// ANCHOR_END: wrong

// ANCHOR: stuck
/// The same with a channel, which closes by itself when the last sender is gone. The workers have one each, to push with.
pub fn by_hand_stuck(root: &Folder<'_>) -> usize {
    let (push, waiting) = bounded("folders", 64);
    let (done, counts) = bounded("counts", 64);
    push.send(root).expect("the receiver is here");
    scope(|scope| {
        for _ in 0..WORKERS {
            let (push, waiting, done) = (push.clone(), waiting.clone(), done.clone());
            scope.spawn("worker", move || {
                for folder in waiting {
                    let sent = done.send(folder.files);
                    if sent.is_err() || folder.list().iter().any(|inner| push.send(inner).is_err())
                    {
                        break;
                    }
                }
            });
        }
        drop((push, waiting, done));
        counts.into_iter().sum()
    })
}
// ANCHOR_END: stuck

// ANCHOR: right
/// What the workers share: the end is when nothing waits *and* nobody is at work.
#[derive(Default)]
struct Folders<'a> {
    waiting: Vec<&'a Folder<'a>>,
    at_work: usize,
}

/// The same, with a count of those at work.
pub fn by_hand_right<'a>(root: &'a Folder<'a>, looked: &Counter) -> usize {
    let files = AtomicUsize::new(0);
    let folders = Mutex::new(Folders {
        waiting: vec![root],
        at_work: 0,
    });
    let changed = Condvar::new();
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                let mut state = folders.lock().expect("nobody panics with it");
                loop {
                    if let Some(folder) = state.waiting.pop() {
                        state.at_work += 1;
                        drop(state);
                        files.fetch_add(folder.files, Relaxed);
                        let inner = folder.list();
                        state = folders.lock().expect("nobody panics with it");
                        state.waiting.extend(inner);
                        state.at_work -= 1;
                        changed.notify_all();
                    } else if state.at_work > 0 {
                        looked.tick();
                        state = changed.wait(state).expect("nobody panics with it");
                    } else {
                        break;
                    }
                }
            });
        }
    });
    files.into_inner()
}
// ANCHOR_END: right

// ANCHOR: fanout
#[fan_out(workers = 2)]
fn files<'a>(folder: &'a Folder<'a>, #[feed] feed: &Feed<&'a Folder<'a>>) -> usize {
    for inner in folder.list() {
        feed.push(inner);
    }
    folder.files
}

/// The run ends when nothing waits and nobody is at work. There is nothing that could be closed.
pub fn with_fanout<'a>(root: &'a Folder<'a>) -> usize {
    files([root]).collect_unordered().into_iter().sum()
}
// ANCHOR_END: fanout

/// What was found.
#[derive(Debug)]
pub struct Facts {
    pub files: usize,
    pub all_files: usize,
    /// Who waited for what, if all waited for ever.
    pub hang: Option<String>,
}

/// The outermost folder is slow to list, so that another worker has nothing to do meanwhile.
pub fn measure(form: impl for<'a> Fn(&'a Folder<'a>, &'a Counter) -> usize) -> Facts {
    let folder = |files, folders| Folder {
        files,
        folders,
        looked: None,
    };
    let looked = Counter::new();
    let mut root = folder(
        1,
        vec![folder(2, vec![folder(3, vec![])]), folder(4, vec![])],
    );
    root.looked = Some(&looked);
    let (files, hang) = watch(|| form(&root, &looked));
    Facts {
        files,
        all_files: 10,
        hang,
    }
}

/// The same where nobody sees a worker look.
pub fn measure_unseen(form: impl for<'a> Fn(&'a Folder<'a>) -> usize) -> Facts {
    measure(|root, looked| {
        looked.tick();
        form(root)
    })
}

impl Facts {
    /// Whether it is free of the bug.
    pub fn is_right(&self) -> bool {
        self.hang.is_none() && self.files == self.all_files
    }
}

impl std::fmt::Display for Facts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            files, all_files, ..
        } = self;
        write!(f, "finds {files} of {all_files} files")?;
        match self.hang {
            Some(_) => f.write_str(", and hangs"),
            None => Ok(()),
        }
    }
}

/// What it says in the table of all bugs.
pub fn summary() -> [String; 3] {
    line(
        &measure(by_hand_wrong),
        &measure(by_hand_right),
        &measure_unseen(with_fanout),
    )
}

fn main() {
    let stuck = measure_unseen(by_hand_stuck);
    let table = Table::new(&["", "what happens"])
        .row(
            "by hand, closed when empty",
            &[measure(by_hand_wrong).to_string()],
        )
        .row("by hand, never closed", &[stuck.to_string()])
        .row("by hand, fixed", &[measure(by_hand_right).to_string()])
        .row("with fanout", &[measure_unseen(with_fanout).to_string()]);
    println!("{table}");
    println!(
        "By hand and never closed, {}",
        stuck.hang.expect("it hangs")
    );
}
