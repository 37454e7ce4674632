//! A feed beside each kind of input, and each terminal.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use fanout::testing_hooks::refuse_threads;
use fanout::{Context, Feed, channel, over, over_local};

use crate::common::{Gate, watch};

/// Below each number is the half of it.
fn halve(n: u64, feed: &Feed<u64>, _: &Context) -> u64 {
    if n > 1 {
        feed.push(n / 2);
    }
    n
}

fn expected(inputs: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut all: Vec<u64> = inputs
        .flat_map(|n| std::iter::successors(Some(n), |n| (*n > 1).then_some(n / 2)))
        .collect();
    all.sort_unstable();
    all
}

#[test]
fn of_every_kind() {
    let _dog = watch("inputs with a feed");
    let expected = expected(0..300);
    for workers in [1, 2, 5] {
        let sorted = |mut all: Vec<u64>| {
            all.sort_unstable();
            all
        };
        let all = over(0..300_u64)
            .workers(workers)
            .map_feed(halve)
            .collect_unordered();
        assert_eq!(sorted(all), expected);
        let vec: Vec<u64> = (0..300).collect();
        let all = over(vec)
            .workers(workers)
            .map_feed(halve)
            .collect_unordered();
        assert_eq!(sorted(all), expected);
        let all = over_local(0..300_u64)
            .workers(workers)
            .map_feed(halve)
            .collect_unordered();
        assert_eq!(sorted(all), expected);
        let (sender, messages) = channel::unbounded();
        (0..300_u64).for_each(|n| sender.send(n).unwrap());
        drop(sender);
        let all = over(messages)
            .workers(workers)
            .map_feed(halve)
            .collect_unordered();
        assert_eq!(sorted(all), expected);
        let first = over(0..300_u64).workers(2).map(|n, _cx| n);
        let all = over(first)
            .workers(workers)
            .map_feed(halve)
            .collect_unordered();
        assert_eq!(sorted(all), expected);
        // As a stage of another, and as a stream.
        let fed = over(0..300_u64).workers(workers).map_feed(halve);
        let all = over(fed)
            .workers(workers)
            .map(|n, _cx| n)
            .collect_unordered();
        assert_eq!(sorted(all), expected);
        let all = over(0..300_u64)
            .workers(workers)
            .window(3)
            .map_feed(halve)
            .stream();
        assert_eq!(sorted(all.collect()), expected);
    }
}

/// A worker that waits for a message is woken by what another one pushes: all three items meet.
#[test]
fn a_silent_channel_holds_nobody_up() {
    let _dog = watch("pushed items beside a silent channel");
    for _ in 0..50 {
        let (sender, messages) = channel::unbounded();
        sender.send(0_u64).unwrap();
        let meeting = std::sync::Barrier::new(3);
        let sender = std::sync::Mutex::new(Some(sender));
        over(messages)
            .workers(3)
            .map_feed(|n, feed: &Feed<u64>, _cx| {
                if n == 0 {
                    feed.push(1);
                    feed.push(2);
                }
                meeting.wait();
                // The end of the channel ends the run.
                drop(sender.lock().unwrap().take());
            })
            .run();
    }
}

#[test]
fn with_state() {
    let _dog = watch("a feed and states");
    for workers in [1, 3] {
        let counts = over([64_u64])
            .workers(workers)
            .local(|| 0_u64)
            .map_feed(|n, feed, w| {
                *w.local += 1;
                if n > 1 {
                    feed.push(n / 2);
                    feed.push(n / 2);
                }
            })
            .locals();
        assert_eq!(counts.into_iter().sum::<u64>(), 127);
        let end = over([64_u64])
            .workers(workers)
            .cancel_on_error()
            .try_local(|| "7".parse::<u64>())
            .map_feed(|n, feed, w| {
                if n > *w.local {
                    feed.push(n - 1);
                }
                Ok(())
            })
            .run();
        assert_eq!(end, Ok(()));
    }
}

#[test]
fn without_threads() {
    for given in 0..3 {
        let _dog = watch(format!("a feed and {given} threads"));
        let _guard = refuse_threads(move |attempt| attempt >= given);
        let all = over(0..100_u64)
            .workers(4)
            .map_feed(halve)
            .collect_unordered();
        assert_eq!(all.len(), expected(0..100).len());
    }
}

/// The input waits while the feed holds items, and is asked again afterwards.
#[test]
fn the_input_comes_after_the_feed() {
    let _dog = watch("an input that is not pulled");
    let asked = AtomicUsize::new(0);
    let first_is_done = Gate::new();
    let input = (0..3_u64).inspect(|_| {
        asked.fetch_add(1, SeqCst);
    });
    over(input)
        .workers(1)
        .map_feed(|n, feed: &Feed<u64>, _cx| {
            if n == 0 {
                (10..20).for_each(|n| feed.push(n));
            }
            if n == 10 {
                // The oldest of what the first one pushed, and so the last of it.
                assert_eq!(asked.load(SeqCst), 1);
                first_is_done.open();
            }
        })
        .run();
    assert!(first_is_done.is_open());
    assert_eq!(asked.load(SeqCst), 3);
}
