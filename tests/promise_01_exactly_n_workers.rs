//! At most N calls of the item function at once; and when N items are at hand, N do run.

#[macro_use]
mod common;

use common::{Counter, Gauge, watch};
use fanout::over;
use std::sync::Barrier;

/// Items that wait for each other: they come to an end only if N of them run at once.
struct Meeting {
    everyone: Barrier,
    gauge: Gauge,
    workers: usize,
    cheap: u64,
}

impl Meeting {
    /// The first `cheap` items do nothing.
    fn after(cheap: u64, workers: usize) -> Self {
        Self {
            everyone: Barrier::new(workers),
            gauge: Gauge::new(),
            workers,
            cheap,
        }
    }

    /// How many items there have to be for three meetings.
    fn items(&self) -> u64 {
        self.cheap + 3 * self.workers as u64
    }

    fn attend(&self, index: u64) {
        let _inside = self.gauge.enter();
        if index >= self.cheap {
            self.everyone.wait();
        }
    }

    #[track_caller]
    fn assert_never_crowded(&self, terminal: &str) {
        assert!(
            self.gauge.most() <= self.workers,
            "{terminal}: {} calls at once by {} workers",
            self.gauge.most(),
            self.workers
        );
    }
}

/// Defines a function that lets items meet in every terminal, over what `$input` makes of a vector.
macro_rules! everyone_meets {
    ($name:ident, $input:expr) => {
        fn $name(cheap: u64, workers: usize) {
            let _dog = watch(format!("meetings of {workers} workers"));
            let meeting = Meeting::after(cheap, workers);
            let items: Vec<u64> = (0..meeting.items()).collect();
            in_every_terminal!(
                over($input(items.clone()))
                    .workers(workers)
                    .map(|index, _cx| meeting.attend(index)),
                |terminal: &str, delivered: usize| {
                    assert_eq!(delivered, items.len(), "{terminal}");
                    meeting.assert_never_crowded(terminal);
                }
            );
            in_every_silent_terminal!(
                over($input(items.clone())).workers(workers),
                |index, _cx| meeting.attend(index),
                |terminal: &str| meeting.assert_never_crowded(terminal)
            );
        }
    };
}

everyone_meets!(items_of_an_iterator, Vec::into_iter);
everyone_meets!(items_of_a_vector, |items: Vec<u64>| items);
everyone_meets!(items_of_a_channel, |items: Vec<u64>| {
    let (sender, receiver) = fanout::channel::unbounded();
    for item in items {
        sender.send(item).expect("the receiver is here");
    }
    receiver
});

everyone_meets!(items_of_a_stage, |items: Vec<u64>| {
    over(items.into_iter()).workers(2).map(|item, _| item)
});

#[test]
fn items_of_a_stage_meet() {
    for workers in [2, 5, 16] {
        items_of_a_stage(0, workers);
    }
    items_of_a_stage(3000, 5);
}

#[test]
fn items_of_an_iterator_meet() {
    for workers in [2, 5, 16] {
        items_of_an_iterator(0, workers);
    }
}

#[test]
fn items_of_a_vector_meet() {
    for workers in [2, 5, 16] {
        items_of_a_vector(0, workers);
    }
}

#[test]
fn items_of_a_channel_meet() {
    for workers in [2, 5, 16] {
        items_of_a_channel(0, workers);
    }
}

#[test]
fn items_of_an_iterator_meet_after_thousands_of_cheap_ones() {
    for workers in [2, 16] {
        items_of_an_iterator(5000, workers);
    }
}

#[test]
fn items_of_a_vector_meet_after_thousands_of_cheap_ones() {
    for workers in [2, 16] {
        items_of_a_vector(5000, workers);
    }
}

#[test]
fn items_of_a_channel_meet_after_thousands_of_cheap_ones() {
    for workers in [2, 16] {
        items_of_a_channel(5000, workers);
    }
}

#[test]
fn sixty_four_meet() {
    items_of_a_vector(0, 64);
    items_of_an_iterator(0, 64);
    items_of_a_channel(3000, 64);
}

#[test]
fn items_pulled_by_the_calling_thread_meet() {
    for (cheap, workers) in [(0, 2), (0, 5), (2000, 5), (0, 64)] {
        let _dog = watch("a meeting of items that are pulled here");
        let meeting = Meeting::after(cheap, workers);
        let delivered = fanout::over_local(0..meeting.items())
            .workers(workers)
            .map(|index, _cx| meeting.attend(index))
            .collect_unordered();
        assert_eq!(delivered.len() as u64, meeting.items());
        meeting.assert_never_crowded("pulled here");
    }
}

#[test]
fn items_of_a_stream_meet() {
    for (cheap, workers) in [(0, 2), (0, 5), (2000, 5), (0, 64)] {
        let _dog = watch("a meeting in a stream");
        let meeting = std::sync::Arc::new(Meeting::after(cheap, workers));
        let here = meeting.clone();
        let results = over(0..meeting.items())
            .workers(workers)
            .map(move |index, _cx| here.attend(index))
            .stream();
        assert_eq!(results.count() as u64, meeting.items());
        meeting.assert_never_crowded("stream");
        let here = meeting.clone();
        let results = over(0..meeting.items())
            .workers(workers)
            .ordered()
            .map(move |index, _cx| here.attend(index))
            .stream();
        assert_eq!(results.count() as u64, meeting.items());
        meeting.assert_never_crowded("ordered stream");
    }
}

#[test]
fn workers_with_states_meet() {
    for (cheap, workers) in [(0, 2), (0, 16), (2000, 5)] {
        let _dog = watch("a meeting of workers with states");
        let meeting = Meeting::after(cheap, workers);
        let counts = over(0..meeting.items())
            .workers(workers)
            .local(|| 0_u64)
            .map(|index, worker| {
                meeting.attend(index);
                *worker.local += 1;
            })
            .locals();
        assert_eq!(counts.iter().sum::<u64>(), meeting.items());
        assert_eq!(counts.len(), workers, "each worker was at the meetings");
        meeting.assert_never_crowded("locals");
    }
}

#[test]
fn dedicated_and_named_workers_meet() {
    let _dog = watch("meetings of dedicated and named workers");
    let meeting = Meeting::after(0, 5);
    for (how, results) in [
        (
            "dedicated",
            over(0..meeting.items())
                .workers(5)
                .dedicated()
                .map(|index, _cx| meeting.attend(index))
                .collect_unordered(),
        ),
        (
            "named",
            over(0..meeting.items())
                .workers(5)
                .name("meeting")
                .map(|index, _cx| meeting.attend(index))
                .collect_unordered(),
        ),
    ] {
        assert_eq!(results.len() as u64, meeting.items(), "{how}");
        meeting.assert_never_crowded(how);
    }
}

#[test]
fn items_meet_in_the_smallest_window() {
    let _dog = watch("meetings in a window of N");
    for workers in [2, 5, 16] {
        let meeting = Meeting::after(500, workers);
        let delivered = over(0..meeting.items())
            .workers(workers)
            .window(workers)
            .ordered()
            .map(|index, _cx| meeting.attend(index))
            .collect::<Vec<()>>();
        assert_eq!(delivered.len() as u64, meeting.items());
        meeting.assert_never_crowded("window");
    }
}

#[test]
fn a_batch_that_was_taken_is_shared_when_its_items_meet() {
    let _dog = watch("a meeting inside one batch");
    let meeting = Meeting::after(0, 4);
    let delivered = over(0..meeting.items())
        .workers(4)
        .batch(12)
        .window(100)
        .map(|index, _cx| meeting.attend(index))
        .collect_unordered();
    assert_eq!(delivered.len(), 12);
}

#[test]
fn cheap_items_never_crowd() {
    let _dog = watch("a hundred thousand cheap items");
    for workers in [1, 2, 3, 8] {
        let gauge = Gauge::new();
        let delivered = over(0..30_000)
            .workers(workers)
            .map(|_, _cx| drop(gauge.enter()))
            .scope(|results| results.count());
        assert_eq!(delivered, 30_000);
        assert!(gauge.most() <= workers, "{} > {workers}", gauge.most());
        over(vec![(); 30_000])
            .workers(workers)
            .map(|(), _cx| drop(gauge.enter()))
            .run();
        assert!(gauge.most() <= workers, "{} > {workers}", gauge.most());
    }
}

#[test]
fn one_worker_of_a_stream_is_one() {
    let _dog = watch("a stream with one worker");
    let gauge = std::sync::Arc::new(Gauge::new());
    let results = over(0..20_000)
        .workers(1)
        .map({
            let gauge = gauge.clone();
            move |_, _cx| drop(gauge.enter())
        })
        .stream();
    assert_eq!(results.count(), 20_000);
    assert_eq!(gauge.most(), 1);
}

#[test]
fn more_workers_than_items() {
    let _dog = watch("a thousand workers for ten items");
    let all = Counter::new();
    let delivered = over(vec![(); 10])
        .workers(1000)
        .map(|(), _cx| {
            all.add(1);
            all.wait_for(10);
        })
        .collect_unordered();
    assert_eq!(delivered.len(), 10);
    let delivered = over(std::iter::repeat_n((), 10))
        .workers(1000)
        .map(|(), _cx| ())
        .collect_unordered();
    assert_eq!(delivered.len(), 10);
}

#[test]
fn a_thousand_workers() {
    let _dog = watch("a meeting of a thousand workers");
    let meeting = Meeting::after(0, 1000);
    over(0..1000)
        .workers(1000)
        .stack_size(128 * 1024)
        .map(|index, _cx| meeting.attend(index))
        .run();
    meeting.assert_never_crowded("a thousand");
    assert_eq!(meeting.gauge.most(), 1000);
}

#[test]
fn no_two_calls_have_the_same_worker_number() {
    let _dog = watch("worker numbers");
    let busy: Vec<Gauge> = (0..4).map(|_| Gauge::new()).collect();
    let delivered = over(0..20_000)
        .workers(4)
        .map(|_, cx| {
            let _inside = busy[cx.worker()].enter();
            common::spin(500);
        })
        .scope(|results| results.count());
    assert_eq!(delivered, 20_000);
    assert!(busy.iter().all(|worker| worker.most() <= 1));
}

#[test]
fn without_a_number_there_is_a_worker_for_each_core() {
    let _dog = watch("a run with as many workers as cores");
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let meeting = Meeting::after(0, cores);
    let mut asked = 0;
    over(0..meeting.items())
        .map(|index, _cx| meeting.attend(index))
        .on_report(|report| asked = report.asked_workers())
        .run();
    assert_eq!(asked, cores);
    meeting.assert_never_crowded("default");
}

#[test]
fn items_that_turn_out_to_be_long_are_shared_although_those_before_were_not_worth_it() {
    for batch in [None, Some(64)] {
        let _dog = watch("long items behind short ones");
        let items: Vec<u64> = (0..64).collect();
        let shares = std::sync::Mutex::new(Vec::new());
        let run = over(&items).workers(4).cpu_bound();
        let run = match batch {
            Some(batch) => run.batch(batch),
            None => run,
        };
        let all: Vec<u64> = run
            .ordered()
            .map(|&item, _| {
                if item >= 31 {
                    std::thread::sleep(std::time::Duration::from_millis(2));
                }
                item
            })
            .on_report(|report| *shares.lock().unwrap() = report.items_per_worker().to_vec())
            .collect();
        assert_eq!(all, items);
        let shares = shares.into_inner().unwrap();
        assert!(shares[0] < 60, "{shares:?}");
    }
}
