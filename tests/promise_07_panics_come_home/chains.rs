//! Panics in a stage come out of the last terminal.

use super::common::{Census, watch};
use super::{assert_thrown, throw};
use fanout::over;

const WORKERS: [usize; 3] = [1, 2, 5];

#[test]
fn of_the_first_middle_and_last_stage() {
    let _dog = watch("panics in chains");
    for workers in WORKERS {
        for place in [0, 40, 299] {
            for stage in 0..4 {
                let census = Census::new();
                let throw_in = |here: u64, n: u64| {
                    if here == stage && n == place {
                        throw(place);
                    }
                };
                let what = format!("stage {stage} at {place}, {workers} workers");
                assert_thrown(place, &what, || {
                    let input = (0..300)
                        .inspect(|n| throw_in(0, *n))
                        .map(|n| census.make(n));
                    let first = over(input).workers(workers).ordered().map(|item, _| {
                        throw_in(1, item.value);
                        item
                    });
                    let second = over(first).workers(workers).map(|item, _| {
                        throw_in(2, item.value);
                        item
                    });
                    over(second)
                        .workers(workers)
                        .map(|item, _| throw_in(3, item.value))
                        .run();
                });
                census.assert_all_gone();
            }
        }
    }
}

#[test]
fn in_order_what_came_before_it_is_delivered() {
    let _dog = watch("an ordered chain that panics");
    for workers in WORKERS {
        let mut delivered = Vec::new();
        assert_thrown(50, "for_each", || {
            let first = over(0..).workers(workers).ordered().map(|n, _| {
                if n == 50 {
                    throw(50);
                }
                n
            });
            over(first)
                .workers(workers)
                .ordered()
                .map(|n, _| n)
                .for_each(|n| delivered.push(n));
        });
        assert!(delivered.into_iter().eq(0..50), "{workers} workers");
    }
}

#[test]
fn of_the_consumer_of_a_chain() {
    let _dog = watch("a consumer of a chain that panics");
    for workers in WORKERS {
        let census = Census::new();
        assert_thrown(3, "for_each", || {
            let first = over((0..).map(|n| census.make(n)))
                .workers(workers)
                .map(|item, _| item);
            over(first)
                .workers(workers)
                .map(|item, _| item)
                .for_each(|_| throw(3));
        });
        census.assert_all_gone();
    }
}
