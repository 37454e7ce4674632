//! Whole runs of several workers in random schedules: what loom's few items cannot show. The expected results are the plain
//! loop's; a lost wake-up shows as a deadlock, a lost or doubled value in the count of those alive.

use crate::stop::CancelToken;
use crate::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use crate::sync::checking::many_schedules;
use crate::sync::{Arc, Condvar, Mutex};
use crate::{Error, Feed, over};
use shuttle::rand::{Rng, thread_rng};
use shuttle::thread;

/// An item, and so a result, that is counted.
#[derive(Clone)]
struct Counted {
    number: u32,
    _alive: Arc<()>,
}

fn items(alive: &Arc<()>, count: u32) -> impl Iterator<Item = Counted> + Send + 'static {
    let alive = alive.clone();
    (0..count).map(move |number| Counted {
        number,
        _alive: alive.clone(),
    })
}

/// As many as are left when the run has gone: the test's own.
fn assert_nobody_is_left(alive: &Arc<()>) {
    assert_eq!(Arc::strong_count(alive), 1);
}

fn any_workers() -> usize {
    thread_rng().gen_range(2..5)
}

fn any_window() -> usize {
    thread_rng().gen_range(1..14)
}

#[test]
fn shuttle_run_ordered() {
    many_schedules(|| {
        let alive = Arc::new(());
        let run = over(items(&alive, 12)).ordered().workers(any_workers());
        let mut outs = Vec::new();
        run.window(any_window())
            .map(|item, _cx| item)
            .for_each(|item| outs.push(item.number));
        assert!(outs.into_iter().eq(0..12));
        assert_nobody_is_left(&alive);
    });
}

/// All workers but one are inside items that wait for the last one that the window has room for: the one that is left comes for
/// it, although it is little room, and whatever it slept on before.
#[test]
fn shuttle_run_in_little_room() {
    const WINDOW: usize = 8;
    many_schedules(|| {
        let begun = Arc::new((Mutex::new(0), Condvar::new()));
        let workers = any_workers();
        let first = thread_rng().gen_range(0..7);
        let waiting = first..first + workers - 1;
        let run = over(0..16).ordered().workers(workers).window(WINDOW);
        let mut outs = Vec::new();
        run.map(|n, _cx| {
            let (count, more) = &*begun;
            let mut count = count.lock();
            *count += 1;
            more.notify_all();
            while waiting.contains(&n) && *count < first + WINDOW {
                count = more.wait(count);
            }
            n
        })
        .for_each(|n| outs.push(n));
        assert!(outs.into_iter().eq(0..16));
    });
}

/// The run is listed wherever its items run, and no more when the terminal has returned; in models nobody waits for that.
#[test]
fn shuttle_run_in_a_block() {
    use crate::testing::{no_leaks, open_runs};
    many_schedules(|| {
        no_leaks(|| {
            let run = over(0..4).workers(any_workers()).window(any_window());
            run.map(|_: u32, _cx| {
                assert_eq!(open_runs().len(), 1);
            })
            .for_each(|()| ());
            assert!(open_runs().is_empty());
            let mut stream = over(0..).workers(2).window(2).map(|n: u32, _cx| n).stream();
            stream.next();
            assert_eq!(open_runs().len(), 1);
        });
        assert!(open_runs().is_empty());
    });
}

#[test]
fn shuttle_run_unordered() {
    many_schedules(|| {
        let alive = Arc::new(());
        let run = over(items(&alive, 12)).workers(any_workers());
        let mut outs = Vec::new();
        run.window(any_window())
            .map(|item, _cx| item)
            .for_each(|item| outs.push(item.number));
        outs.sort_unstable();
        assert!(outs.into_iter().eq(0..12));
        assert_nobody_is_left(&alive);
    });
}

/// A channel in which everything lies: workers pull on for others. The channel is a real one, which nobody waits for.
#[test]
fn shuttle_run_with_a_reserve() {
    many_schedules(|| {
        let alive = Arc::new(());
        let (sender, receiver) = crossbeam_channel::unbounded();
        items(&alive, 24).for_each(|item| sender.send(item).expect("the receiver is here"));
        drop(sender);
        // In half of them there is no such item.
        let fails = thread_rng().gen_range(0..48);
        let mut outs = Vec::new();
        let end = over(receiver)
            .ordered()
            .cancel_on_error()
            .workers(any_workers())
            .window(any_window())
            .batch(1)
            .map(|item: Counted, _cx| {
                if item.number == fails {
                    Err(fails)
                } else {
                    Ok(item)
                }
            })
            .for_each(|item| outs.push(item.number));
        assert_eq!(end.err(), (fails < 24).then_some(fails));
        assert!(outs.into_iter().eq(0..fails.min(24)));
        assert_nobody_is_left(&alive);
    });
}

/// Errors at two items: the lower one is the answer, after every result before it.
#[test]
fn shuttle_run_like_the_loop() {
    many_schedules(|| {
        let alive = Arc::new(());
        let fails = [thread_rng().gen_range(0..12), thread_rng().gen_range(0..12)];
        let run = over(items(&alive, 12)).ordered().cancel_on_error();
        let mut outs = Vec::new();
        let end = run
            .workers(any_workers())
            .window(any_window())
            .map(|item, _cx| {
                if fails.contains(&item.number) {
                    Err(item.number)
                } else {
                    Ok(item)
                }
            })
            .for_each(|item| outs.push(item.number));
        let first = fails[0].min(fails[1]);
        assert_eq!(end, Err(first));
        assert!(outs.into_iter().eq(0..first));
        assert_nobody_is_left(&alive);
    });
}

/// A stream is dropped after any number of results; items that helpers hold, and results that wait, go with it.
#[test]
fn shuttle_run_dropped_early() {
    many_schedules(|| {
        let alive = Arc::new(());
        let mut stream = over(items(&alive, 1_000))
            .ordered()
            .workers(any_workers())
            .window(any_window())
            .map(|item, _cx| item)
            .stream();
        for number in 0..thread_rng().gen_range(0..8) {
            assert_eq!(stream.next().map(|item| item.number), Some(number));
        }
        drop(stream);
        assert_nobody_is_left(&alive);
    });
}

/// A token is cancelled at any moment: all of it, or cancelled, and never a short run that looks whole.
#[test]
fn shuttle_run_cancelled() {
    many_schedules(|| {
        let alive = Arc::new(());
        let token = CancelToken::new();
        let canceller = {
            let token = token.clone();
            thread::spawn(move || token.cancel())
        };
        let mut outs = Vec::new();
        let end = over(items(&alive, 8))
            .ordered()
            .workers(any_workers())
            .window(any_window())
            .cancel_with(&token)
            .map(|item, _cx| item)
            .for_each(|item| outs.push(item.number));
        assert!(outs.iter().copied().eq(0..outs.len() as u32));
        match end {
            Ok(()) => assert_eq!(outs.len(), 8),
            Err(Error::Cancelled) => {}
            Err(other) => panic!("{other:?}"),
        }
        assert_nobody_is_left(&alive);
        canceller.join().unwrap();
    });
}

/// By index: ranges from the cursor, and what is taken out of other lanes.
#[test]
fn shuttle_run_by_index() {
    many_schedules(|| {
        let alive = Arc::new(());
        let all: Vec<Counted> = items(&alive, 16).collect();
        let fails = thread_rng().gen_range(0..32);
        let end = over(all)
            .ordered()
            .cancel_on_error()
            .workers(any_workers())
            .batch(thread_rng().gen_range(1..5))
            .map(|item, _cx| {
                if item.number == fails {
                    Err(item.number)
                } else {
                    Ok(item.number)
                }
            })
            .collect::<Vec<u32>>();
        if fails < 16 {
            assert_eq!(end, Err(fails));
        } else {
            assert!(end.is_ok_and(|outs| outs.into_iter().eq(0..16)));
        }
        assert_nobody_is_left(&alive);
    });
}

/// A fan-out as the input of another.
#[test]
fn shuttle_run_in_stages() {
    many_schedules(|| {
        let alive = Arc::new(());
        let first = over(items(&alive, 8))
            .ordered()
            .workers(2)
            .window(any_window())
            .map(|item, _cx| item);
        let mut outs = Vec::new();
        over(first)
            .ordered()
            .workers(2)
            .window(any_window())
            .map(|item, _cx| item)
            .for_each(|item| outs.push(item.number));
        assert!(outs.into_iter().eq(0..8));
        assert_nobody_is_left(&alive);
    });
}

/// Items of few keys: each key's one at a time and in order, all of them once, whatever is dropped early.
#[test]
fn shuttle_run_sharded() {
    many_schedules(|| {
        let alive = Arc::new(());
        let keys = thread_rng().gen_range(1..4);
        let pinned = thread_rng().gen_bool(0.5);
        let last = Arc::new([(); 3].map(|()| (AtomicBool::new(false), AtomicU32::new(0))));
        let lanes = Arc::clone(&last);
        let run = over(items(&alive, 12))
            .workers(any_workers())
            .window(any_window())
            .shard_by(move |item: &Counted| item.number % keys);
        let run = if pinned { run.pinned() } else { run };
        let mut stream = run
            .map(move |item, _cx| {
                let (inside, next) = &lanes[(item.number % keys) as usize];
                assert!(!inside.swap(true, Ordering::SeqCst));
                assert_eq!(
                    next.swap(item.number / keys + 1, Ordering::SeqCst),
                    item.number / keys
                );
                inside.store(false, Ordering::SeqCst);
                item
            })
            .stream();
        let taken = thread_rng().gen_range(0..16);
        let mut numbers: Vec<u32> = stream
            .by_ref()
            .take(taken)
            .map(|item| item.number)
            .collect();
        drop(stream);
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), taken.min(12));
        assert_nobody_is_left(&alive);
    });
}

/// A random tree grows from a few roots: every node once, or up to an error or an early drop; nothing is left alive.
#[test]
fn shuttle_run_that_feeds_itself() {
    many_schedules(|| {
        let alive = Arc::new(());
        let ran = Arc::new(AtomicU32::new(0));
        let made = Arc::new(AtomicU32::new(2));
        let (width, stops) = (thread_rng().gen_range(0..3), thread_rng().gen_bool(0.3));
        let counts = (Arc::clone(&ran), Arc::clone(&made));
        let run = over(items(&alive, 2))
            .workers(any_workers())
            .window(any_window())
            .map_feed(move |item: Counted, feed: &Feed<Counted>, _cx| {
                counts.0.fetch_add(1, Ordering::SeqCst);
                if item.number < 4 {
                    for _ in 0..width {
                        counts.1.fetch_add(1, Ordering::SeqCst);
                        feed.push(Counted {
                            number: item.number + 2,
                            _alive: item._alive.clone(),
                        });
                    }
                }
                item
            });
        let mut stream = run.stream();
        if stops {
            let _ = stream.by_ref().take(3).count();
            drop(stream);
        } else {
            let results = stream.by_ref().count() as u32;
            drop(stream);
            assert_eq!(results, made.load(Ordering::SeqCst));
            assert_eq!(results, ran.load(Ordering::SeqCst));
        }
        assert_nobody_is_left(&alive);
    });
}
