//! The end of a run, by every terminal and for every reason.

use super::common::{Census, Counted, Gauge, caught, watch};
use fanout::{CancelToken, Context, over};
use std::time::Duration;

/// What stays behind, if anything does.
#[derive(Default)]
struct Traces {
    items: Census,
    states: Census,
    guards: Census,
    calls: Gauge,
}

impl Traces {
    fn call(&self, item: &Counted, _: &Context) {
        let _inside = self.calls.enter();
        super::common::spin(item.value % 7 * 300);
    }

    #[track_caller]
    fn assert_none(&self, run: &str) {
        assert_eq!(self.calls.inside(), 0, "{run}: a call is running");
        self.items.assert_all_gone();
        self.states.assert_all_gone();
        self.guards.assert_all_gone();
    }
}

const WORKERS: [usize; 3] = [1, 2, 6];

/// Defines a function that ends a run in every terminal, over what `$input` makes of a vector.
macro_rules! nothing_left {
    ($name:ident, $input:expr) => {
        #[test]
        fn $name() {
            for workers in WORKERS {
                let _dog = watch("ends of runs");
                let traces = Traces::default();
                let make = || (0..200).map(|n| traces.items.make(n)).collect::<Vec<_>>();
                in_every_terminal!(
                    over($input(make()))
                        .workers(workers)
                        .on_worker(|_| traces.guards.make(0))
                        .map(|item, cx| traces.call(&item, cx)),
                    |terminal: &str, delivered: usize| {
                        assert_eq!(delivered, 200, "{terminal}");
                        traces.assert_none(terminal);
                    }
                );
                in_every_silent_terminal!(
                    over($input(make())).workers(workers),
                    |item, cx| traces.call(&item, cx),
                    |terminal: &str| traces.assert_none(terminal)
                );
                over($input(make()))
                    .workers(workers)
                    .local(|| traces.states.make(0))
                    .map(|item, worker| traces.call(&item, worker.cx))
                    .run();
                traces.assert_none("run with states");
            }
        }
    };
}

nothing_left!(of_an_iterator, Vec::into_iter);
nothing_left!(of_a_vector, |items: Vec<Counted>| items);
nothing_left!(of_a_channel, |items: Vec<Counted>| {
    let (sender, receiver) = fanout::channel::unbounded();
    for item in items {
        sender.send(item).expect("the receiver is here");
    }
    receiver
});

nothing_left!(of_a_stage, |items: Vec<Counted>| {
    over(items.into_iter())
        .workers(2)
        .ordered()
        .map(|item, _| item)
});

#[test]
fn after_an_error() {
    let _dog = watch("runs that fail");
    for workers in WORKERS {
        for at in [0, 50, 199] {
            let traces = Traces::default();
            let make = || (0..200).map(|n| traces.items.make(n)).collect::<Vec<_>>();
            let work = |item: Counted, cx: &Context| {
                traces.call(&item, cx);
                if item.value == at {
                    Err(item)
                } else {
                    Ok(item)
                }
            };
            let failed: Result<Vec<Counted>, Counted> = over(make())
                .workers(workers)
                .ordered()
                .cancel_on_error()
                .map(work)
                .collect();
            assert_eq!(failed.expect_err("one fails").value, at);
            traces.assert_none("collect by index");
            let failed = over(make().into_iter())
                .workers(workers)
                .cancel_on_error()
                .map(work)
                .collect_unordered();
            assert_eq!(failed.expect_err("one fails").value, at);
            traces.assert_none("collect_unordered");
            let failed = over(make().into_iter())
                .workers(workers)
                .ordered()
                .cancel_on_error()
                .map(work)
                .for_each(drop);
            assert_eq!(failed.expect_err("one fails").value, at);
            traces.assert_none("for_each");
        }
    }
}

#[test]
fn after_a_panic() {
    let _dog = watch("runs that panic");
    for workers in WORKERS {
        for at in [0, 50, 199] {
            let traces = Traces::default();
            let make = || (0..200).map(|n| traces.items.make(n)).collect::<Vec<_>>();
            let work = |item: Counted, cx: &Context| {
                traces.call(&item, cx);
                assert_ne!(item.value, at);
                item
            };
            drop(caught(|| {
                over(make())
                    .workers(workers)
                    .ordered()
                    .map(work)
                    .collect::<Vec<_>>()
            }));
            traces.assert_none("collect by index");
            drop(caught(|| {
                over(make().into_iter())
                    .workers(workers)
                    .map(work)
                    .collect_unordered()
            }));
            traces.assert_none("collect_unordered");
            drop(caught(|| {
                over(make()).workers(workers).map(work).for_each(drop)
            }));
            traces.assert_none("for_each");
        }
    }
}

#[test]
fn after_a_token_and_a_deadline() {
    let _dog = watch("runs that are stopped from outside");
    for workers in WORKERS {
        let traces = Traces::default();
        let make = || (0..5_000).map(|n| traces.items.make(n)).collect::<Vec<_>>();
        let token = CancelToken::new();
        let work = |item: Counted, cx: &Context| {
            traces.call(&item, cx);
            if item.value == 70 {
                token.cancel();
            }
            item
        };
        let stopped = over(make())
            .workers(workers)
            .ordered()
            .cancel_with(&token)
            .map(work)
            .collect::<Vec<_>>();
        assert!(stopped.is_err());
        traces.assert_none("collect by index");
        let sleeping = |item: Counted, cx: &Context| {
            traces.call(&item, cx);
            super::common::until_stopped(cx);
            item
        };
        let limit = Duration::from_millis(5);
        let stopped = over(make())
            .workers(workers)
            .timeout(limit)
            .map(sleeping)
            .collect_unordered();
        assert!(stopped.is_err());
        traces.assert_none("collect_unordered");
    }
}

#[test]
fn after_a_collection_that_did_not_take_everything() {
    struct Few;
    impl FromIterator<Counted> for Few {
        fn from_iter<I: IntoIterator<Item = Counted>>(all: I) -> Self {
            assert_eq!(all.into_iter().take(3).count(), 3);
            Self
        }
    }
    let _dog = watch("a collection that takes three");
    for workers in WORKERS {
        let traces = Traces::default();
        let make = || (0..200).map(|n| traces.items.make(n)).collect::<Vec<_>>();
        let Few = over(make())
            .workers(workers)
            .ordered()
            .map(|item, _| item)
            .collect();
        traces.assert_none("by index");
        let Few = over(make().into_iter())
            .workers(workers)
            .ordered()
            .map(|item, _| item)
            .collect();
        traces.assert_none("in order");
        let Few = over(make().into_iter())
            .workers(workers)
            .map(|item, _| item)
            .collect_unordered_into();
        traces.assert_none("in any order");
    }
}

#[test]
fn of_a_fan_out_that_is_never_started() {
    let items = Census::new();
    let input: Vec<Counted> = (0..10).map(|n| items.make(n)).collect();
    let never = over(input).workers(4).ordered().map(|item, _| item);
    assert_eq!(items.alive(), 10);
    drop(never);
    items.assert_all_gone();
}
