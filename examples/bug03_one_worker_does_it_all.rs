//! Bug 3: one worker does all the work.
//!
//! Four workers are running, and one job at a time: while a worker is busy with a job, it keeps the queue locked.
//!
//! ```sh
//! cargo run --release --example bug03_one_worker_does_it_all
//! ```

#[path = "support/mod.rs"]
mod support;

use std::fmt;
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::Duration;

use fanout::fan_out;
use support::{Gauge, Meeting, Table, line};

const WORKERS: usize = 4;

// ANCHOR: wrong
/// Handles all requests.
pub fn by_hand_wrong(requests: mpsc::Receiver<Request>, desk: &Desk) {
    let requests = Mutex::new(requests);
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Ok(request) = requests.lock().unwrap().recv() {
                    desk.handle(request);
                }
            });
        }
    });
}
// ANCHOR_END: wrong

// ANCHOR: right
/// The lock is let go at the end of the `let`, before the request is handled.
pub fn by_hand_right(requests: mpsc::Receiver<Request>, desk: &Desk) {
    let requests = Mutex::new(requests);
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                loop {
                    let request = requests.lock().unwrap().recv();
                    let Ok(request) = request else { break };
                    desk.handle(request);
                }
            });
        }
    });
}
// ANCHOR_END: right

// ANCHOR: fanout
#[fan_out(workers = 4)]
fn handle(request: Request, #[shared] desk: &Desk) {
    desk.handle(request);
}

pub fn with_fanout(requests: mpsc::Receiver<Request>, desk: &Desk) {
    handle(requests.into_iter(), desk).run();
}
// ANCHOR_END: fanout

// ANCHOR: report
/// How many requests each worker handled: the number that shows this bug, and that nobody looks at by hand.
pub fn by_each_worker(requests: mpsc::Receiver<Request>, desk: &Desk) -> Vec<u64> {
    let mut by_worker = Vec::new();
    handle(requests.into_iter(), desk)
        .on_report(|report| by_worker = report.items_per_worker().to_vec())
        .run();
    by_worker
}
// ANCHOR_END: report

pub struct Request;

const REQUESTS: usize = 40;

/// Where requests are handled: each takes until every worker has one, or until patience is over.
pub struct Desk {
    busy: Gauge,
    meeting: Meeting,
}

impl Desk {
    pub fn new(patience: Duration) -> Self {
        Self {
            busy: Gauge::new(),
            meeting: Meeting::new(WORKERS, patience),
        }
    }

    fn handle(&self, Request: Request) {
        let _busy = self.busy.enter();
        self.meeting.attend();
    }
}

/// Who was busy.
#[derive(Debug)]
pub struct Facts {
    /// The most requests that were handled at the same time.
    pub at_once: usize,
    /// How many each thread handled, the busiest first.
    pub by_thread: Vec<usize>,
}

pub fn requests() -> mpsc::Receiver<Request> {
    let (sender, requests) = mpsc::channel();
    for _ in 0..REQUESTS {
        sender.send(Request).expect("the receiver is here");
    }
    requests
}

pub fn measure(form: impl Fn(mpsc::Receiver<Request>, &Desk), patience: Duration) -> Facts {
    let desk = Desk::new(patience);
    form(requests(), &desk);
    Facts {
        at_once: desk.busy.most(),
        by_thread: desk.busy.by_thread(),
    }
}

impl Facts {
    /// Whether it is free of the bug.
    pub fn is_right(&self) -> bool {
        let handled: usize = self.by_thread.iter().sum();
        handled == REQUESTS && self.at_once == WORKERS
    }

    fn cells(&self) -> [String; 2] {
        [self.at_once.to_string(), format!("{:?}", self.by_thread)]
    }
}

impl fmt::Display for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {WORKERS} workers busy", self.at_once)
    }
}

/// Long enough to be sure that a request which waits for others waits in vain.
pub const PATIENCE: Duration = Duration::from_millis(5);
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
    let table = Table::new(&["", "busy at once", "requests by each thread"])
        .row("by hand", &measure(by_hand_wrong, PATIENCE).cells())
        .row("by hand, fixed", &measure(by_hand_right, TRUST).cells())
        .row("with fanout", &measure(with_fanout, TRUST).cells());
    println!("{table}");
    let by_worker = by_each_worker(requests(), &Desk::new(TRUST));
    println!("The report of the last one, by worker: {by_worker:?}");
}
