//! W15: nothing happens for a second. How much processor time does that take? More than a millisecond is a fault.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crossbeam_channel::bounded;
use fanout::fan_out;

use crate::harness::{Bench, Contender, OURS, Row, Sample, usage};

/// Until all threads have been started and have gone to sleep, on a busy machine, too. Kept threads are still there then.
const SETTLED: Duration = Duration::from_millis(200);

#[fan_out]
fn passed_on(n: u64) -> u64 {
    n
}

pub fn run(bench: &mut Bench) {
    if !bench.wants("W15") {
        return;
    }
    let workers = bench.workers();
    // Nothing is concluded from the time of a quick run.
    let (second, what) = if bench.quick {
        let what = "0.3 s in which nothing happens: processor time";
        (Duration::from_millis(300), what)
    } else {
        let what = "a second in which nothing happens: processor time";
        (Duration::from_secs(1), what)
    };
    let row = Row {
        name: "W15",
        what,
        at_best: None,
        note: None,
    };
    bench.row_within(
        second / 1_000,
        row,
        vec![
            Contender::sampled(OURS, || {
                // Workers wait for the channel, and the consumer for them.
                let (sender, receiver) = bounded(1);
                let count = move || passed_on(receiver).workers(workers).stream().count();
                idle_until(second, sender, count)
            }),
            Contender::sampled("fanout, iterator", || {
                // One worker is inside `next`, the others wait for their turn, and the consumer for all of them.
                let (sender, receiver) = mpsc::channel();
                let items = receiver.into_iter();
                let count = move || passed_on(items).workers(workers).stream().count();
                idle_until(second, sender, count)
            }),
            Contender::sampled("fanout, unread", || {
                // The window is full, and workers wait for room.
                let mut stream = passed_on(0..).workers(workers).stream();
                let _ = stream.next();
                let sample = idle(second);
                drop(stream);
                sample
            }),
            Contender::sampled("fanout, kept threads", || idle(second)),
        ],
    );
}

/// While `consumer` waits for what nobody sends, until `sender` is dropped.
fn idle_until<T>(
    second: Duration,
    sender: T,
    consumer: impl FnOnce() -> usize + Send + 'static,
) -> Sample {
    let consumer = thread::spawn(consumer);
    let sample = idle(second);
    drop(sender);
    let _ = consumer.join();
    sample
}

fn idle(second: Duration) -> Sample {
    thread::sleep(SETTLED);
    let before = usage::so_far();
    thread::sleep(second);
    Sample {
        time: (usage::so_far() - before).cpu,
        sum: 0,
        note: 0,
    }
}
