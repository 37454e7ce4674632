//! What a caller hangs onto a run: progress, report, a guard for each worker. A list of types, so that the closures may
//! borrow and a run without hooks has none.

use crate::outcome::report::{Progress, Report};
use crate::sync::Mutex;

/// The callbacks of a run. `()` is none.
#[doc(hidden)]
pub trait Hooks: Send + Sync {
    /// What lives on a worker's thread for as long as the worker takes part.
    type Guard;
    /// Whether there is anything to call as items finish.
    const PROGRESS: bool;
    /// Whether a report is wanted, so that what goes into it is worth measuring.
    const REPORT: bool;
    /// Whether there are guards, so that a worker cannot be stood in for.
    const GUARDS: bool;
    fn progress(&self, progress: Progress);
    fn worker_started(&self, worker: usize) -> Self::Guard;
    fn report(&self, report: &Report);
}

impl Hooks for () {
    type Guard = ();
    const PROGRESS: bool = false;
    const REPORT: bool = false;
    const GUARDS: bool = false;
    fn progress(&self, _: Progress) {}
    fn worker_started(&self, _: usize) {}
    fn report(&self, _: &Report) {}
}

/// `rest`, and a closure that is told how far the run has come.
#[doc(hidden)]
#[derive(Debug)]
pub struct OnProgress<H, F> {
    pub(crate) rest: H,
    pub(crate) call: F,
}

impl<H: Hooks, F: Fn(Progress) + Send + Sync> Hooks for OnProgress<H, F> {
    type Guard = H::Guard;
    const PROGRESS: bool = true;
    const REPORT: bool = H::REPORT;
    const GUARDS: bool = H::GUARDS;
    fn progress(&self, progress: Progress) {
        self.rest.progress(progress);
        (self.call)(progress);
    }
    fn worker_started(&self, worker: usize) -> H::Guard {
        self.rest.worker_started(worker)
    }
    fn report(&self, report: &Report) {
        self.rest.report(report);
    }
}

/// `rest`, and a closure that makes a guard for each worker.
#[doc(hidden)]
#[derive(Debug)]
pub struct OnWorker<H, F> {
    pub(crate) rest: H,
    pub(crate) call: F,
}

impl<H: Hooks, G, F: Fn(usize) -> G + Send + Sync> Hooks for OnWorker<H, F> {
    type Guard = (H::Guard, G);
    const PROGRESS: bool = H::PROGRESS;
    const REPORT: bool = H::REPORT;
    const GUARDS: bool = true;
    fn progress(&self, progress: Progress) {
        self.rest.progress(progress);
    }
    fn worker_started(&self, worker: usize) -> (H::Guard, G) {
        (self.rest.worker_started(worker), (self.call)(worker))
    }
    fn report(&self, report: &Report) {
        self.rest.report(report);
    }
}

/// `rest`, and a closure that is given the report, once.
#[doc(hidden)]
pub struct OnReport<H, F> {
    pub(crate) rest: H,
    // Only the thread that ends the run touches it. The lock is what makes a closure that is not `Sync` (one that writes
    // to a captured variable) fine to keep beside hooks that workers share; it is not held while the closure runs.
    pub(crate) call: Mutex<Option<F>>,
}

impl<H: Hooks, F: FnOnce(&Report) + Send> Hooks for OnReport<H, F> {
    type Guard = H::Guard;
    const PROGRESS: bool = H::PROGRESS;
    const REPORT: bool = true;
    const GUARDS: bool = H::GUARDS;
    fn progress(&self, progress: Progress) {
        self.rest.progress(progress);
    }
    fn worker_started(&self, worker: usize) -> H::Guard {
        self.rest.worker_started(worker)
    }
    fn report(&self, report: &Report) {
        self.rest.report(report);
        let call = self.call.lock().take();
        if let Some(call) = call {
            call(report);
        }
    }
}
