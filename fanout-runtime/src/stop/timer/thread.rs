//! The thread, and the list it works on.

use super::super::token::CancelToken;
use crate::sync::panic;
use crate::sync::process;
use crate::sync::thread::SpawnRequest;
use crate::sync::time::{self, Instant};
use crate::sync::{Condvar, Mutex, MutexGuard, OnceLock};
use crate::threads::spawner;
use std::collections::BTreeMap;
use std::time::Duration;

/// How long the thread stays without work.
const IDLE: Duration = Duration::from_secs(1);

pub(super) struct Timer {
    pid: u32,
    state: Mutex<State>,
    /// The thread waits here: for an earlier deadline than the one it knows.
    changed: Condvar,
    /// The timer of a forked child; it cannot replace this one, which may be locked for ever.
    in_child: OnceLock<Box<Timer>>,
}

struct State {
    /// By deadline; the number tells apart those at the same moment.
    entries: BTreeMap<Key, CancelToken>,
    next_number: u64,
    running: bool,
    /// Until when the thread sleeps; nobody needs to wake it for later deadlines. `None`: it is awake.
    asleep_until: Option<Instant>,
}

type Key = (Instant, u64);

/// A registration with one process's timer.
pub(super) struct Entry {
    timer: &'static Timer,
    key: Key,
}

pub(super) fn of_this_process() -> &'static Timer {
    static FIRST: OnceLock<Timer> = OnceLock::new();

    let pid = process::id();
    let mut timer = FIRST.get_or_init(|| Timer::new(pid));
    while timer.pid != pid {
        timer = timer.in_child.get_or_init(|| Box::new(Timer::new(pid)));
    }
    timer
}

impl Timer {
    const fn new(pid: u32) -> Self {
        Self {
            pid,
            state: Mutex::new(State {
                entries: BTreeMap::new(),
                next_number: 0,
                running: false,
                asleep_until: None,
            }),
            changed: Condvar::new(),
            in_child: OnceLock::new(),
        }
    }

    pub(super) fn register(&'static self, token: CancelToken, when: Instant) -> Entry {
        let mut state = self.state.lock();
        let key = (when, state.next_number);
        state.next_number += 1;
        state.entries.insert(key, token);
        if !state.running {
            // Under the lock, so that nobody takes for granted a thread that is then refused. It runs
            // no user code: the new thread's first act is to wait for this lock.
            state.running = self.start();
        } else if state.sleeps_beyond(when) {
            self.changed.notify_one();
        }
        drop(state);
        Entry { timer: self, key }
    }

    /// False if the system refuses; the next registration tries again.
    fn start(&'static self) -> bool {
        let request = SpawnRequest {
            name: Some("fanout-timer".to_owned()),
            stack_size: None,
        };
        spawner::spawn(spawner::current_plan().as_ref(), request, move || {
            self.serve();
        })
        .is_ok()
    }

    fn serve(&self) {
        let mut state = self.state.lock();
        loop {
            let now = time::now();
            if let Some(token) = state.take_due(now) {
                drop(state);
                // Runs callbacks, and drops what they own, at times as the last owner of a user's
                // value. A panic there must not take the other deadlines with it.
                panic::swallow(move || token.cancel());
                state = self.state.lock();
                continue;
            }
            if let Some(&(when, _)) = state.entries.keys().next() {
                (state, _) = self.sleep(state, when);
                continue;
            }
            let late;
            (state, late) = self.sleep(state, now + IDLE);
            if late && state.entries.is_empty() {
                state.running = false;
                return;
            }
        }
    }

    /// Blocks until `until`, or until there is something to do before. True in the first case.
    fn sleep<'a>(
        &self,
        mut state: MutexGuard<'a, State>,
        until: Instant,
    ) -> (MutexGuard<'a, State>, bool) {
        state.asleep_until = Some(until);
        let (mut state, late) = self.changed.wait_deadline(state, Some(until));
        state.asleep_until = None;
        (state, late)
    }
}

impl State {
    /// An awake thread looks at the entries before it sleeps.
    fn sleeps_beyond(&self, when: Instant) -> bool {
        self.asleep_until.is_some_and(|until| when < until)
    }

    fn take_due(&mut self, now: Instant) -> Option<CancelToken> {
        let entry = self.entries.first_entry()?;
        (entry.key().0 <= now).then(|| entry.remove())
    }
}

impl Entry {
    pub(super) fn is_armed(&self) -> bool {
        if self.timer.pid != process::id() {
            return false;
        }
        let state = self.timer.state.lock();
        state.running || !state.entries.contains_key(&self.key)
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        if self.timer.pid != process::id() {
            return;
        }
        let mut state = self.timer.state.lock();
        let token = state.entries.remove(&self.key);
        if state.entries.is_empty() && state.sleeps_beyond(time::now() + IDLE) {
            // It sleeps until a deadline that is none any more, and should rather end.
            self.timer.changed.notify_one();
        }
        drop(state);
        // Outside the lock: this can be the last clone.
        drop(token);
    }
}

#[cfg(test)]
impl Timer {
    /// A timer apart from the process-wide one. As that one it stays for ever, and can be found.
    pub(super) fn for_test(pid: u32) -> &'static Self {
        static ALL: Mutex<Vec<&'static Timer>> = Mutex::new(Vec::new());

        let timer: &'static Self = Box::leak(Box::new(Self::new(pid)));
        ALL.lock().push(timer);
        timer
    }

    pub(super) fn entries(&self) -> usize {
        self.state.lock().entries.len()
    }

    pub(super) fn is_running(&self) -> bool {
        self.state.lock().running
    }

    pub(super) fn is_asleep(&self) -> bool {
        self.state.lock().asleep_until.is_some()
    }

    pub(super) fn lock_for_test(&self) -> impl Sized + '_ {
        self.state.lock()
    }
}
