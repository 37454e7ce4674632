//! W14: an item comes through a channel alone. How long until its result is handed over? (The goal of the window's naps is 200 us
//! from the result on.)

use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, bounded};
use fanout::fan_out;

use crate::harness::{Bench, Contender, LOOP, OURS, Row, Sample};
use crate::peers::crossbeam_pool;

/// When an item was sent, and when its result was made.
type Times = (Instant, Instant);
/// A way to get items out of a channel, through whatever it is, into a sink.
type Consume<'a> = dyn Fn(Receiver<Instant>, &mut dyn FnMut(Times)) + 'a;

#[fan_out]
fn passed_on(sent: Instant) -> Times {
    (sent, Instant::now())
}

pub fn run(bench: &mut Bench) {
    for (name, what, count, pause) in [
        ("W14-1", "1 item a second", 4, Duration::from_secs(1)),
        (
            "W14-100",
            "100 items a second",
            150,
            Duration::from_millis(10),
        ),
        (
            "W14-10k",
            "10,000 items a second",
            10_000,
            Duration::from_micros(100),
        ),
    ] {
        if !bench.wants(name) {
            continue;
        }
        let workers = bench.workers();
        let count = if bench.quick { 2 } else { count };
        let pause = if bench.quick {
            Duration::from_millis(1)
        } else {
            pause
        };
        let measured = |consume: &Consume<'_>| latencies(count, pause, consume);
        bench.row(
            Row {
                name,
                what,
                at_best: None,
                note: Some("us from the result on, at the 99th percentile"),
            },
            vec![
                Contender::sampled(LOOP, || {
                    measured(&|items, sink| items.iter().map(times).for_each(sink))
                }),
                Contender::sampled(OURS, || {
                    measured(&|items, sink| {
                        let run = passed_on(items).workers(workers);
                        run.stream().for_each(sink);
                    })
                }),
                Contender::sampled("crossbeam pool", || {
                    measured(&|items, sink| {
                        crossbeam_pool::on_channel(items, workers, &times, |results| {
                            results.iter().for_each(sink);
                        });
                    })
                }),
            ],
        );
    }
}

/// The median from sending an item to having its result.
fn latencies(count: usize, pause: Duration, consume: &Consume<'_>) -> Sample {
    let (sender, receiver) = bounded(1024);
    let (mut all, mut from_result) = (Vec::new(), Vec::new());
    thread::scope(|scope| {
        scope.spawn(move || {
            for _ in 0..count {
                // Not by the clock: an item that comes late must come alone, too.
                thread::sleep(pause);
                if sender.send(Instant::now()).is_err() {
                    return;
                }
            }
        });
        consume(receiver, &mut |(sent, made)| {
            all.push(sent.elapsed());
            from_result.push(made.elapsed());
        });
    });
    Sample {
        time: at(0.5, &mut all),
        sum: all.len() as u64,
        note: at(0.99, &mut from_result).as_micros() as u64,
    }
}

fn at(part: f64, all: &mut [Duration]) -> Duration {
    all.sort_unstable();
    all[((all.len() - 1) as f64 * part) as usize]
}

fn times(sent: Instant) -> Times {
    (sent, Instant::now())
}
