//! Options of the attribute that a run shows, and hooks at the call.

use std::collections::HashSet;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use fanout::{CancelReason, Context, Ended, fan_out};

use crate::common::{Counter, Gate, watch};

#[fan_out(workers = 3, window = 8, batch = 2)]
fn triple(n: u64) -> u64 {
    n * 3
}

#[test]
fn hooks_at_the_call() {
    let _dog = watch("hooks");
    let finished = Counter::new();
    let workers = Mutex::new(HashSet::new());
    let mut report = None;
    let mut sum = 0;
    triple((0..100).collect::<Vec<_>>())
        .on_worker(|worker| workers.lock().expect("no panic").insert(worker))
        .on_progress(|progress| {
            assert_eq!(progress.total, Some(100));
            finished.add(1);
        })
        .on_report(|told| report = Some(told.clone()))
        .for_each(|n| sum += n);
    assert_eq!(sum, (0..100).map(|n| n * 3).sum());
    assert!(finished.get() > 0);
    let report = report.expect("it was run");
    // The name of the function is that of the run.
    assert_eq!(report.name(), "triple");
    assert_eq!((report.asked_workers(), report.items()), (3, 100));
    assert_eq!(report.ended(), Ended::Completed);
    assert!((1..=8).contains(&report.window_high_water()));
    assert!(
        workers
            .into_inner()
            .expect("no panic")
            .iter()
            .all(|worker| *worker < 3)
    );
}

/// What the call says goes before what the attribute says.
#[test]
fn the_call_adjusts() {
    let _dog = watch("options at the call");
    let mut report = None;
    triple(0..50)
        .workers(1)
        .window(2)
        .batch(1)
        .dedicated()
        .on_report(|told| report = Some(told.clone()))
        .for_each(drop);
    let report = report.expect("it was run");
    assert_eq!(report.asked_workers(), 1);
    assert!((1..=2).contains(&report.window_high_water()));
}

#[fan_out(workers = 2, ordered, item_timeout = "1ms")]
fn late(_n: u32, #[ctx] cx: &Context) -> Option<CancelReason> {
    let slept = cx.sleep(Duration::from_secs(3600));
    slept.err().map(|cancelled| cancelled.reason())
}

/// `item_timeout` changes no type, and stops no run.
#[test]
fn an_item_timeout_is_the_items_own() {
    let _dog = watch("items with a timeout");
    let all: Vec<Option<CancelReason>> = late([1, 2, 3]).collect();
    assert_eq!(all, [Some(CancelReason::ItemDeadline); 3]);
    // The call can only make it shorter.
    let long = Duration::from_secs(3600);
    let all: Vec<Option<CancelReason>> = late([1]).item_timeout(long).collect();
    assert_eq!(all, [Some(CancelReason::ItemDeadline)]);
}

#[fan_out(workers = 2, ordered, item_timeout = Duration::from_secs(3600), timeout = "2h")]
fn told(before: Instant, #[ctx] cx: &Context) -> (u64, usize, bool) {
    let hour = Duration::from_secs(3600);
    let deadline = cx.deadline().expect("two are given");
    let earlier = deadline >= before + hour && deadline <= Instant::now() + hour;
    (
        cx.index(),
        cx.worker(),
        earlier && cx.remaining() <= Some(hour),
    )
}

#[test]
fn the_context_tells_the_earlier_deadline() {
    let _dog = watch("two deadlines");
    let all: Vec<(u64, usize, bool)> = told([Instant::now(); 3]).collect().expect("in time");
    for (at, (index, worker, earlier)) in (0..).zip(all) {
        assert!(index == at && worker < 2 && earlier);
    }
}

#[fan_out(workers = 2)]
fn wait(n: u64, #[shared] begun: &Gate, #[ctx] cx: &Context) {
    if n == 0 {
        begun.open();
    }
    assert!(
        cx.done().recv().is_err(),
        "it is closed, and never has a message"
    );
}

#[test]
fn the_context_hears_a_token_of_the_call() {
    let _dog = watch("items that wait for the token");
    let (token, begun) = (fanout::CancelToken::new(), Gate::new());
    let end = std::thread::scope(|scope| {
        scope.spawn(|| {
            begun.wait();
            token.cancel();
        });
        wait(0.., &begun).cancel_with(&token).run()
    });
    assert_eq!(end, Err(fanout::Error::Cancelled));
}

#[fan_out(workers = 2, name = "scan", stack_size = 64 << 20)]
fn deep(frames: u32) -> (u64, bool) {
    fn go(frames: u32) -> u64 {
        let frame = std::hint::black_box([u64::from(frames); 1024]);
        match frames {
            0 => 0,
            _ => go(frames - 1) + frame[(frames % 1024) as usize],
        }
    }
    let named = std::thread::current()
        .name()
        .is_some_and(|name| name.starts_with("scan-"));
    (go(frames), named)
}

#[test]
fn own_threads() {
    let _dog = watch("own threads");
    // 16 MiB of frames.
    assert_eq!(
        deep([2000, 2000]).collect_unordered(),
        [(2_001_000, true); 2]
    );
}

#[fan_out(workers = 3, cpu_bound)]
fn square(n: u64) -> u64 {
    n * n
}

#[test]
fn cpu_bound() {
    let _dog = watch("cpu_bound");
    let sum: u64 = square(0..500).collect_unordered().into_iter().sum();
    assert_eq!(sum, (0..500).map(|n| n * n).sum());
}
