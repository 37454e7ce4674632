//! How this crate asks for threads, and how a test makes the system refuse them.

use crate::sync::atomic::{AtomicU64, Ordering};
use crate::sync::thread::{self, JoinHandle, SpawnRequest};
use crate::sync::{Arc, thread_local};
use std::cell::RefCell;
use std::io;
use std::marker::PhantomData;

/// Which attempts to get a thread are to fail. Carried along by whoever asks for threads on behalf of
/// the thread that set it.
#[derive(Clone)]
pub(crate) struct Plan(Arc<Inner>);

struct Inner {
    refuses: Box<dyn Fn(u64) -> bool + Send + Sync>,
    attempts: AtomicU64,
}

thread_local! {
    static PLAN: RefCell<Option<Plan>> = const { RefCell::new(None) };
}

/// Asks for a thread. Fails when the system has none to give, or when `plan` says so.
pub(crate) fn spawn(
    plan: Option<&Plan>,
    request: SpawnRequest,
    body: impl FnOnce() + Send + 'static,
) -> io::Result<JoinHandle<()>> {
    if plan.is_some_and(Plan::refuses_next) {
        return Err(io::ErrorKind::WouldBlock.into());
    }
    thread::spawn_os(request, body)
}

/// The plan that is in force on this thread. None while the thread's locals are being destroyed.
pub(crate) fn current_plan() -> Option<Plan> {
    PLAN.try_with(|plan| plan.borrow().clone()).ok().flatten()
}

impl Plan {
    fn refuses_next(&self) -> bool {
        // Relaxed: only the numbers matter, and a read-modify-write gives each of them once.
        let attempt = self.0.attempts.fetch_add(1, Ordering::Relaxed);
        (self.0.refuses)(attempt)
    }
}

/// Makes attempts to get a thread fail, as if the system were out of threads: those made by this
/// thread, and by runs that it starts, until the returned guard is dropped. `refuses` gets the number
/// of the attempt, counted from 0. While a plan is in force threads are not reused between runs.
///
/// Attempts for the timer thread of a deadline count, too.
#[must_use = "the plan is in force until the guard is dropped"]
pub fn refuse_threads(refuses: impl Fn(u64) -> bool + Send + Sync + 'static) -> impl Drop {
    let plan = Plan(Arc::new(Inner {
        refuses: Box::new(refuses),
        attempts: AtomicU64::new(0),
    }));
    RefuseGuard {
        previous: PLAN.with(|current| current.replace(Some(plan))),
        on_its_thread: PhantomData,
    }
}

struct RefuseGuard {
    previous: Option<Plan>,
    /// Dropped elsewhere it would put the plan back on the wrong thread.
    on_its_thread: PhantomData<*const ()>,
}

impl Drop for RefuseGuard {
    fn drop(&mut self) {
        let previous = self.previous.take();
        // An error means that the thread ends, and its plan with it.
        let _ = PLAN.try_with(|current| current.replace(previous));
    }
}
