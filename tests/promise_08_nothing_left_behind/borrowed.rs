//! Runs over borrowed data are over before the borrow is, whatever is done to what they lend.

use super::common::{Counter, Gauge, caught, watch};
use fanout::over;

#[test]
fn a_forgotten_scoped_stream_is_waited_for() {
    let _dog = watch("a scope whose stream is forgotten");
    for workers in [1, 2, 5] {
        let calls = Gauge::new();
        let began = Counter::new();
        over(0_u64..)
            .workers(workers)
            .dedicated()
            .map(|_, _| {
                let _inside = calls.enter();
                began.add(1);
                super::common::spin(2_000);
            })
            .scope(|results| {
                began.wait_for(3);
                std::mem::forget(results);
            });
        assert_eq!(calls.inside(), 0);
        let after = calls.entered();
        std::thread::yield_now();
        assert_eq!(calls.entered(), after);
    }
}

#[test]
fn a_slow_item_is_waited_for_when_another_panics() {
    // What rust-lang/rust#157969 was about: the caller's frame must not go while a job still writes to it.
    let _dog = watch("a slow item beside a panic");
    for ordered in [false, true] {
        for _ in 0..30 {
            let began = Counter::new();
            let mut places = [0_u64; 3];
            let payload = caught(|| {
                let run = over(places.iter_mut()).workers(3).map(|place, cx| {
                    began.add(1);
                    began.wait_for(3);
                    assert_ne!(cx.index(), 1, "on purpose");
                    // The others go on for a while after the stop has come.
                    if cx.index() == 2 {
                        let _closed = cx.done().recv();
                    }
                    super::common::spin(300_000);
                    *place = 1;
                });
                if ordered {
                    run.ordered().run()
                } else {
                    run.run()
                }
            });
            drop(payload);
            assert_eq!(places, [1, 0, 1]);
        }
    }
}

#[test]
fn results_may_borrow_and_read_what_they_borrow_when_dropped() {
    struct Reads<'a>(&'a [u64], &'a Counter);
    impl Drop for Reads<'_> {
        fn drop(&mut self) {
            self.1.add(self.0.iter().sum::<u64>() as usize);
        }
    }
    let _dog = watch("results that read in their drop");
    for workers in [1, 2, 5] {
        let sum = Counter::new();
        {
            let data: Vec<u64> = vec![1; 400];
            let lent = data.chunks(4);
            over(lent)
                .workers(workers)
                .window(10)
                .map(|chunk, _| Reads(chunk, &sum))
                .scope(|mut results| drop(results.next()));
            let all: Vec<Reads<'_>> = over(&data)
                .workers(workers)
                .ordered()
                .map(|one, _| Reads(std::slice::from_ref(one), &sum))
                .collect();
            assert_eq!(all.len(), 400);
        }
        assert!(sum.get() >= 404, "{}", sum.get());
    }
}
