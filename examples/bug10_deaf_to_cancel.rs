//! Bug 10: cancellation ignored around receive and send.
//!
//! Workers look at the flag between two jobs. But they spend their time waiting for the next one, or for somebody to take a
//! result, and there they do not look.
//!
//! ```sh
//! cargo run --release --example bug10_deaf_to_cancel
//! ```

#[path = "support/mod.rs"]
mod support;

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;

use crossbeam_channel::select;
use fanout::fan_out;
use support::watched::{self, bounded, scope, until_others_wait, watch};
use support::{Table, line};

const WORKERS: usize = 3;

fn answer(request: u64) -> u64 {
    request * request
}

// ANCHOR: wrong
/// Answers requests until `enough` says so of an answer.
pub fn by_hand_wrong(requests: watched::Receiver<u64>, mut enough: impl FnMut(u64) -> bool) {
    let (done, answers) = bounded("answers", 1);
    let stop = AtomicBool::new(false);
    scope(|scope| {
        for _ in 0..WORKERS {
            let (requests, done, stop) = (requests.clone(), done.clone(), &stop);
            scope.spawn("worker", move || {
                while !stop.load(Relaxed) {
                    let Ok(request) = requests.recv() else { break };
                    if done.send(answer(request)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        for answer in answers.iter() {
            if enough(answer) {
                stop.store(true, Relaxed);
                break;
            }
        }
        // Here it waits for the workers, none of which comes to look at `stop` again.
    })
}
// ANCHOR_END: wrong

// ANCHOR: right
/// The same, with an ear for the stop in each place where it waits.
pub fn by_hand_right(
    requests: crossbeam_channel::Receiver<u64>,
    mut enough: impl FnMut(u64) -> bool,
) {
    let (done, answers) = crossbeam_channel::bounded(1);
    // Nothing is ever sent: when its sender is dropped, everybody who selects on it is woken.
    let (stop, stopped) = crossbeam_channel::bounded::<()>(0);
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            let (requests, done, stopped) = (requests.clone(), done.clone(), stopped.clone());
            scope.spawn(move || {
                loop {
                    let request = select! {
                        recv(requests) -> request => request,
                        recv(stopped) -> _ => break,
                    };
                    let Ok(request) = request else { break };
                    let sent = select! {
                        send(done, answer(request)) -> sent => sent,
                        recv(stopped) -> _ => break,
                    };
                    if sent.is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        for answer in &answers {
            if enough(answer) {
                break;
            }
        }
        drop(stop);
    });
}
// ANCHOR_END: right

// ANCHOR: fanout
#[fan_out(workers = 3, window = 3)]
fn answers(request: u64) -> u64 {
    answer(request)
}

/// Leaving the loop drops the stream, which wakes whoever waits, and ends the run.
pub fn with_fanout(
    requests: crossbeam_channel::Receiver<u64>,
    mut enough: impl FnMut(u64) -> bool,
) {
    for answer in answers(requests) {
        if enough(answer) {
            break;
        }
    }
}
// ANCHOR_END: fanout

/// What became of the stop.
#[derive(Debug)]
pub struct Facts {
    /// Who waited for what, if it did not come through.
    pub hang: Option<String>,
    pub answers: usize,
}

/// There are three requests, and the client says that it has enough when it has the first answer. It does not hang up.
pub fn measure_wrong() -> Facts {
    let mut answers = 0;
    let ((), hang) = watch(|| {
        let (client, requests) = bounded("requests", 3);
        (1..=3).for_each(|request| client.send(request).expect("there is room"));
        by_hand_wrong(requests, |_| {
            answers += 1;
            // A client that thinks about it: by then the workers have come to rest.
            until_others_wait();
            true
        });
    });
    Facts { hang, answers }
}

/// The same for the forms that are not deaf, over crossbeam's own channel.
pub fn measure(
    form: impl FnOnce(crossbeam_channel::Receiver<u64>, &mut dyn FnMut(u64) -> bool),
) -> Facts {
    let (client, requests) = crossbeam_channel::bounded(3);
    (1..=3).for_each(|request| client.send(request).expect("there is room"));
    let mut answers = 0;
    form(requests, &mut |_| {
        answers += 1;
        true
    });
    // It has returned while the client was still there.
    drop(client);
    Facts {
        hang: None,
        answers,
    }
}

impl Facts {
    /// Whether it is free of the bug.
    pub fn is_right(&self) -> bool {
        self.hang.is_none() && self.answers == 1
    }
}

impl std::fmt::Display for Facts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.hang {
            None => "is told to stop, and ends",
            Some(_) => "is told to stop, and hangs",
        })
    }
}

/// What it says in the table of all bugs.
pub fn summary() -> [String; 3] {
    line(
        &measure_wrong(),
        &measure(|requests, enough| by_hand_right(requests, enough)),
        &measure(|requests, enough| with_fanout(requests, enough)),
    )
}

fn main() {
    let wrong = measure_wrong();
    let right = measure(|requests, enough| by_hand_right(requests, enough));
    let fanout = measure(|requests, enough| with_fanout(requests, enough));
    let table = Table::new(&["", "what happens"])
        .row("by hand", &[wrong.to_string()])
        .row("by hand, fixed", &[right.to_string()])
        .row("with fanout", &[fanout.to_string()]);
    println!("{table}");
    println!("By hand, {}", wrong.hang.expect("it hangs"));
}
