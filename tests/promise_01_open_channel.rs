//! When N items are at hand, N do run: also where the input has nothing for now, and all items before were cheap. (What is left of
//! a batch of cheap items is not worth taking over, until nothing moves.)

mod common;

use common::watch;
use fanout::channel::{Sender, unbounded};
use fanout::over;
use std::sync::{Arc, Barrier};

#[derive(Clone, Copy)]
enum Item {
    Cheap,
    /// Among cheap ones: what the next items cost is not known then.
    Long,
    /// Comes to an end only together with the others.
    Meets,
}

const BURST: usize = 64;

fn attend(item: Item, everyone: &Barrier) {
    match item {
        Item::Cheap => {}
        Item::Long => common::spin(3_000_000),
        Item::Meets => {
            everyone.wait();
        }
    }
}

/// Sends what `results` then has to bring, and never so that the input ends.
fn send_and_take(
    sender: &Sender<Item>,
    workers: usize,
    long: usize,
    results: &mut dyn Iterator<Item = ()>,
) {
    let mut all = |item, count| {
        for _ in 0..count {
            sender.send(item).expect("the receiver is here");
        }
        assert_eq!(results.take(count).count(), count);
    };
    for _ in 0..30 {
        all(Item::Cheap, BURST);
    }
    for _ in 0..long {
        all(Item::Long, 1);
    }
    all(Item::Meets, workers);
}

/// Lets items meet in what `$run` makes of a receiver, a number of workers and the barrier.
macro_rules! items_meet {
    ($name:ident, $run:expr) => {
        #[test]
        fn $name() {
            for workers in [2, 4] {
                for long in [0, 1, 2] {
                    let _dog = watch(format!("a meeting of {workers} after {long} long items"));
                    for _ in 0..5 {
                        let (sender, receiver) = unbounded();
                        let everyone = Arc::new(Barrier::new(workers));
                        let mut results = $run(over(receiver).workers(workers), everyone);
                        send_and_take(&sender, workers, long, &mut results);
                    }
                }
            }
        }
    };
}

items_meet!(unordered, |run: fanout::FanOut<_>,
                        everyone: Arc<Barrier>| {
    run.map(move |item, _| attend(item, &everyone)).stream()
});

items_meet!(in_order, |run: fanout::FanOut<_>,
                       everyone: Arc<Barrier>| run
    .ordered()
    .map(move |item, _| attend(item, &everyone))
    .stream());

items_meet!(
    although_said_to_be_cpu_bound,
    |run: fanout::FanOut<_>, everyone: Arc<Barrier>| run
        .cpu_bound()
        .map(move |item, _| attend(item, &everyone))
        .stream()
);

items_meet!(
    beside_a_feed,
    |run: fanout::FanOut<_>, everyone: Arc<Barrier>| run
        .map_feed(move |item, _feed, _cx| attend(item, &everyone))
        .stream()
);
