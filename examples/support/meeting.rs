//! [`Meeting`]: jobs that come to an end only together.

use std::sync::{Condvar, Mutex};
use std::time::Duration;

/// Lets nobody go before `everyone` is there, time and again. If that takes longer than `patience`, it is called off: then all
/// go, and nobody waits any more.
#[derive(Debug)]
pub struct Meeting {
    everyone: usize,
    patience: Duration,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    there: usize,
    meetings: usize,
    called_off: bool,
}

impl Meeting {
    pub fn new(everyone: usize, patience: Duration) -> Self {
        Self {
            everyone,
            patience,
            state: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    pub fn attend(&self) {
        let mut state = self.state.lock().expect("nobody panics with it");
        state.there += 1;
        if state.there == self.everyone {
            state.there = 0;
            state.meetings += 1;
            self.changed.notify_all();
            return;
        }
        let before = state.meetings;
        let (mut state, wait) = self
            .changed
            .wait_timeout_while(state, self.patience, |state| {
                state.meetings == before && !state.called_off
            })
            .expect("nobody panics with it");
        if wait.timed_out() {
            state.called_off = true;
            self.changed.notify_all();
        }
    }
}
