//! W14: an item comes through a channel alone. How long until its result is handed over?

use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, bounded};
use fanout::fan_out;

use super::WORKERS;
use crate::harness::{Bench, Contender, LOOP, OURS, Row, Sample};
use crate::peers::crossbeam_pool;

/// When an item was sent.
type Sent = Instant;
/// A way to get items out of a channel, through whatever it is, into a sink.
type Consume<'a> = dyn Fn(Receiver<Sent>, &mut dyn FnMut(Sent)) + 'a;

#[fan_out(workers = WORKERS)]
fn passed_on(sent: Sent) -> Sent {
    sent
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
                note: Some("us at the 99th percentile"),
            },
            vec![
                Contender::sampled(LOOP, || {
                    measured(&|items, sink| items.iter().for_each(sink))
                }),
                Contender::sampled(OURS, || {
                    measured(&|items, sink| passed_on(items).stream().for_each(sink))
                }),
                Contender::sampled("crossbeam pool", || {
                    measured(&|items, sink| {
                        crossbeam_pool::on_channel(items, WORKERS, &|sent| sent, |results| {
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
    let mut all = Vec::with_capacity(count);
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
        consume(receiver, &mut |sent| all.push(sent.elapsed()));
    });
    all.sort_unstable();
    let at = |part: f64| all[((all.len() - 1) as f64 * part) as usize];
    Sample {
        time: at(0.5),
        sum: all.len() as u64,
        note: at(0.99).as_micros() as u64,
    }
}
