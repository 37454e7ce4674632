//! Several panics at once: exactly one comes out, the others are counted and forgotten.

use super::common::{Bomb, Counter, caught, watch};
use super::{Mine, throw};
use fanout::over;
use std::sync::Barrier;

#[test]
fn of_many_panics_one_comes_out() {
    let _dog = watch("all workers panic together");
    for workers in [2, 5, 16] {
        for _ in 0..20 {
            let everyone = Barrier::new(workers);
            let mut lost = 0;
            let payload = caught(|| {
                over(0..workers as u64)
                    .workers(workers)
                    .map(|n, _| {
                        everyone.wait();
                        throw(n);
                    })
                    .on_report(|report| lost = report.lost_panics())
                    .for_each(|()| {});
            });
            let Mine(winner) = payload.downcast_ref().expect("one of them");
            assert!(*winner < workers as u64);
            assert_eq!(lost, workers as u64 - 1);
        }
    }
}

#[test]
fn in_order_the_lowest_index_comes_out() {
    let _dog = watch("all workers of an ordered run panic together");
    for workers in [2, 5, 16] {
        for _ in 0..20 {
            let everyone = Barrier::new(workers);
            let payload = caught(|| {
                let _: Vec<()> = over(vec![(); workers])
                    .workers(workers)
                    .ordered()
                    .map(|(), cx| {
                        everyone.wait();
                        throw(cx.index());
                    })
                    .collect();
            });
            assert_eq!(payload.downcast_ref(), Some(&Mine(0)));
        }
    }
}

fn throw_bomb() {
    std::panic::panic_any(Bomb("a payload"))
}

#[test]
fn payloads_that_lose_are_not_dropped() {
    // A payload may panic when it is dropped, and nobody is left to take that panic.
    let _dog = watch("losing payloads that panic when dropped");
    for ordered in [false, true] {
        for _ in 0..20 {
            let everyone = Barrier::new(4);
            let work = |_: i32, _: &fanout::Context| {
                everyone.wait();
                throw_bomb();
            };
            let run = over(0..4).workers(4).map(work);
            let payload = caught(|| {
                if ordered {
                    run.ordered().run()
                } else {
                    run.run()
                }
            });
            std::mem::forget(payload.downcast::<Bomb>().expect("one of the four"));
        }
    }
}

#[test]
fn the_consumers_panic_comes_out_although_workers_panic_too() {
    let _dog = watch("a consumer and its workers panic");
    for _ in 0..20 {
        let consuming = Counter::new();
        let payload = caught(|| {
            over(0..4_u64)
                .workers(4)
                .map(|n, cx| {
                    if n > 0 {
                        consuming.wait_for(1);
                        // Until the consumer's panic has stopped the run.
                        let _closed = cx.done().recv();
                        throw(n);
                    }
                })
                .for_each(|()| {
                    consuming.add(1);
                    throw(100);
                });
        });
        assert_eq!(payload.downcast_ref(), Some(&Mine(100)));
    }
}

#[test]
fn a_panic_beside_a_cancellation_comes_out() {
    let _dog = watch("a panic beside a cancellation");
    for _ in 0..20 {
        let token = fanout::CancelToken::new();
        let began = Counter::new();
        let payload = caught(|| {
            over(0..2)
                .workers(2)
                .cancel_with(&token)
                .map(|n, cx| {
                    began.add(1);
                    began.wait_for(2);
                    if n == 0 {
                        token.cancel();
                    } else {
                        let _closed = cx.done().recv();
                        throw(9);
                    }
                })
                .run()
        });
        assert_eq!(payload.downcast_ref(), Some(&Mine(9)));
    }
}
