//! W15: nothing happens for a second. How much processor time does that take?

use std::thread;
use std::time::Duration;

use crossbeam_channel::bounded;
use fanout::fan_out;

use crate::harness::{Bench, Contender, OURS, Row, Sample, usage};

#[fan_out]
fn passed_on(n: u64) -> u64 {
    n
}

pub fn run(bench: &mut Bench) {
    if !bench.wants("W15") {
        return;
    }
    let workers = bench.workers();
    let second = if bench.quick {
        Duration::from_millis(20)
    } else {
        Duration::from_secs(1)
    };
    let row = Row {
        name: "W15",
        what: "a second in which nothing happens: processor time",
        at_best: None,
        note: None,
    };
    bench.row(
        row,
        vec![
            Contender::sampled(OURS, || {
                // Workers wait for the channel, and the consumer for them.
                let (sender, receiver) = bounded::<u64>(1);
                let consumer = thread::spawn(move || {
                    let run = passed_on(receiver).workers(workers);
                    run.stream().count()
                });
                let sample = idle(second);
                drop(sender);
                let _ = consumer.join();
                sample
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

fn idle(second: Duration) -> Sample {
    // Until all have gone to sleep.
    thread::sleep(second / 10);
    let before = usage::so_far();
    thread::sleep(second);
    Sample {
        time: (usage::so_far() - before).cpu,
        sum: 0,
        note: 0,
    }
}
