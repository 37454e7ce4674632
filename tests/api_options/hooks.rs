//! `on_progress` and `on_worker`, with closures that borrow.

use std::sync::Mutex;
use std::thread::{self, ThreadId};
use std::time::Duration;

use fanout::{Context, Progress, over};

use crate::common::{Counter, Gauge, caught, watch};

/// The calls of `on_progress`, in the order in which they came.
fn calls(told: &Mutex<Vec<Progress>>) -> impl Fn(Progress) + Send + Sync + '_ {
    |progress| told.lock().expect("no panic").push(progress)
}

#[track_caller]
fn assert_complete(told: Mutex<Vec<Progress>>, items: u64, total: Option<u64>) {
    let told = told.into_inner().expect("no panic");
    assert!(
        told.iter().all(|progress| progress.total == total),
        "{told:?}"
    );
    assert!(
        told.is_sorted_by(|one, next| one.finished < next.finished),
        "{told:?}"
    );
    assert_eq!(told.last().map_or(0, |last| last.finished), items);
}

#[test]
fn progress_ends_with_everything() {
    let _dog = watch("progress");
    for workers in [1, 2, 4] {
        for items in [0_u64, 1, 100] {
            let told = Mutex::new(Vec::new());
            let vec: Vec<u64> = (0..items).collect();
            let run = over(&vec).workers(workers).map(|n, _cx| *n);
            run.on_progress(calls(&told)).for_each(drop);
            assert_complete(told, items, Some(items));

            // By index, without a window.
            let told = Mutex::new(Vec::new());
            let run = over(vec).workers(workers).ordered().map(|n, _cx| n);
            let all: Vec<u64> = run.on_progress(calls(&told)).collect();
            assert_eq!(all.len() as u64, items);
            assert_complete(told, items, Some(items));

            // An iterator that does not know its length.
            let told = Mutex::new(Vec::new());
            let run = over((0..items).filter(|_| true))
                .workers(workers)
                .map(|_, _cx| ());
            run.on_progress(calls(&told)).run();
            assert_complete(told, items, None);

            // One that does.
            let told = Mutex::new(Vec::new());
            let run = over(0..items).workers(workers).map(|_, _cx| ());
            run.on_progress(calls(&told)).run();
            assert_complete(told, items, Some(items));
        }
    }
}

/// What is told has returned.
#[test]
fn an_item_that_panics_is_not_finished() {
    let _dog = watch("progress of a run that panics");
    for workers in [1, 2] {
        for by_index in [false, true] {
            let told = Mutex::new(Vec::new());
            let _payload = caught(|| {
                let work = |n: u64, _cx: &Context| assert_ne!(n, 4, "on purpose");
                if by_index {
                    let run = over((0..5).collect::<Vec<_>>()).workers(workers);
                    run.map(work).on_progress(calls(&told)).run();
                } else {
                    let run = over(0..5).workers(workers);
                    run.map(work).on_progress(calls(&told)).run();
                }
            });
            let told = told.into_inner().expect("no panic");
            assert!(
                told.iter().all(|progress| progress.finished <= 4),
                "{workers} workers, by index {by_index}: {told:?}"
            );
        }
    }
}

/// Items that turn out to be long do not hold up what is told, although one worker has them all.
#[test]
fn progress_is_told_between_long_items() {
    let _dog = watch("progress of one worker");
    let told = Mutex::new(Vec::new());
    let items: Vec<u64> = (0..2_100).collect();
    over(&items)
        .workers(1)
        .map(|n, _cx| {
            if *n >= 2_000 {
                thread::sleep(Duration::from_micros(300));
            }
        })
        .on_progress(calls(&told))
        .run();
    let calls = told.lock().expect("no panic").len();
    // Sixteen of them at most are in a batch that was meant for short ones.
    assert!(calls > 50, "{calls} calls");
    assert_complete(told, 2_100, Some(2_100));
}

/// A callback may take its time: no other call begins meanwhile, and no worker but its own waits for it.
#[test]
fn progress_is_told_by_one_worker_at_a_time() {
    let _dog = watch("a slow progress callback");
    let inside = Gauge::new();
    let started = Counter::new();
    over(0..64)
        .workers(4)
        .batch(1)
        .map(|_, _cx| {
            started.add(1);
        })
        .on_progress(|progress| {
            let _inside = inside.enter();
            if progress.finished < 32 {
                // The others go on: they cannot all be in here.
                started.wait_for(progress.finished as usize + 1);
            }
        })
        .run();
    assert_eq!(inside.most(), 1);
}

/// It is told while the run goes on: an item can wait for the progress of another.
#[test]
fn progress_is_told_as_items_finish() {
    let _dog = watch("progress of a run that goes on");
    let finished = Counter::new();
    over([0, 1])
        .workers(2)
        .map(|n, _cx| {
            if n == 0 {
                finished.wait_for(1);
            }
        })
        .on_progress(|_| {
            finished.add(1);
        })
        .run();
    assert!(finished.get() >= 2);
}

#[test]
fn every_progress_hook_is_told() {
    let _dog = watch("two hooks");
    let (first, second) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    over(0..20_u64)
        .workers(2)
        .on_progress(calls(&first))
        .map(|_, _cx| ())
        .on_progress(calls(&second))
        .run();
    assert_complete(first, 20, Some(20));
    assert_complete(second, 20, Some(20));
}

/// What `on_worker` makes: made and dropped on the worker's thread, around its items.
struct Guard<'a> {
    worker: usize,
    thread: ThreadId,
    log: &'a Mutex<Vec<(usize, &'static str)>>,
}

impl<'a> Guard<'a> {
    fn new(worker: usize, log: &'a Mutex<Vec<(usize, &'static str)>>) -> Self {
        log.lock().expect("no panic").push((worker, "made"));
        Self {
            worker,
            thread: thread::current().id(),
            log,
        }
    }
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        assert_eq!(thread::current().id(), self.thread);
        let mut log = self.log.lock().expect("no panic");
        log.push((self.worker, "dropped"));
    }
}

#[test]
fn a_worker_has_a_guard_around_its_items() {
    let _dog = watch("guards of workers");
    for (workers, items) in [(1, 5), (2, 200), (4, 200)] {
        for terminal in ["run", "by index", "stream"] {
            let log = Mutex::new(Vec::new());
            let noted = |_: u64, cx: &fanout::Context| {
                log.lock().expect("no panic").push((cx.worker(), "ran"));
            };
            let guard = |worker| Guard::new(worker, &log);
            match terminal {
                "run" => over(0..items)
                    .workers(workers)
                    .map(noted)
                    .on_worker(guard)
                    .run(),
                "by index" => {
                    let vec: Vec<u64> = (0..items).collect();
                    over(vec).workers(workers).on_worker(guard).map(noted).run();
                }
                _ => {
                    let run = over(0..items).workers(workers).map(noted).on_worker(guard);
                    assert_eq!(run.scope(|results| results.count() as u64), items);
                }
            }
            let log = log.into_inner().expect("no panic");
            let mut ran = 0;
            for worker in 0..workers {
                let of_worker: Vec<&str> = log
                    .iter()
                    .filter(|(number, _)| *number == worker)
                    .map(|(_, what)| *what)
                    .collect();
                if let [first, items @ .., last] = &of_worker[..] {
                    assert_eq!(
                        (*first, *last),
                        ("made", "dropped"),
                        "{terminal}: {of_worker:?}"
                    );
                    assert!(
                        items.iter().all(|what| *what == "ran"),
                        "{terminal}: {of_worker:?}"
                    );
                    ran += items.len() as u64;
                } else {
                    assert!(of_worker.is_empty(), "{terminal}: {of_worker:?}");
                }
            }
            assert_eq!(ran, items, "{terminal}, {workers} workers");
            assert!(log.iter().all(|(worker, _)| *worker < workers));
        }
    }
}

#[test]
fn guards_go_when_a_run_panics() {
    let _dog = watch("guards of a run that panics");
    let log = Mutex::new(Vec::new());
    let payload = crate::common::caught(|| {
        over(0..100)
            .workers(3)
            .on_worker(|worker| Guard::new(worker, &log))
            .map(|n, _cx| {
                if n == 50 {
                    std::panic::resume_unwind(Box::new(n));
                }
            })
            .run();
    });
    assert_eq!(payload.downcast_ref(), Some(&50));
    let log = log.into_inner().expect("no panic");
    let count = |wanted| log.iter().filter(|(_, what)| *what == wanted).count();
    assert_eq!(count("made"), count("dropped"));
}

/// The three kinds of hook together, all of them borrowing, in a run over borrowed data.
#[test]
fn hooks_borrow() {
    let _dog = watch("hooks that borrow");
    let words = vec![String::from("a"), String::from("b")];
    let prefix = String::from("worker ");
    let names = Mutex::new(Vec::new());
    let finished = Counter::new();
    let mut items = 0;
    over(&words)
        .workers(1)
        .on_worker(|worker| {
            names
                .lock()
                .expect("no panic")
                .push(format!("{prefix}{worker}"))
        })
        .on_progress(|progress| {
            let finished_now = usize::try_from(progress.finished).expect("two");
            finished.add(finished_now - finished.get());
        })
        .on_report(|report| items = report.items())
        .map(|word, _cx| assert!(words.contains(word)))
        .run();
    assert_eq!(names.into_inner().expect("no panic"), ["worker 0"]);
    assert_eq!((items, finished.get()), (2, 2));
}
