//! [`watch`]: who is running, who waits, and whether that can still change.

use std::cell::RefCell;
use std::fmt::Write;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

thread_local! {
    static CURRENT: RefCell<Option<Arc<Scene>>> = const { RefCell::new(None) };
}

/// Calls `f`. If its threads came to wait for each other for ever, the watchdog's report says who waited for what.
pub fn watch<R>(f: impl FnOnce() -> R) -> (R, Option<String>) {
    let scene = Arc::new(Scene::default());
    scene.enter();
    let _here = scene.make_current();
    let result = f();
    let report = scene.lock().report.clone();
    (result, report)
}

/// Waits until all other threads of the calling thread's `watch` wait.
pub fn until_others_wait() {
    Scene::current().look_on();
}

/// The threads and channels of one `watch`.
#[derive(Default)]
pub struct Scene {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// Threads that do not wait in here, or that do not know yet that something has changed.
    running: usize,
    /// Who has found nothing to do since the last change, and what for.
    waiting: Vec<(String, String)>,
    /// Threads that wait for the others to wait.
    onlookers: usize,
    /// Counts changes, so that a waiting thread knows whether it has seen the last one.
    turn: u64,
    /// Written when all waited; from then on nobody waits any more.
    report: Option<String>,
}

impl Scene {
    /// The one that the calling thread belongs to.
    pub fn current() -> Arc<Self> {
        CURRENT
            .with_borrow(Clone::clone)
            .expect("threads and channels are made inside `watch`")
    }

    /// Makes this the calling thread's scene, until what is returned is dropped.
    pub fn make_current(self: &Arc<Self>) -> impl Drop + use<> {
        Before(CURRENT.replace(Some(self.clone())))
    }

    /// One thread more. Said by the one that starts it, so that nobody thinks that all wait before it has begun.
    pub fn enter(&self) {
        self.lock().running += 1;
    }

    /// One thread less.
    pub fn leave(&self) {
        let mut state = self.lock();
        state.running -= 1;
        self.change(&mut state);
    }

    /// Something happened that others may wait for.
    pub fn tell(&self) {
        self.change(&mut self.lock());
    }

    /// Waits until `attempt` gives something, and returns that; `None` if everybody was let go.
    pub fn wait<T>(
        &self,
        what_for: impl Fn() -> String,
        mut attempt: impl FnMut() -> Option<T>,
    ) -> Option<T> {
        let mut state = self.lock();
        loop {
            if let Some(value) = attempt() {
                self.change(&mut state);
                return Some(value);
            }
            if state.report.is_some() {
                return None;
            }
            let name = thread::current().name().unwrap_or("a thread").to_owned();
            state.waiting.push((name, what_for()));
            state.running -= 1;
            if state.running == 0 && state.onlookers > 0 {
                self.changed.notify_all();
            } else if state.running == 0 {
                state.report = Some(report(&state.waiting));
                self.change(&mut state);
                continue;
            }
            let turn = state.turn;
            while state.turn == turn {
                state = self
                    .changed
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    fn look_on(&self) {
        let mut state = self.lock();
        state.onlookers += 1;
        state.running -= 1;
        while state.running > 0 {
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        state.running += 1;
        state.onlookers -= 1;
    }

    /// Everybody who waits has to look again, and until then counts as running.
    fn change(&self, state: &mut State) {
        state.turn += 1;
        state.running += state.waiting.len();
        state.waiting.clear();
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A line for all that are called the same and wait for the same.
fn report(waiting: &[(String, String)]) -> String {
    let mut waiting = waiting.to_vec();
    waiting.sort();
    let mut report = String::from("nobody is running, and nobody's wait can end:");
    for same in waiting.chunk_by(|a, b| a == b) {
        let (name, what_for) = &same[0];
        let _ = match same.len() {
            1 => write!(report, "\n  {name} waits {what_for}"),
            n => write!(report, "\n  {n} threads called {name} wait {what_for}"),
        };
    }
    report
}

struct Before(Option<Arc<Scene>>);

impl Drop for Before {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}
