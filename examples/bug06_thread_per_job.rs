//! Bug 6: a thread for each job.
//!
//! It works for ten, and for a hundred; with ten thousand the system is out of threads, or the server at the other end out of
//! patience. A thread for each job that may take too long is the same, and worse: nobody ends it.
//!
//! ```sh
//! cargo run --release --example bug06_thread_per_job
//! ```

#[path = "support/mod.rs"]
mod support;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use fanout::{Context, fan_out};
use support::{Counter, Gauge, Table, line};

const WORKERS: usize = 8;

// ANCHOR: wrong
/// Which hosts answer.
pub fn by_hand_wrong(hosts: &[Host], net: &Net) -> Vec<bool> {
    thread::scope(|scope| {
        let pings = hosts.iter().map(|host| scope.spawn(|| net.ping(host)));
        let pings: Vec<_> = pings.collect();
        pings.into_iter().map(|ping| ping.join().unwrap()).collect()
    })
}
// ANCHOR_END: wrong

// ANCHOR: right
/// As many threads as hosts may be asked at once.
pub fn by_hand_right(hosts: &[Host], net: &Net) -> Vec<bool> {
    let next = AtomicUsize::new(0);
    let mut answers: Vec<(usize, bool)> = thread::scope(|scope| {
        let ping_some = || {
            let mut answers = Vec::new();
            loop {
                let number = next.fetch_add(1, Relaxed);
                let Some(host) = hosts.get(number) else {
                    return answers;
                };
                answers.push((number, net.ping(host)));
            }
        };
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(ping_some)).collect();
        let answers = workers.into_iter().map(|worker| worker.join().unwrap());
        answers.flatten().collect()
    });
    answers.sort_unstable_by_key(|(number, _)| *number);
    answers.into_iter().map(|(_, answer)| answer).collect()
}
// ANCHOR_END: right

// ANCHOR: fanout
#[fan_out(workers = 8, ordered)]
fn ping(host: &Host, #[shared] net: &Net) -> bool {
    net.ping(host)
}

pub fn with_fanout(hosts: &[Host], net: &Net) -> Vec<bool> {
    ping(hosts, net).collect()
}
// ANCHOR_END: fanout

// ANCHOR: timeout_wrong
/// Whether a host answers in time.
pub fn timeout_wrong(host: Host, net: &Arc<Net>) -> bool {
    let (answer, answered) = mpsc::channel();
    let net = net.clone();
    // It may take as long as it likes: there is no way to end a thread.
    thread::spawn(move || answer.send(net.ping(&host)));
    answered.recv_timeout(LIMIT).unwrap_or(false)
}
// ANCHOR_END: timeout_wrong

// ANCHOR: timeout_right
/// The one who waits has to know until when.
pub fn timeout_right(host: &Host, net: &Net) -> bool {
    net.ping_until(host, Instant::now() + LIMIT)
}
// ANCHOR_END: timeout_right

// ANCHOR: timeout_fanout
/// The same for each of many, beginning when its turn comes.
#[fan_out(workers = 8, ordered, item_timeout = LIMIT)]
fn ping_in_time(host: &Host, #[shared] net: &Net, #[ctx] cx: &Context) -> bool {
    net.ping_until(host, cx.deadline().expect("there is an `item_timeout`"))
}

pub fn timeout_with_fanout(hosts: &[Host], net: &Net) -> Vec<bool> {
    ping_in_time(hosts, net).collect()
}
// ANCHOR_END: timeout_fanout

/// How long a host may take.
pub const LIMIT: Duration = Duration::from_millis(2);

const HOSTS: usize = 200;
/// As good as endless.
const FOREVER: Duration = Duration::from_secs(10);

#[derive(Debug, Clone)]
pub struct Host {
    answers: bool,
}

/// Where pings go. Those that are not answered wait until it is shut down.
#[derive(Default)]
pub struct Net {
    asked: Gauge,
    unanswered: Gauge,
    shut_down: Counter,
}

impl Net {
    fn ping(&self, host: &Host) -> bool {
        self.ping_until(host, Instant::now() + FOREVER)
    }

    /// As a socket with a read timeout does.
    fn ping_until(&self, host: &Host, end: Instant) -> bool {
        let _asked = self.asked.enter();
        if host.answers {
            thread::sleep(Duration::from_micros(100));
        } else {
            let _unanswered = self.unanswered.enter();
            let left = end.saturating_duration_since(Instant::now());
            self.shut_down.wait_for(1, left);
        }
        host.answers
    }
}

/// How many threads it took.
#[derive(Debug)]
pub struct Facts {
    pub answers: usize,
    pub threads: usize,
}

pub fn measure(form: impl Fn(&[Host], &Net) -> Vec<bool>) -> Facts {
    let net = Net::default();
    let answers = form(&vec![Host { answers: true }; HOSTS], &net);
    Facts {
        answers: answers.into_iter().filter(|answer| *answer).count(),
        threads: net.asked.by_thread().len(),
    }
}

impl Facts {
    /// Whether it is free of the bug.
    pub fn is_right(&self) -> bool {
        self.answers == HOSTS && self.threads <= WORKERS
    }
}

impl fmt::Display for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} threads for {HOSTS} jobs", self.threads)
    }
}

/// Of two hosts one never answers: how many threads still wait for it when its time is over.
pub fn measure_timeout(form: impl Fn(&[Host], &Arc<Net>) -> Vec<bool>) -> usize {
    let net = Arc::new(Net::default());
    let hosts = [true, false].map(|answers| Host { answers });
    let answers = form(&hosts, &net);
    // A thread may have been given up before it began.
    while net.unanswered.most() == 0 {
        thread::yield_now();
    }
    let left = net.unanswered.inside();
    net.shut_down.tick();
    while net.unanswered.inside() > 0 {
        thread::yield_now();
    }
    assert!(!answers[1], "it never answers");
    left
}

/// What it says in the table of all bugs.
pub fn summary() -> [String; 3] {
    line(
        &measure(by_hand_wrong),
        &measure(by_hand_right),
        &measure(with_fanout),
    )
}

fn main() {
    let left_by = |form: fn(&[Host], &Arc<Net>) -> Vec<bool>| measure_timeout(form).to_string();
    let wrong = left_by(|hosts, net| {
        hosts
            .iter()
            .map(|host| timeout_wrong(host.clone(), net))
            .collect()
    });
    let right = left_by(|hosts, net| hosts.iter().map(|host| timeout_right(host, net)).collect());
    let fanout = left_by(|hosts, net| timeout_with_fanout(hosts, net));
    let table = Table::new(&["", "threads", "left behind by a timeout"])
        .row("by hand", &[measure(by_hand_wrong).to_string(), wrong])
        .row(
            "by hand, fixed",
            &[measure(by_hand_right).to_string(), right],
        )
        .row("with fanout", &[measure(with_fanout).to_string(), fanout]);
    println!("{table}");
}
