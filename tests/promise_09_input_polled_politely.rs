//! The input iterator is polled by one worker at a time, and never again after `None`, a panic or a stop.

mod common;

use common::{Counter, Gauge, caught, watch};
use fanout::{CancelToken, over};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};

#[test]
fn by_one_worker_at_a_time() {
    let _dog = watch("an input that counts who is inside");
    for workers in [2, 8] {
        for ordered in [false, true] {
            let inside = Gauge::new();
            let input = (0..5_000).inspect(|n| {
                let _inside = inside.enter();
                common::spin(if n % 100 == 0 { 10_000 } else { 100 });
            });
            let run = over(input).workers(workers).map(|n, _| n);
            let count = if ordered {
                run.ordered().scope(|results| results.count())
            } else {
                run.collect_unordered().len()
            };
            assert_eq!((count, inside.most()), (5_000, 1));
        }
    }
}

/// Says `None` after `left` items and counts how often it is asked.
struct Unfused<'a> {
    left: u64,
    asked_after_the_end: &'a AtomicU64,
}

impl Iterator for Unfused<'_> {
    type Item = u64;
    fn next(&mut self) -> Option<u64> {
        if self.left == u64::MAX {
            // It has more after its `None`, as an iterator may.
            self.asked_after_the_end.fetch_add(1, SeqCst);
            return Some(0);
        }
        self.left = self.left.wrapping_sub(1);
        (self.left != u64::MAX).then_some(self.left)
    }
}

#[test]
fn never_after_none() {
    let _dog = watch("an iterator that is not fused");
    for workers in [1, 2, 8] {
        for items in [0, 1, 2, 1_000] {
            let asked_after_the_end = AtomicU64::new(0);
            let input = || Unfused {
                left: items,
                asked_after_the_end: &asked_after_the_end,
            };
            let expected = items as usize;
            let run = || over(input()).workers(workers).map(|n, _| n);
            assert_eq!(run().collect_unordered().len(), expected);
            assert_eq!(run().ordered().collect::<Vec<_>>().len(), expected);
            assert_eq!(run().scope(|results| results.count()), expected);
            assert_eq!(run().pull_here().collect_unordered().len(), expected);
            let here = fanout::over_local(input()).workers(workers).map(|n, _| n);
            assert_eq!(here.collect_unordered().len(), expected);
            assert_eq!(asked_after_the_end.into_inner(), 0, "{workers} workers");
        }
    }
}

#[test]
fn never_after_a_panic() {
    let _dog = watch("an input that panics");
    for workers in [1, 2, 8] {
        let panicked = AtomicBool::new(false);
        let asked_again = AtomicBool::new(false);
        let input = || {
            std::iter::from_fn(|| {
                if panicked.swap(true, SeqCst) {
                    asked_again.store(true, SeqCst);
                }
                panic!("of the input");
                #[allow(unreachable_code)]
                Some(0)
            })
        };
        drop(caught(|| {
            over(input()).workers(workers).map(|_, _| ()).run()
        }));
        panicked.store(false, SeqCst);
        drop(caught(|| {
            fanout::over_local(input())
                .workers(workers)
                .map(|_, _| ())
                .run()
        }));
        panicked.store(false, SeqCst);
        drop(caught(|| {
            over(input())
                .workers(workers)
                .ordered()
                .map(|n, _| n)
                .scope(|mut results| {
                    drop(caught(|| results.next()));
                    assert_eq!(results.next(), None);
                    panic!("of the scope");
                })
        }));
        assert!(!asked_again.into_inner(), "{workers} workers");
    }
}

#[test]
fn never_after_a_stop() {
    let _dog = watch("an input after the stop");
    for workers in [1, 2, 8] {
        for _ in 0..50 {
            let token = CancelToken::new();
            let mut stopped = false;
            let input = (0_u64..).inspect(|n| {
                assert!(!stopped, "asked after the stop");
                if *n == 100 {
                    token.cancel();
                    // This very call is the last one.
                    stopped = true;
                }
            });
            let end = over(input)
                .workers(workers)
                .cancel_with(&token)
                .map(|_, _| ())
                .run();
            assert_eq!(end, Err(fanout::Error::Cancelled));
        }
    }
}

#[test]
fn not_before_a_terminal() {
    let fan_out = over(std::iter::from_fn(|| -> Option<u64> {
        unreachable!("nobody asked for it")
    }))
    .workers(4)
    .ordered()
    .map(|n, _| n);
    drop(fan_out);
}

#[test]
fn it_is_dropped_as_soon_as_it_has_ended() {
    let _dog = watch("the end of an input");
    struct Signals(Arc<Counter>);
    impl Iterator for Signals {
        type Item = u64;
        fn next(&mut self) -> Option<u64> {
            None
        }
    }
    impl Drop for Signals {
        fn drop(&mut self) {
            self.0.add(1);
        }
    }
    for workers in [2, 4] {
        // The item waits for it, so to drop it at the end of the run is too late. (It may hold the sender of a channel, say,
        // that somebody else reads to its end.)
        let dropped = Arc::new(Counter::new());
        let input = [1_u64].into_iter().chain(Signals(dropped.clone()));
        let seen = dropped.clone();
        let results = over(input)
            .workers(workers)
            .map(move |_, _| seen.wait_for(1))
            .stream();
        assert_eq!(results.count(), 1);
        assert_eq!(dropped.get(), 1);
    }
}

#[test]
fn an_input_that_waits_for_earlier_items_is_served() {
    let _dog = watch("a feedback loop");
    // `next` blocks until the item before was processed: the pool must neither pull ahead and hold what it has, nor wait for
    // a batch to be full.
    for workers in [1, 2, 8] {
        for ordered in [false, true] {
            let processed = Arc::new(Counter::new());
            let input =
                |processed: Arc<Counter>| (0..300_usize).inspect(move |n| processed.wait_for(*n));
            let count = processed.clone();
            let run = over(input(processed)).workers(workers).map(move |n, _| {
                count.add(1);
                n
            });
            let results = if ordered {
                run.ordered().stream()
            } else {
                run.stream()
            };
            let mut all: Vec<usize> = results.collect();
            if !ordered {
                all.sort_unstable();
            }
            assert!(
                all.into_iter().eq(0..300),
                "{workers} workers, ordered: {ordered}"
            );
        }
    }
}

#[test]
fn an_input_that_waits_for_delivered_results_is_served() {
    let _dog = watch("a feedback loop over the consumer");
    for workers in [1, 2, 8] {
        let delivered = Counter::new();
        let input = (0..300_usize).inspect(|n| delivered.wait_for(*n));
        let mut next = 0;
        over(input)
            .workers(workers)
            .dedicated()
            .ordered()
            .map(|n, _| n)
            .for_each(|n| {
                assert_eq!(n, next);
                next += 1;
                delivered.add(1);
            });
        assert_eq!(next, 300);
    }
}

#[test]
fn a_crawl_over_a_channel_that_its_items_feed() {
    let _dog = watch("a crawl");
    // Each item sends its children, so the senders are in the items: the run ends when the last one is gone.
    struct Page {
        depth: u32,
        links: fanout::channel::Sender<Page>,
    }
    for workers in [1, 2, 8] {
        let (sender, receiver) = fanout::channel::unbounded();
        sender
            .send(Page {
                depth: 10,
                links: sender.clone(),
            })
            .expect("the receiver is here");
        drop(sender);
        let pages = over(receiver)
            .workers(workers)
            .map(|page: Page, _| {
                if page.depth > 0 {
                    for _ in 0..2 {
                        let links = page.links.clone();
                        let child = Page {
                            depth: page.depth - 1,
                            links,
                        };
                        page.links.send(child).expect("the run is here");
                    }
                }
            })
            .collect_unordered();
        assert_eq!(pages.len(), 2_047);
    }
}

/// An input may wait for what became of the item before. A worker with nobody beside it pulls one at a time then, whatever
/// batch was asked for.
#[test]
fn while_it_waits_for_the_item_before() {
    let _dog = watch("an input with feedback");
    for workers in [1, 2] {
        for batch in [1, 4] {
            let done = Arc::new(Counter::new());
            let seen = done.clone();
            let input = (0..100_usize).inspect(move |n| seen.wait_for(*n));
            let results = over(input)
                .workers(workers)
                .batch(batch)
                .ordered()
                .map(move |n, _| {
                    done.add(1);
                    n
                })
                .stream();
            assert!(results.eq(0..100));
        }
    }
}
