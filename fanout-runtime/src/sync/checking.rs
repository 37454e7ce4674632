//! How the tests of this crate are run.

/// Every interleaving with at most three preemptions: switches away from a thread that could go on.
/// Known bugs of this kind need one or two; what the bound leaves out, shuttle samples.
#[cfg(fanout_loom)]
pub(crate) fn every_interleaving(test: impl Fn() + Sync + Send + 'static) {
    interleavings(3, test);
}

/// For what takes minutes with three preemptions: two, unless `FANOUT_MODELS=full` asks for all.
#[cfg(fanout_loom)]
pub(crate) fn middling(test: impl Fn() + Sync + Send + 'static) {
    interleavings(if is_full() { 3 } else { 2 }, test);
}

/// For what takes many minutes with two preemptions: one, unless `FANOUT_MODELS=full` asks for both.
#[cfg(fanout_loom)]
pub(crate) fn large(test: impl Fn() + Sync + Send + 'static) {
    interleavings(if is_full() { 2 } else { 1 }, test);
}

#[cfg(fanout_loom)]
fn is_full() -> bool {
    std::env::var_os("FANOUT_MODELS").is_some_and(|size| size == "full")
}

/// Every interleaving with at most so many preemptions.
#[cfg(fanout_loom)]
pub(crate) fn interleavings(preemptions: usize, test: impl Fn() + Sync + Send + 'static) {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    let executions = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&executions);
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(preemptions);
    builder.max_branches = 10_000;
    builder.check(move || {
        // Relaxed, and std's: it counts executions, and is no part of any.
        count.fetch_add(1, Ordering::Relaxed);
        test();
    });
    let executions = executions.load(Ordering::Relaxed);
    println!(
        "{}: {executions} executions",
        std::thread::current().name().unwrap_or("model")
    );
    assert!(executions > 1, "nothing was there to be interleaved");
}

/// Random schedules, and schedules with few but well-placed switches. The seed of a failure is
/// printed, and `SHUTTLE_RANDOM_SEED` repeats it.
#[cfg(all(fanout_shuttle, not(fanout_loom)))]
pub(crate) fn many_schedules(test: fn()) {
    const SCHEDULES: usize = 20_000;
    shuttle::check_random(test, SCHEDULES);
    shuttle::check_pct(test, SCHEDULES, 3);
}

/// Runs `test` on a thread of its own, so that what is kept per thread begins and ends with it. A hang
/// is a failure, and no wait in a test is longer than needed: whoever hangs is aborted.
#[cfg(not(any(fanout_loom, fanout_shuttle)))]
pub(crate) fn watched(test: impl FnOnce() + Send + 'static) {
    use std::sync::mpsc::{RecvTimeoutError, channel};
    use std::time::Duration;

    /// Longer than any test takes on a machine with too much to do.
    const WATCHDOG: Duration = Duration::from_secs(60);

    let (done, finished) = channel();
    let body = std::thread::spawn(move || {
        test();
        let _ = done.send(());
    });
    if let Err(RecvTimeoutError::Timeout) = finished.recv_timeout(WATCHDOG) {
        let test = std::thread::current();
        eprintln!("{} hangs", test.name().unwrap_or("a test"));
        std::process::abort();
    }
    if let Err(payload) = body.join() {
        std::panic::resume_unwind(payload);
    }
}

/// Gives other threads time until `condition` holds: for what has no event of its own, as when the
/// system has forgotten a thread. The watchdog ends it if it never does.
#[cfg(not(any(fanout_loom, fanout_shuttle)))]
pub(crate) fn eventually(mut condition: impl FnMut() -> bool) {
    while !condition() {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
}
