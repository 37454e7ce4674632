//! Bug 5: jobs assigned beforehand.
//!
//! Each worker gets its share of the jobs before the first one begins. Behind a slow job its share waits, while the other
//! workers have nothing to do.
//!
//! ```sh
//! cargo run --release --example bug05_head_of_line
//! ```

#[path = "support/mod.rs"]
mod support;

use std::fmt;
use std::iter;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use crossbeam_deque::{Steal, Stealer, Worker};
use fanout::fan_out;
use support::{Counter, Table, line};

const WORKERS: usize = 4;

// ANCHOR: wrong
/// Does all jobs: a share for each worker.
pub fn by_hand_wrong(jobs: &[Job], site: &Site) {
    thread::scope(|scope| {
        for share in jobs.chunks(jobs.len().div_ceil(WORKERS)) {
            scope.spawn(|| share.iter().for_each(|job| site.work(job)));
        }
    });
}
// ANCHOR_END: wrong

// ANCHOR: right
/// Whoever is free takes the next job.
pub fn by_hand_right(jobs: &[Job], site: &Site) {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some(job) = jobs.get(next.fetch_add(1, Relaxed)) {
                    site.work(job);
                }
            });
        }
    });
}
// ANCHOR_END: right

// ANCHOR: stealing
/// Where jobs have to be assigned beforehand: whoever has done its own takes from others.
pub fn by_hand_stealing(jobs: &[Job], site: &Site) {
    let mut shares = Vec::new();
    for jobs in jobs.chunks(jobs.len().div_ceil(WORKERS)) {
        let share = Worker::new_fifo();
        jobs.iter().for_each(|job| share.push(job));
        shares.push(share);
    }
    let all: Vec<Stealer<&Job>> = shares.iter().map(Worker::stealer).collect();
    let steal = || {
        let once = || all.iter().map(Stealer::steal).collect::<Steal<&Job>>();
        iter::repeat_with(once)
            .find(|job| !job.is_retry())?
            .success()
    };
    thread::scope(|scope| {
        for share in shares {
            scope.spawn(move || {
                while let Some(job) = share.pop().or_else(steal) {
                    site.work(job);
                }
            });
        }
    });
}
// ANCHOR_END: stealing

// ANCHOR: fanout
#[fan_out(workers = 4)]
fn work(job: &Job, #[shared] site: &Site) {
    site.work(job);
}

/// Jobs in memory are claimed some at a time, and those behind a slow one are taken by who is idle.
pub fn with_fanout(jobs: &[Job], site: &Site) {
    work(jobs, site).run();
}
// ANCHOR_END: fanout

const JOBS: usize = 40;

pub struct Job {
    slow: bool,
}

/// Where jobs are done. The slow one takes until all others are done, or until patience is over.
pub struct Site {
    done: Counter,
    patience: Duration,
    done_meanwhile: AtomicUsize,
}

impl Site {
    fn work(&self, job: &Job) {
        if job.slow {
            self.done.wait_for(JOBS - 1, self.patience);
            self.done_meanwhile.store(self.done.get(), Relaxed);
        }
        self.done.tick();
    }
}

/// What the first job, which is slow, did to the others.
#[derive(Debug)]
pub struct Facts {
    pub done: usize,
    /// Jobs that were not done before the slow one was.
    pub waited: usize,
}

pub fn measure(form: impl Fn(&[Job], &Site), patience: Duration) -> Facts {
    let jobs: Vec<Job> = (0..JOBS).map(|job| Job { slow: job == 0 }).collect();
    let site = Site {
        done: Counter::new(),
        patience,
        done_meanwhile: AtomicUsize::new(0),
    };
    form(&jobs, &site);
    Facts {
        done: site.done.get(),
        waited: JOBS - 1 - site.done_meanwhile.into_inner(),
    }
}

impl Facts {
    /// Whether it is free of the bug.
    pub fn is_right(&self) -> bool {
        self.done == JOBS && self.waited == 0
    }

    fn cells(&self) -> [String; 1] {
        [format!("{} of {}", self.waited, JOBS - 1)]
    }
}

impl fmt::Display for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} jobs wait behind a slow one", self.waited)
    }
}

/// How long the slow job is slow where others have to wait for it.
pub const PATIENCE: Duration = Duration::from_millis(20);
/// As good as endless.
pub const TRUST: Duration = Duration::from_secs(10);

/// What it says in the table of all bugs.
pub fn summary() -> [String; 3] {
    line(
        &measure(by_hand_wrong, PATIENCE),
        &measure(by_hand_right, TRUST),
        &measure(with_fanout, TRUST),
    )
}

fn main() {
    let table = Table::new(&["", "jobs that waited for the slow one"])
        .row("by hand", &measure(by_hand_wrong, PATIENCE).cells())
        .row("by hand, fixed", &measure(by_hand_right, TRUST).cells())
        .row(
            "by hand, stealing",
            &measure(by_hand_stealing, TRUST).cells(),
        )
        .row("with fanout", &measure(with_fanout, TRUST).cells());
    println!("{table}");
}
