//! Numbers of workers, windows and batches: what they bound, and what is refused.

use std::sync::Barrier;

use fanout::over;

use crate::common::{Census, Gauge, caught, payload_text, watch};

#[test]
fn workers_may_be_more_than_cores() {
    let _dog = watch("many workers");
    for workers in [1, 2, 17] {
        let meeting = Barrier::new(workers);
        let inside = Gauge::new();
        over(0..workers * 2)
            .workers(workers)
            .map(|_, _cx| {
                let _inside = inside.enter();
                meeting.wait();
            })
            .run();
        assert_eq!((inside.most(), inside.entered()), (workers, workers * 2));
    }
}

/// A window of one still ends, with any number of workers and either order.
#[test]
fn a_window_bounds_what_is_alive() {
    let _dog = watch("small windows");
    for window in [1, 2, 5] {
        let census = Census::new();
        let items = (0..200).map(|n| census.make(n));
        let run = over(items).workers(3).window(window).ordered();
        let mut next = 0;
        run.map(|item, _cx| item).for_each(|item| {
            assert_eq!(item.value, next);
            next += 1;
        });
        assert_eq!(next, 200);
        // One more is in the consumer's hand.
        assert!(census.most() <= window + 1, "{} in {window}", census.most());
        let items = (0..200).map(|n| census.make(n));
        let run = over(items).workers(3).window(window).map(|item, _cx| item);
        assert_eq!(run.collect_unordered().len(), 200);
        census.assert_all_gone();
    }
}

#[test]
fn batches_change_no_result() {
    let _dog = watch("batches");
    for batch in [1, 2, 7, 64] {
        let vec: Vec<u32> = (0..300).collect();
        let all: Vec<u32> = over(&vec)
            .workers(3)
            .ordered()
            .batch(batch)
            .map(|n, _cx| *n)
            .collect();
        assert_eq!(all, vec);
        let all: Vec<u32> = over(0..300)
            .workers(3)
            .ordered()
            .batch(batch)
            .window(64)
            .map(|n, _cx| n)
            .stream()
            .collect();
        assert_eq!(all, vec);
    }
}

/// What is left of a batch can be taken by others: items of one batch may meet.
#[test]
fn a_batch_holds_no_items_up() {
    let _dog = watch("items of one batch that meet");
    let meeting = Barrier::new(3);
    over(vec![(); 3])
        .workers(3)
        .batch(3)
        .map(|(), _cx| {
            meeting.wait();
        })
        .run();
    over((0..3).filter(|_| true))
        .workers(3)
        .batch(3)
        .map(|_, _cx| {
            meeting.wait();
        })
        .run();
}

/// Refused before anything starts, by a panic that names the option.
#[test]
fn what_can_only_go_wrong_is_refused() {
    fn refused(option: &str, refused: impl Fn()) {
        let payload = caught(refused);
        let text = payload_text(&*payload);
        assert!(text.contains(&format!("`{option}`")), "{option}: {text}");
    }
    let _dog = watch("options out of range");
    let run = || {
        let polled = std::iter::from_fn(|| -> Option<u32> { panic!("the input was asked") });
        over(polled).map(|n, _cx| n)
    };
    refused("workers", || drop(run().workers(0).collect_unordered()));
    refused("workers", || {
        drop(run().workers(0).ordered().collect::<Vec<_>>())
    });
    refused("workers", || run().workers((1 << 16) + 1).for_each(drop));
    refused("workers", || drop(run().workers(usize::MAX).stream()));
    refused("name", || drop(run().name("a\0b").stream()));
    refused("window", || run().window(0).for_each(drop));
    refused("window", || run().window((1 << 24) + 1).for_each(drop));
    refused("window", || run().window(usize::MAX).for_each(drop));
    refused("batch", || drop(run().batch(0).stream()));
    refused("batch", || drop(run().batch(usize::MAX).stream()));
    refused("batch", || run().batch(3).window(2).scope(|_| ()));
    refused("stack_size", || {
        drop(run().stack_size(0).collect_unordered())
    });
    refused("workers", || over([1]).workers(0).map(|_, _cx| ()).run());
    refused("workers", || {
        drop(over([1]).workers(0).local(|| ()).map(|_, _| ()).locals())
    });
    refused("workers", || {
        let run = over([1]).workers(0).local(|| ()).map(|_, _| ());
        run.merge(|(), ()| ())
    });
    refused("workers", || {
        let run = over([1]).workers(0).ordered().local(|| ()).map(|n, _| n);
        let (_, _): (Vec<_>, _) = run.collect_with_locals();
    });
    refused("workers", || {
        let stage = over([1]).workers(0).map(|n, _cx| n);
        over(stage).workers(2).map(|_, _cx| ()).run();
    });
}

#[test]
fn the_largest_window_is_fine() {
    let _dog = watch("a window of 2^24");
    let run = over(0..100).workers(2).window(1 << 24).batch(1 << 24);
    let all: Vec<u32> = run.ordered().map(|n, _cx| n).collect();
    assert!(all.into_iter().eq(0..100));
}
