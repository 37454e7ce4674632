//! User values that panic when they are dropped: the others are dropped all the same, and the first panic comes out.

use super::common::{Bomb, Census, Counted, caught, payload_text, watch};
use fanout::over;

const WORKERS: [usize; 3] = [1, 2, 8];

/// A value that panics when dropped, if it is the one that is meant to.
struct Mine {
    // Dropped also when the other panics.
    _counted: Counted,
    _bomb: Option<Bomb>,
}

fn values(census: &Census, bomb_at: u64) -> impl Iterator<Item = Mine> + use<'_> {
    (0..200).map(move |n| Mine {
        _counted: census.make(n),
        _bomb: (n == bomb_at).then(|| Bomb("a destructor")),
    })
}

#[track_caller]
fn assert_of_a_destructor<R>(f: impl FnOnce() -> R) {
    let payload = caught(f);
    assert_eq!(payload_text(&*payload), "a destructor");
}

#[test]
fn of_an_item_inside_the_item_function() {
    let _dog = watch("items that panic when dropped");
    for workers in WORKERS {
        for at in [0, 100, 199] {
            let census = Census::new();
            assert_of_a_destructor(|| {
                over(values(&census, at))
                    .workers(workers)
                    .map(|item, _| drop(item))
                    .run()
            });
            census.assert_all_gone();
            let all: Vec<Mine> = values(&census, at).collect();
            assert_of_a_destructor(|| over(all).workers(workers).map(|item, _| drop(item)).run());
            census.assert_all_gone();
        }
    }
}

#[test]
fn of_items_that_nobody_wants_any_more() {
    let _dog = watch("left-over items that panic when dropped");
    for workers in WORKERS {
        let census = Census::new();
        // The error leaves items behind, among them one with a bomb; a panic beats the error.
        let items: Vec<Mine> = values(&census, 150).collect();
        assert_of_a_destructor(|| {
            over(items)
                .workers(workers)
                .ordered()
                .cancel_on_error()
                .map(|_, cx| if cx.index() == 3 { Err(3) } else { Ok(()) })
                .run()
        });
        census.assert_all_gone();
        // In a window.
        let items: Vec<Mine> = values(&census, 150).collect();
        assert_of_a_destructor(|| {
            over(items)
                .workers(workers)
                .window(8)
                .ordered()
                .cancel_on_error()
                .map(|_, cx| if cx.index() == 3 { Err(3) } else { Ok(()) })
                .run()
        });
        census.assert_all_gone();
    }
}

#[test]
fn of_results_that_nobody_takes() {
    let _dog = watch("left-over results that panic when dropped");
    for workers in WORKERS {
        let census = Census::new();
        // Item 20 fails after those before it, whose results are then dropped with the collection.
        assert_of_a_destructor(|| {
            over(values(&census, 10))
                .workers(workers)
                .ordered()
                .cancel_on_error()
                .map(|item, cx| if cx.index() == 20 { Err(20) } else { Ok(item) })
                .collect::<Vec<Mine>>()
                .map(drop)
        });
        census.assert_all_gone();
        let items: Vec<Mine> = values(&census, 10).collect();
        assert_of_a_destructor(|| {
            over(items)
                .workers(workers)
                .ordered()
                .cancel_on_error()
                .map(|item, cx| if cx.index() == 20 { Err(20) } else { Ok(item) })
                .collect::<Vec<Mine>>()
                .map(drop)
        });
        census.assert_all_gone();
    }
}

#[test]
fn of_an_error_that_loses() {
    let _dog = watch("losing errors that panic when dropped");
    for _ in 0..20 {
        let everyone = std::sync::Barrier::new(4);
        let payload = caught(|| {
            over(0..4)
                .workers(4)
                .cancel_on_error()
                .map(|_, _| {
                    everyone.wait();
                    Err::<(), _>(Bomb("a destructor"))
                })
                .run()
                // The one that wins is this caller's to drop.
                .map_err(std::mem::forget)
        });
        assert_eq!(payload_text(&*payload), "a destructor");
    }
}

#[test]
fn of_the_input() {
    struct Input {
        left: u64,
        _bomb: Bomb,
    }
    impl Iterator for Input {
        type Item = u64;
        fn next(&mut self) -> Option<u64> {
            self.left = self.left.checked_sub(1)?;
            Some(self.left)
        }
    }
    let _dog = watch("an input that panics when dropped");
    let input = |left| Input {
        left,
        _bomb: Bomb("a destructor"),
    };
    for workers in WORKERS {
        // At its end, and when it is given up.
        assert_of_a_destructor(|| over(input(100)).workers(workers).map(|_, _| ()).run());
        assert_of_a_destructor(|| {
            over(input(u64::MAX))
                .workers(workers)
                .cancel_on_error()
                .map(|_, _| Err::<(), _>(()))
                .run()
        });
        assert_of_a_destructor(|| {
            fanout::over_local(input(100))
                .workers(workers)
                .map(|_, _| ())
                .run()
        });
    }
}

#[test]
fn of_a_state() {
    let _dog = watch("states that panic when dropped");
    for workers in WORKERS {
        assert_of_a_destructor(|| {
            over(0..100)
                .workers(workers)
                .local(|| Bomb("a destructor"))
                .map(|_, _| ())
                .run();
        });
        assert_of_a_destructor(|| {
            over(vec![(); 100])
                .workers(workers)
                .local(|| Bomb("a destructor"))
                .map(|(), _| ())
                .run();
        });
        assert_of_a_destructor(|| {
            over(0..100)
                .workers(workers)
                .local(|| Bomb("a destructor"))
                .map(|n, _| n)
                .scope(|results| results.count())
        });
    }
}

#[test]
fn of_a_workers_guard() {
    let _dog = watch("guards that panic when dropped");
    for workers in WORKERS {
        assert_of_a_destructor(|| {
            over(0..100)
                .workers(workers)
                .map(|_, _| ())
                .on_worker(|_| Bomb("a destructor"))
                .run();
        });
    }
}

#[test]
fn of_a_result_in_the_consumer() {
    let _dog = watch("results that panic when the consumer drops them");
    for workers in WORKERS {
        let census = Census::new();
        assert_of_a_destructor(|| {
            over(values(&census, 100))
                .workers(workers)
                .map(|item, _| item)
                .for_each(drop)
        });
        census.assert_all_gone();
    }
}

#[test]
fn a_stream_that_is_dropped_does_not_panic_for_what_is_left_in_it() {
    let _dog = watch("dropped streams over bombs");
    for workers in WORKERS {
        let census = Census::new();
        let inner = census.clone();
        let input = (0..).map(move |n| (inner.make(n), Bomb("a destructor")));
        let mut results = over(input)
            .workers(workers)
            .window(16)
            .map(|both, _| both)
            .stream();
        let first = results.next().expect("an endless input");
        drop(results);
        assert_eq!(census.alive(), 1);
        std::mem::forget(first.1);
        drop(first.0);
        census.assert_all_gone();
    }
}
