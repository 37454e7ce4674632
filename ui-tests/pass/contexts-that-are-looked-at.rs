#![deny(warnings)]

use fanout::channel::Receiver;
use fanout::{Cancelled, Context, fan_out};
use std::thread;
use std::time::Duration;

#[fan_out(cancel_on_error)]
fn between_steps(n: u64, #[ctx] cx: &Context) -> Result<u64, Cancelled> {
    let half = n / 2;
    cx.checkpoint()?;
    cx.sleep(Duration::from_millis(half))?;
    Ok(half)
}

#[fan_out]
fn in_a_closure(n: u64, #[ctx] cx: &Context) -> u64 {
    (0..n).take_while(|_| !cx.is_cancelled()).sum()
}

#[fan_out]
fn in_a_text(n: u64, #[ctx] cx: &Context) -> String {
    format!("{n} {cx:?}")
}

fn step(n: u64, cx: &Context) -> Option<u64> {
    cx.checkpoint().ok().map(|()| n)
}

#[fan_out]
fn handed_on(n: u64, #[ctx] cx: &Context) -> Option<u64> {
    step(n, cx)
}

#[fan_out]
fn for_its_number(n: u64, #[ctx] _cx: &Context) -> u64 {
    n + _cx.index()
}

/// There is nobody to sleep with.
#[fan_out]
fn without_one(n: u64) -> u64 {
    thread::sleep(Duration::from_millis(n));
    n
}

struct Clock;

impl Clock {
    fn sleep(&self, _: Duration) {}
}

fn sleep(_: Duration) {}

#[fan_out]
fn other_sleeps(n: u64, #[shared] clock: &Clock, #[ctx] cx: &Context) -> u64 {
    clock.sleep(Duration::from_secs(n));
    sleep(Duration::from_secs(n));
    let _ = cx.sleep(Duration::ZERO);
    n
}

struct Job {
    answers: Receiver<u64>,
}

#[fan_out]
fn waits_for_both(job: Job, #[ctx] cx: &Context) -> Option<u64> {
    fanout::channel::select! {
        recv(job.answers) -> answer => answer.ok(),
        recv(cx.done()) -> _ => None,
    }
}

#[fan_out]
fn waits_a_while(job: Job, #[ctx] cx: &Context) -> Option<u64> {
    while !cx.is_cancelled() {
        if let Ok(answer) = job.answers.recv_timeout(Duration::from_millis(1)) {
            return Some(answer);
        }
    }
    job.answers.try_recv().ok()
}

/// The end of the run is worth waiting for.
#[fan_out(timeout = "1ms")]
fn waits_for_the_end(_n: u64, #[ctx] cx: &Context) {
    let done = cx.done();
    let _ = done.recv();
    let _ = cx.done().recv();
}

fn main() {
    assert_eq!(between_steps([2]).collect_unordered(), Ok(vec![1]));
    assert_eq!(in_a_closure([3]).collect_unordered(), [3]);
    assert_eq!(in_a_text([3]).collect_unordered().len(), 1);
    assert_eq!(handed_on([3]).collect_unordered(), [Some(3)]);
    assert_eq!(for_its_number([3]).collect_unordered(), [3]);
    assert_eq!(without_one([0]).collect_unordered(), [0]);
    assert_eq!(other_sleeps([1], &Clock).collect_unordered(), [1]);
    let (to, answers) = fanout::channel::bounded(2);
    to.send(1).unwrap();
    assert_eq!(waits_for_both([Job { answers: answers.clone() }]).collect_unordered(), [Some(1)]);
    to.send(2).unwrap();
    assert_eq!(waits_a_while([Job { answers }]).collect_unordered(), [Some(2)]);
    let _ = waits_for_the_end([1]).run();
}
