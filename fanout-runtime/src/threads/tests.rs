//! Crews against the operating system's threads, a file a promise.

mod abandoned;
mod bugs;
#[cfg(target_os = "linux")]
mod fork;
mod helpers;
mod kept;
mod refused;
mod replaced;

use super::*;
use crate::sync::Arc;
use crate::sync::checking::{eventually, watched};
use std::cell::RefCell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex};
use std::thread::{self, ThreadId};

/// A crew over `work`, dismissed before `work` goes.
fn with_crew<R>(limit: usize, style: Style, work: &dyn Help, run: impl FnOnce(&Crew) -> R) -> R {
    // SAFETY: `work` is borrowed for longer than this function, and the crew is dropped, hence
    // dismissed, within it.
    let crew = unsafe { Crew::new(work, limit, style, Chain::new()) };
    run(&crew)
}

fn named() -> Style {
    Style {
        name: Some("hand".to_owned()),
        stack_size: Some(256 * 1024),
    }
}

/// A run in which `helpers` threads are inside at once. Returns which.
fn gather(helpers: usize, style: Style) -> Vec<ThreadId> {
    gather_and(helpers, style, || {})
}

fn gather_and(helpers: usize, style: Style, act: impl Fn() + Sync) -> Vec<ThreadId> {
    let threads = Mutex::new(Vec::new());
    let meet = Barrier::new(helpers + 1);
    let work = |_| {
        act();
        threads.lock().unwrap().push(thread::current().id());
        meet.wait();
    };
    with_crew(helpers, style, &work, |crew| {
        for _ in 0..helpers {
            assert_eq!(crew.summon_one(), Summoned::Asked);
        }
        meet.wait();
        crew.dismiss();
    });
    let mut threads = threads.into_inner().unwrap();
    threads.sort_unstable_by_key(|id| format!("{id:?}"));
    threads
}

/// Idle threads of the calling thread stay: otherwise a test that is held up for a quarter of a second
/// would find others.
fn keep_idle_threads() {
    cache::own::of_this_thread().unwrap().keep_idle_threads();
}

/// Counts a thread's end: a thread-local destructor is the last that it does.
struct Counts(Arc<AtomicUsize>);

impl Drop for Counts {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

thread_local! {
    static END: RefCell<Option<Counts>> = const { RefCell::new(None) };
}

/// Makes `ended` count when the current thread ends.
fn count_end(ended: &Arc<AtomicUsize>) {
    END.with(|end| end.replace(Some(Counts(Arc::clone(ended)))));
}
