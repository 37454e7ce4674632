//! Each place where a run calls user code, at its beginning, middle and end, with one, two and many workers.

use super::common::{Census, Gauge, watch};
use super::{assert_thrown, throw, throw_nothing};
use fanout::over;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

const ITEMS: u64 = 300;
const PLACES: [u64; 3] = [0, ITEMS / 2, ITEMS - 1];
const WORKERS: [usize; 3] = [1, 2, 8];

/// Calls `run(workers, place)` for each combination and checks that the panic with the number of the place comes out.
#[track_caller]
fn everywhere(what: &str, run: impl Fn(usize, u64)) {
    let _dog = watch(what);
    for workers in WORKERS {
        for place in PLACES {
            let what = format!("{what}, {workers} workers, at {place}");
            assert_thrown(place, &what, || run(workers, place));
        }
    }
}

#[test]
fn in_the_item_function_in_every_terminal() {
    for workers in WORKERS {
        for place in PLACES {
            let _dog = watch("a panic of an item in every terminal");
            let items = Census::new();
            let inside = Gauge::new();
            // Each terminal has to panic, so it runs behind a catch that turns the panic into a count of zero.
            macro_rules! thrown {
                ($what:expr, |$run:ident| $end:expr) => {
                    thrown!($what, map, |$run| $end)
                };
                ($what:expr, $($map:ident $(($begin:expr))?).+, |$run:ident| $end:expr) => {
                    assert_thrown(place, $what, || {
                        let $run = over((0..ITEMS).map(|n| items.make(n)))
                            .workers(workers)
                            .$($map$(($begin))?).+(|item, _| {
                                let _inside = inside.enter();
                                if item.value == place {
                                    throw(place);
                                }
                            });
                        $end
                    });
                    assert_eq!(inside.inside(), 0, "{}: a call is still running", $what);
                    items.assert_all_gone();
                };
            }
            thrown!("run", |run| run.run());
            thrown!("ordered run", |run| run.ordered().run());
            thrown!("collect", |run| run.ordered().collect::<Vec<()>>());
            thrown!("collect_unordered", |run| run.collect_unordered());
            thrown!("for_each", |run| run.for_each(|()| {}));
            thrown!("ordered for_each", |run| run.ordered().for_each(|()| {}));
            thrown!("try_for_each", |run| run
                .try_for_each(|()| Ok::<(), ()>(())));
            thrown!("scope", |run| run.scope(|results| results.count()));
            thrown!("dedicated", |run| run.dedicated().run());
            thrown!("named", |run| run.name("named").run());
            thrown!("locals", local(|| ()).map, |run| run.locals());
            thrown!("merge", local(|| ()).map, |run| run.merge(|(), ()| ()));
            thrown!("indexed", |run| run.indexed().collect_unordered());
        }
    }
}

#[test]
fn in_the_item_function_over_items_in_memory() {
    everywhere("items of a vector, collected in place", |workers, place| {
        let _: Vec<u64> = over((0..ITEMS).collect::<Vec<_>>())
            .workers(workers)
            .ordered()
            .map(|n, _| if n == place { throw(n) } else { n })
            .collect();
    });
    everywhere("items of a slice", |workers, place| {
        let items: Vec<u64> = (0..ITEMS).collect();
        over(&items)
            .workers(workers)
            .map(|n, _| {
                if *n == place {
                    throw(*n)
                }
            })
            .run();
    });
}

#[test]
fn in_the_item_function_over_a_channel() {
    everywhere("items of a channel", |workers, place| {
        let (sender, receiver) = fanout::channel::unbounded();
        (0..ITEMS).for_each(|n| sender.send(n).expect("the receiver is here"));
        // The channel stays open: the panic has to wake those who wait for more.
        over(receiver)
            .workers(workers)
            .map(|n, _| {
                if n == place {
                    throw(n)
                }
            })
            .run();
        drop(sender);
    });
}

#[test]
fn in_next() {
    let asked = AtomicU64::new(0);
    let input = |place| {
        asked.store(0, SeqCst);
        std::iter::from_fn(|| Some(asked.fetch_add(1, SeqCst))).inspect(move |n| {
            if *n == place {
                throw(place)
            }
        })
    };
    // The input is endless, so the run ends by the panic or not at all; and it is never asked again.
    let check = |place| assert_eq!(asked.load(SeqCst), place + 1, "asked after its panic");
    for workers in WORKERS {
        for place in PLACES {
            let _dog = watch("a panic of next()");
            assert_thrown(place, "run", || {
                over(input(place)).workers(workers).map(|_, _| ()).run()
            });
            check(place);
            assert_thrown(place, "ordered for_each", || {
                over(input(place))
                    .workers(workers)
                    .ordered()
                    .map(|n, _| n)
                    .for_each(drop);
            });
            check(place);
            assert_thrown(place, "scope", || {
                over(input(place))
                    .workers(workers)
                    .map(|n, _| n)
                    .scope(|all| all.count())
            });
            check(place);
            assert_thrown(place, "pull_here", || {
                over(input(place))
                    .pull_here()
                    .workers(workers)
                    .map(|_, _| ())
                    .run();
            });
            check(place);
            assert_thrown(place, "over_local", || {
                fanout::over_local(input(place))
                    .workers(workers)
                    .map(|_, _| ())
                    .run();
            });
            check(place);
        }
    }
}

#[test]
fn in_the_beginning_of_a_state() {
    let _dog = watch("a panic of a state's beginning");
    for workers in [1, 2, 4] {
        for victim in 0..workers {
            let begun = AtomicU64::new(0);
            let everyone = std::sync::Barrier::new(workers);
            let begin = || {
                let number = begun.fetch_add(1, SeqCst);
                // All workers are at their beginning when one of them fails.
                everyone.wait();
                if number == victim as u64 {
                    throw(7);
                }
            };
            assert_thrown(7, "locals", || {
                over(0..)
                    .workers(workers)
                    .local(begin)
                    .map(|_: u64, _| ())
                    .locals()
            });
            begun.store(0, SeqCst);
            assert_thrown(7, "by index", || {
                over(vec![(); 5_000])
                    .workers(workers)
                    .local(begin)
                    .map(|(), _| ())
                    .run();
            });
        }
    }
}

#[test]
fn in_merge() {
    let _dog = watch("a panic of merge");
    let everyone = std::sync::Barrier::new(3);
    let states = Census::new();
    let run = || {
        over(0..3).workers(3).local(|| states.make(0)).map(|_, _| {
            everyone.wait();
        })
    };
    assert_thrown(3, "merge", || run().merge(|_, _| throw(3)));
    states.assert_all_gone();
    assert_thrown(4, "merged", || run().merge_with(|_, _| throw(4)).merged());
    states.assert_all_gone();
}

#[test]
fn in_the_consumer() {
    everywhere("for_each's closure", |workers, place| {
        over(0..)
            .workers(workers)
            .ordered()
            .map(|n, _| n)
            .for_each(|n| {
                if n == place {
                    throw(n)
                }
            });
    });
    everywhere("try_for_each's closure", |workers, place| {
        let _: Result<(), ()> = over(0..)
            .workers(workers)
            .ordered()
            .map(|n, _| n)
            .try_for_each(|n| {
                if n == place {
                    throw(n);
                }
                Ok(())
            });
    });
    everywhere("scope's closure", |workers, place| {
        over(0..)
            .workers(workers)
            .ordered()
            .map(|n, _| n)
            .scope(|results| {
                for n in results {
                    if n == place {
                        throw(n);
                    }
                }
            });
    });
}

#[test]
fn in_the_collection() {
    struct Picky;
    impl FromIterator<u64> for Picky {
        fn from_iter<I: IntoIterator<Item = u64>>(all: I) -> Self {
            for n in all {
                if n == 100 {
                    throw(100);
                }
            }
            Self
        }
    }
    let _dog = watch("a panic of a collection");
    for workers in WORKERS {
        assert_thrown(100, "collect", || {
            let _: Picky = over(0..).workers(workers).ordered().map(|n, _| n).collect();
        });
        assert_thrown(100, "collect by index", || {
            let items: Vec<u64> = (0..300).collect();
            let _: Picky = over(items)
                .workers(workers)
                .ordered()
                .map(|n, _| n)
                .collect();
        });
        assert_thrown(100, "collect_unordered_into", || {
            let _: Picky = over(0..)
                .workers(workers)
                .map(|n, _| n)
                .collect_unordered_into();
        });
    }
}

#[test]
fn in_the_callbacks() {
    let _dog = watch("a panic of a callback");
    for workers in WORKERS {
        assert_thrown(1, "on_progress", || {
            over(0..)
                .workers(workers)
                .map(|_: u64, _| ())
                .on_progress(|_| throw(1))
                .run();
        });
        assert_thrown(2, "on_worker", || {
            over(0..)
                .workers(workers)
                .map(|_: u64, _| ())
                .on_worker(|_| throw(2))
                .run();
        });
        assert_thrown(3, "on_report", || {
            over(0..100)
                .workers(workers)
                .map(|_, _| ())
                .on_report(|_| throw(3))
                .run();
        });
        assert_thrown(3, "on_report, by index", || {
            over(vec![(); 100])
                .workers(workers)
                .map(|(), _| ())
                .on_report(|_| throw(3))
                .run();
        });
        // Only one of two can be resumed, and the run's own says what went wrong.
        assert_thrown(4, "on_report after a panic", || {
            over(0..100)
                .workers(workers)
                .map(|_, _| throw_nothing(4))
                .on_report(|_| throw(5))
                .run();
        });
    }
}

#[test]
fn the_report_comes_also_after_a_panic() {
    let _dog = watch("reports after panics");
    for workers in WORKERS {
        let mut ended = Vec::new();
        assert_thrown(1, "item", || {
            over(0..100)
                .workers(workers)
                .map(|_, _| throw_nothing(1))
                .on_report(|report| ended.push(report.ended()))
                .run();
        });
        assert_thrown(2, "consumer", || {
            over(0..100)
                .workers(workers)
                .map(|_, _| ())
                .on_report(|report| ended.push(report.ended()))
                .for_each(|()| throw(2));
        });
        assert_thrown(3, "by index", || {
            over(vec![(); 100])
                .workers(workers)
                .map(|(), _| throw_nothing(3))
                .on_report(|report| ended.push(report.ended()))
                .run();
        });
        assert_eq!(ended, [fanout::Ended::Panicked; 3], "{workers} workers");
    }
}
