//! Which runs a block knows: its own, on whichever thread of the pool they were started, and no others.

use std::sync::Mutex;
use std::thread;

use super::common::{Counter, Gate, caught, payload_text, watch};
use fanout::testing::{Block, no_leaks, open_runs, this_block};
use fanout::{Stream, over};

fn endless(label: &'static str) -> Stream<u64> {
    over(0_u64..)
        .workers(2)
        .label(label)
        .map(|n, _cx| n)
        .stream()
}

#[test]
fn blocks_on_other_threads_do_not_see_it() {
    let _dog = watch("two blocks at once");
    let (open, seen) = (Gate::new(), Gate::new());
    thread::scope(|scope| {
        scope.spawn(|| {
            no_leaks(|| {
                let stream = endless("of the one");
                open.open();
                seen.wait();
                assert_eq!(open_runs().len(), 1);
                drop(stream);
            });
        });
        scope.spawn(|| {
            open.wait();
            // Both checks would find the other's stream in a count of the process.
            no_leaks(|| {
                assert!(open_runs().is_empty());
                let stream = endless("of the other");
                assert_eq!(open_runs()[0].name(), "of the other");
                drop(stream);
            });
            seen.open();
        });
    });
}

#[test]
fn many_blocks_beside_each_other() {
    let _dog = watch("blocks on eight threads");
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..50 {
                    no_leaks(|| {
                        let mut stream = over(0..50_u64).workers(3).map(|n, _cx| n).stream();
                        assert!(stream.next().is_some());
                        assert_eq!(open_runs().len(), 1);
                        drop(stream);
                        assert!(open_runs().is_empty());
                    });
                }
            });
        }
    });
}

#[test]
fn a_run_inside_a_run_belongs_to_the_block() {
    let _dog = watch("a stream that an item leaves behind");
    for workers in [1, 2, 4] {
        let left = Mutex::new(Vec::new());
        let payload = caught(|| {
            no_leaks(|| {
                over(0..8)
                    .workers(workers)
                    .label("outer")
                    .map(|n, _cx| {
                        // Two deep, so that it is a thread of the inner run that starts the innermost.
                        over(0..2)
                            .workers(2)
                            .label("inner")
                            .map(|m, _cx| {
                                if (n, m) == (3, 1) {
                                    left.lock().unwrap().push(endless("innermost"));
                                }
                            })
                            .run();
                    })
                    .run();
            });
        });
        let text = payload_text(&*payload);
        assert!(text.contains("a run that"), "{text}");
        assert!(text.contains("`innermost`, started at"), "{text}");
        assert_eq!(left.into_inner().unwrap().len(), 1);
    }
}

#[test]
fn threads_of_the_pool_leave_the_block_with_the_run() {
    let _dog = watch("kept threads, in a block and then in none");
    let runs_seen = || {
        let most = Counter::new();
        over(0..40)
            .workers(4)
            .dedicated()
            .map(|_, _cx| {
                most.add(open_runs().len());
            })
            .run();
        most.get()
    };
    no_leaks(|| assert_eq!(runs_seen(), 40));
    // The same threads, kept for this one; and in no block.
    assert_eq!(runs_seen(), 0);
}

#[test]
fn the_stages_of_a_chain_count_as_one() {
    let _dog = watch("a chain that is held");
    no_leaks(|| {
        let first = over(0_u64..).workers(2).label("first").map(|n, _cx| n + 1);
        let mut last = over(first)
            .workers(2)
            .label("last")
            .map(|n, _cx| n * 2)
            .stream();
        assert!(last.next().is_some());
        let open = open_runs();
        assert_eq!(open.len(), 1);
        assert_eq!(open[0].name(), "last");
        drop(last);
        assert!(open_runs().is_empty());
    });
}

#[test]
fn a_thread_that_is_not_covered_is_not_known() {
    let _dog = watch("a run on a thread of the test's own");
    let stream = no_leaks(|| {
        thread::scope(|scope| {
            let started = scope.spawn(|| {
                assert!(open_runs().is_empty());
                endless("elsewhere")
            });
            started.join().unwrap()
        })
    });
    drop(stream);
}

#[test]
fn a_covered_thread_is_known() {
    let _dog = watch("a covered run on a thread of the test's own");
    let mut held = None;
    let payload = caught(|| {
        no_leaks(|| {
            let block = this_block();
            held = thread::spawn(move || block.cover(|| Some(endless("elsewhere"))))
                .join()
                .unwrap();
            assert_eq!(open_runs().len(), 1);
        });
    });
    assert!(payload_text(&*payload).contains("`elsewhere`"));
}

#[test]
fn a_covered_thread_is_given_back() {
    let _dog = watch("a thread that was covered");
    no_leaks(|| {
        let outer = this_block();
        no_leaks(|| {
            let stream = outer.cover(|| endless("of the outer"));
            // Of the inner one it is none, also where the thread goes on in it.
            assert!(open_runs().is_empty());
            assert_eq!(outer.open_runs().len(), 1);
            let payload = caught(|| outer.cover(|| panic!("in the cover")));
            assert_eq!(payload_text(&*payload), "in the cover");
            let inner = endless("of the inner");
            assert_eq!(open_runs()[0].name(), "of the inner");
            assert_eq!(outer.open_runs().len(), 2);
            drop((stream, inner));
        });
    });
}

#[test]
fn outside_of_a_block_nothing_is_counted() {
    let _dog = watch("a stream outside of a block");
    let stream = endless("outside");
    assert!(open_runs().is_empty());
    let nowhere: Block = this_block();
    assert!(nowhere.cover(open_runs).is_empty());
    // It was not started in the block, so it is not the block's.
    no_leaks(|| assert!(open_runs().is_empty()));
    drop(stream);
}

#[test]
fn what_an_inner_block_leaves_is_left_by_the_outer_one() {
    let _dog = watch("a block in a block");
    let mut held = None;
    let payload = caught(|| {
        no_leaks(|| {
            let inner = caught(|| no_leaks(|| held = Some(endless("left"))));
            assert!(payload_text(&*inner).contains("`left`"));
        });
    });
    assert!(payload_text(&*payload).contains("`left`"));
    assert!(held.is_some());
}
