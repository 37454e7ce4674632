//! What is reported, and what is not.

use super::common::{Gate, caught, payload_text, watch};
use fanout::testing::{no_leaks, open_runs};
use fanout::{fan_out, over};

/// Endless, so that a stream of it is never over by itself.
#[fan_out(workers = 2, window = 4)]
fn doubled(n: u64) -> u64 {
    n * 2
}

/// `file:line` of a call on the given line of this file.
fn on_line(line: u32) -> String {
    format!("{}:{line}:", file!())
}

#[test]
fn a_stream_that_is_held_is_named_with_its_place() {
    let _dog = watch("a block that leaves a stream behind");
    let mut held = None;
    let mut line = 0;
    let payload = caught(|| {
        no_leaks(|| {
            line = line!() + 1;
            let mut stream = doubled(0..).stream();
            stream.next();
            held = Some(stream);
        });
    });
    let text = payload_text(&*payload);
    assert!(
        text.contains("a run that was started in this block"),
        "{text}"
    );
    assert!(text.contains("`doubled`"), "{text}");
    assert!(text.contains(&on_line(line)), "{text}");
    // The check has not touched it.
    assert!(held.is_some_and(|mut stream| stream.next().is_some()));
}

#[test]
fn a_stream_that_is_forgotten_is_named() {
    let _dog = watch("a block that forgets a stream");
    let payload = caught(|| no_leaks(|| std::mem::forget(doubled(0..).stream())));
    let text = payload_text(&*payload);
    assert!(text.contains("`doubled`, started at"), "{text}");
}

#[test]
fn a_stream_that_the_block_returns_is_one_that_it_leaves() {
    let _dog = watch("a block that returns a stream");
    let payload = caught(|| drop(no_leaks(|| doubled(0..).stream())));
    assert!(payload_text(&*payload).contains("`doubled`"));
}

#[test]
fn each_of_several_is_named() {
    let _dog = watch("a block that leaves two streams");
    let mut held = Vec::new();
    let payload = caught(|| {
        no_leaks(|| {
            held.push(doubled(0..).stream());
            held.push(over(0_u64..).label("by hand").map(|n, _cx| n).stream());
            held.push(over(0_u64..).map(|n, _cx| n).stream());
            drop(held.remove(0));
        });
    });
    let text = payload_text(&*payload);
    assert!(text.contains("2 runs"), "{text}");
    assert!(text.contains("`by hand`, started at"), "{text}");
    assert!(text.contains("a run without a label, started at"), "{text}");
    assert!(!text.contains("`doubled`"), "{text}");
}

#[test]
fn runs_that_are_over_are_not_reported() {
    let _dog = watch("blocks that leave nothing");
    for workers in [1, 2, 5] {
        no_leaks(|| {
            in_every_terminal!(
                over(vec![(); 20]).workers(workers).map(|(), _cx| ()),
                |terminal, _: usize| assert!(open_runs().is_empty(), "{terminal}")
            );
            in_every_silent_terminal!(
                over(0..20).workers(workers),
                |_, _cx: &fanout::Context| (),
                |terminal| assert!(open_runs().is_empty(), "{terminal}")
            );
        });
    }
}

#[test]
fn a_stream_at_its_end_is_over_although_it_is_held() {
    let _dog = watch("a stream that is held after its end");
    let mut held = None;
    let sum = no_leaks(|| {
        let stream = held.insert(over(0..10_u64).ordered().map(|n, _cx| n).stream());
        stream.sum::<u64>()
    });
    assert_eq!(sum, 45);
}

#[test]
fn a_stream_that_is_stopped_is_open_until_its_workers_are_gone() {
    let _dog = watch("a stream that was stopped");
    no_leaks(|| {
        let mut stream = doubled(0..).stream();
        stream.next();
        stream.stop();
        assert_eq!(open_runs().len(), 1);
        assert_eq!(stream.finish(), Ok(()));
        assert!(open_runs().is_empty());
    });
}

#[test]
fn an_error_and_a_panic_of_an_item_leave_nothing() {
    let _dog = watch("runs that fail");
    no_leaks(|| {
        let failing = over(0_u64..)
            .workers(3)
            .cancel_on_error()
            .map(|n, _cx| if n == 40 { Err(n) } else { Ok(n) });
        assert_eq!(failing.for_each(|_| ()), Err(40));
        let payload = caught(|| {
            let panicking = over(0_u64..)
                .workers(3)
                .map(|n, _cx| assert!(n < 40, "at {n}"));
            panicking.run();
        });
        assert!(payload_text(&*payload).starts_with("at "));
    });
}

#[test]
fn a_panic_of_the_block_comes_through_unchanged() {
    let _dog = watch("a block that panics");
    let payload = caught(|| {
        no_leaks(|| {
            let mut stream = doubled(0..).stream();
            stream.next();
            std::panic::panic_any(7_u8);
        });
    });
    assert_eq!(payload.downcast_ref(), Some(&7_u8));
    // And the thread is in no block any more.
    let stream = doubled(0..).stream();
    assert!(open_runs().is_empty());
    drop(stream);
}

#[test]
fn a_run_that_its_own_item_ends_is_waited_for() {
    let _dog = watch("a stream that is dropped by an item of its own run");
    for _ in 0..50 {
        no_leaks(|| {
            let (give, take) = fanout::channel::bounded(1);
            let dropped = std::sync::Arc::new(Gate::new());
            let tell = dropped.clone();
            let stream = over(0_u64..)
                .workers(2)
                .map(move |n, _cx| {
                    if n == 0 {
                        let stream: fanout::Stream<()> = take.recv().expect("it is sent");
                        drop(stream);
                        tell.open();
                    }
                })
                .stream();
            give.send(stream).expect("the run has the other end");
            dropped.wait();
            // The last worker ends the run, at some time after this.
        });
    }
}

#[test]
fn the_place_is_the_callers_in_every_terminal() {
    let _dog = watch("the places of the terminals");
    // Looks from inside: an item of the run, on whichever thread it is.
    fn here(line: u32) -> impl Fn() {
        move || {
            let open = open_runs();
            assert_eq!(open.len(), 1);
            assert_eq!(open[0].started_at().file(), file!());
            assert_eq!(open[0].started_at().line(), line);
            assert_eq!(open[0].name(), "seen");
            assert!(open[0].threads() <= 3);
        }
    }
    no_leaks(|| {
        for workers in [1, 3] {
            macro_rules! seen {
                ($input:expr, $look:ident) => {
                    over($input)
                        .workers(workers)
                        .label("seen")
                        .local(|| ())
                        .map(move |_, _w| $look())
                };
            }
            let look = here(line!() + 1);
            seen!(0..20, look).run();
            let look = here(line!() + 1);
            seen!(vec![0; 20], look).run();
            let look = here(line!() + 1);
            let _: Vec<()> = seen!([0; 20], look).ordered().collect();
            let look = here(line!() + 1);
            seen!(0..20, look).for_each(|()| ());
            let look = here(line!() + 1);
            let _: Result<(), ()> = seen!(0..20, look).try_for_each(|()| Ok(()));
            let look = here(line!() + 1);
            seen!(0..20, look).collect_unordered();
            let look = here(line!() + 1);
            seen!(0..20, look).locals();
            let look = here(line!() + 1);
            seen!(0..20, look).merge(|(), ()| ());
            let look = here(line!() + 1);
            seen!(0..20, look).scope(|results| results.count());
            let look = here(line!() + 1);
            seen!(0..20, look).stream().count();
            let look = here(line!() + 1);
            for () in seen!(0..20, look) {}
        }
    });
}
