//! The report: what it says about each way in which a run can end.

use std::sync::Barrier;
use std::time::Duration;

use fanout::{CancelToken, Ended, Report, over};

use crate::common::{Counter, Gate, caught, watch};

/// The report of what `$run` does, whatever comes of it.
macro_rules! report_of {
    ($run:expr, |$fan_out:ident| $end:expr) => {{
        let mut report: Option<Report> = None;
        {
            let $fan_out = $run.on_report(|told| report = Some(told.clone()));
            let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                let _ = $end;
            }));
        }
        report.expect("a run that was started reports")
    }};
}

#[test]
fn a_complete_run() {
    let _dog = watch("a complete run");
    let meeting = Barrier::new(3);
    let report = report_of!(
        over(vec![(); 3]).workers(3).label("three").map(|(), _cx| {
            meeting.wait();
        }),
        |run| run.run()
    );
    assert_eq!(report.name(), "three");
    assert_eq!(report.asked_workers(), 3);
    assert_eq!(report.started_workers(), 3);
    assert!(!report.refused_workers());
    assert_eq!(report.items_per_worker(), [1, 1, 1]);
    assert_eq!(report.items(), 3);
    assert_eq!(report.busy_time().len(), 3);
    assert_eq!((report.lost_panics(), report.lost_errors()), (0, 0));
    assert_eq!(report.ended(), Ended::Completed);
}

/// No thread was asked for, so none was refused; and the worker's time is that of the items, not of the consumer.
#[test]
fn a_run_on_the_calling_thread() {
    let _dog = watch("a run on the calling thread");
    let nap = Duration::from_millis(30);
    let report = report_of!(over(0..2).workers(1).map(|n, _cx| n), |run| run
        .for_each(|_| std::thread::sleep(nap)));
    assert!(!report.refused_workers());
    assert_eq!(report.started_workers(), 1);
    assert!(report.busy_time()[0] < nap, "{:?}", report.busy_time());
    let report = report_of!(
        over([1]).workers(1).map(|_, _cx| std::thread::sleep(nap)),
        |run| run.run()
    );
    assert!(report.busy_time()[0] >= nap, "{:?}", report.busy_time());
}

#[test]
fn items_and_workers_add_up() {
    let _dog = watch("reports");
    for workers in 1..=5 {
        for len in [0, 1, 2, 1000_u64] {
            let report = report_of!(over(0..len).workers(workers).map(|n, _cx| n), |run| run
                .collect_unordered());
            assert_eq!(report.name(), "");
            assert_eq!(report.asked_workers(), workers);
            assert!(report.started_workers() <= workers);
            assert_eq!(report.items(), len);
            let with_items = report.items_per_worker().iter().filter(|n| **n > 0).count();
            assert!(with_items <= report.started_workers());
            assert!(report.busy_time().len() <= workers);
            assert_eq!(report.ended(), Ended::Completed);
        }
    }
}

/// Time inside the item function is counted for the worker that spent it.
#[test]
fn busy_time_is_the_items() {
    let _dog = watch("busy time");
    let long = Duration::from_millis(3);
    let meeting = Barrier::new(2);
    let report = report_of!(
        over(vec![(); 2]).workers(2).map(|(), _cx| {
            meeting.wait();
            std::thread::sleep(long);
        }),
        |run| run.run()
    );
    assert!(
        report.busy_time().iter().all(|time| *time >= long),
        "{report:?}"
    );
}

#[test]
fn the_window_is_not_exceeded() {
    let _dog = watch("windows");
    for ordered in [false, true] {
        for window in [1, 3, 20] {
            let run = over(0..500).workers(3).window(window).map(|n, _cx| n);
            let report = if ordered {
                report_of!(run.ordered(), |run| run
                    .for_each(|_| std::thread::yield_now()))
            } else {
                report_of!(run, |run| run.for_each(|_| std::thread::yield_now()))
            };
            assert!(
                (1..=window).contains(&report.window_high_water()),
                "{report:?}"
            );
        }
    }
}

#[test]
fn each_way_to_end() {
    let _dog = watch("ways to end");
    let run = || over(0..100_u32).workers(2);
    let ended = |report: Report| report.ended();

    let failing = run()
        .cancel_on_error()
        .map(|n, _cx| if n == 5 { Err(n) } else { Ok(n) });
    assert_eq!(
        ended(report_of!(failing, |run| run.collect_unordered())),
        Ended::Failed
    );

    let panicking = run().map(|n, _cx| match n {
        5 => std::panic::resume_unwind(Box::new(n)),
        n => n,
    });
    assert_eq!(
        ended(report_of!(panicking, |run| run.collect_unordered())),
        Ended::Panicked
    );

    let token = CancelToken::new();
    let cancelled = run().cancel_with(&token).map(|n, _cx| {
        if n == 5 {
            token.cancel();
        }
    });
    assert_eq!(
        ended(report_of!(cancelled, |run| run.run())),
        Ended::Cancelled
    );

    let late = run().timeout(Duration::ZERO).map(|n, _cx| n);
    assert_eq!(
        ended(report_of!(late, |run| run.collect_unordered())),
        Ended::DeadlineExceeded
    );

    let left = over(0_u64..).workers(2).map(|n, _cx| n);
    assert_eq!(
        ended(report_of!(left, |run| run.scope(|mut all| all.next()))),
        Ended::Stopped
    );
    let left = over(0_u64..).workers(2).map(|n, _cx| n);
    assert_eq!(
        ended(report_of!(left, |run| run.try_for_each(Err))),
        Ended::Stopped
    );
    // A consumer that panics is user code too.
    let left = over(0_u64..).workers(2).map(|n, _cx| n);
    let panics = |_| std::panic::resume_unwind(Box::new(()));
    assert_eq!(
        ended(report_of!(left, |run| run.for_each(panics))),
        Ended::Panicked
    );
}

/// Failures that lost to the one that is returned are counted.
#[test]
fn what_lost_is_counted() {
    let _dog = watch("several failures");
    let meeting = Barrier::new(3);
    let report = report_of!(
        over(vec![0, 1, 2])
            .workers(3)
            .cancel_on_error()
            .map(|n, _cx| {
                meeting.wait();
                Err::<(), _>(n)
            }),
        |run| run.run()
    );
    assert_eq!((report.lost_errors(), report.lost_panics()), (2, 0));
    let report = report_of!(
        over(vec![0, 1, 2]).workers(3).ordered().map(|n, _cx| {
            meeting.wait();
            std::panic::resume_unwind(Box::new(n))
        }),
        |run| run.collect::<Vec<()>>()
    );
    assert_eq!((report.lost_errors(), report.lost_panics()), (0, 2));
}

/// It is given once, on the thread that ends the run, after the last item.
#[test]
fn it_comes_once_and_last() {
    let _dog = watch("the moment of the report");
    let items = Counter::new();
    let reports = Counter::new();
    let here = std::thread::current().id();
    over(0..50)
        .workers(3)
        .map(|_, _cx| {
            items.add(1);
        })
        .on_report(|report| {
            assert_eq!(std::thread::current().id(), here);
            assert_eq!((items.get(), report.items()), (50, 50));
            reports.add(1);
        })
        .run();
    assert_eq!(reports.get(), 1);
    // A run that was never started has nothing to report.
    drop(over(0..50).map(|n, _cx| n).on_report(|_| {
        reports.add(1);
    }));
    assert_eq!(reports.get(), 1);
    // Of several hooks each is told.
    let first = Gate::new();
    over(0..5)
        .map(|_, _cx| ())
        .on_report(|_| first.open())
        .on_report(|_| {
            reports.add(1);
        })
        .run();
    assert!(first.is_open());
    assert_eq!(reports.get(), 2);
}

/// Its own panic is resumed, unless the run's is.
#[test]
fn a_report_may_panic() {
    let _dog = watch("panicking reports");
    let payload = caught(|| {
        over(0..5)
            .map(|_, _cx| ())
            .on_report(|_| std::panic::resume_unwind(Box::new("the report")))
            .run();
    });
    assert_eq!(payload.downcast_ref(), Some(&"the report"));
    let payload = caught(|| {
        over(0..5)
            .map(|_, _cx| std::panic::resume_unwind(Box::new("an item")))
            .on_report(|_| std::panic::resume_unwind(Box::new("the report")))
            .collect_unordered_into::<Vec<()>>();
    });
    assert_eq!(payload.downcast_ref(), Some(&"an item"));
}
