//! A fresh thread in the place of one that has no core of its own.
//!
//! Where a thread that wakes up runs is decided by the operating system in a hurry, and often for the core of whoever woke it:
//! on Linux in a virtual machine an idle core is not even looked for, because it looks like one that the host has taken away. If
//! that core's owner is at work both share it, and the idle one is found only milliseconds later, when the run may be over. For a
//! thread that starts the system takes more time, and leaves the core at least where somebody waits for it already. So a helper that
//!
//! - was kept, and finds itself on the core of a worker that has woken it and works on ([`Cache::moves_away`]), or
//! - has not begun when that worker is through with a batch ([`Cache::hasten`])
//!
//! is replaced by a fresh thread, which costs some 20 us, and ends. Not more often than once in [`PAUSE`]; and where the fresh one is on
//! that core as well, because all are busy or there is no other for this program's threads, each time after twice the pause.
//!
//! A ticket is never in two hands: it is moved under the cache's lock.

use super::{Cache, NotStarted, SeatId, Stage};
use crate::sync::Arc;
use crate::sync::time::{self, Instant};
use crate::threads::roll::{Roll, Ticket};
use std::time::Duration;

/// Between two of them: so that starting them costs some hundredths at most. The checkers have no clock.
const PAUSE: Duration = if cfg!(any(fanout_loom, fanout_shuttle)) {
    Duration::ZERO
} else {
    Duration::from_millis(1)
};

/// Between two that gain nothing.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// When the last one was started, and whether it was worth it.
#[derive(Debug)]
pub(super) struct Fresh {
    last: Option<Instant>,
    pause: Duration,
    /// [`PAUSE`], but in tests that must not depend on it.
    shortest: Duration,
}

impl Fresh {
    pub(super) fn new() -> Self {
        Self {
            last: None,
            pause: PAUSE,
            shortest: PAUSE,
        }
    }

    /// None from now on.
    #[cfg(all(test, not(any(fanout_loom, fanout_shuttle))))]
    pub(super) fn hold_back(&mut self) {
        self.last = Some(time::now());
        self.set_pause(Duration::MAX);
    }

    /// One may be started at any time.
    #[cfg(all(test, not(any(fanout_loom, fanout_shuttle))))]
    pub(super) fn let_come(&mut self) {
        self.set_pause(Duration::ZERO);
    }

    #[cfg(all(test, not(any(fanout_loom, fanout_shuttle))))]
    fn set_pause(&mut self, pause: Duration) {
        (self.pause, self.shortest) = (pause, pause);
    }

    /// Whether one may be started now; then it is.
    fn begin(&mut self) -> bool {
        let now = time::now();
        let since = |last| now.saturating_duration_since(last);
        if self.last.is_some_and(|last| since(last) < self.pause) {
            return false;
        }
        self.last = Some(now);
        true
    }

    /// The one that was started has come to a core, and `has_gained` one.
    fn has_come(&mut self, has_gained: bool) {
        self.pause = if has_gained {
            self.shortest
        } else {
            self.pause.saturating_mul(2).min(LONGEST_PAUSE)
        };
    }
}

impl Cache {
    /// For a kept thread that is in the way of whoever woke it: gives the ticket to a fresh thread. Hands it back if there is
    /// none.
    pub(super) fn moves_away(self: &Arc<Self>, ticket: Ticket) -> Result<(), Ticket> {
        if !self.state.lock().fresh.begin() {
            return Err(ticket);
        }
        let started = self.start_thread(Stage::Handed(ticket), |cache, id| match cache.begin(id) {
            Some(ticket) => cache.serve_fresh(id, Some(ticket)),
            None => cache.end(id),
        });
        started.or_else(|NotStarted { ticket, .. }| ticket.map_or(Ok(()), Err))
    }

    /// For a worker whose helper should have begun: has a fresh thread do what one that is late has not noticed yet. If it does meanwhile,
    /// the fresh one is idle.
    pub(in crate::threads) fn hasten(self: &Arc<Self>, roll: &Arc<Roll>) {
        #[cfg(not(any(fanout_loom, fanout_shuttle)))]
        if self.is_foreign() {
            return;
        }
        let mut state = self.state.lock();
        if state.closing {
            return;
        }
        let late = state.seats.iter().position(|seat| match seat {
            Some(seat) => matches!(&seat.stage, Stage::Handed(ticket) if ticket.is_for(roll)),
            None => false,
        });
        let Some(late) = late else { return };
        if !state.fresh.begin() {
            return;
        }
        drop(state);
        // Without a thread all stays as it is.
        let _ = self.start_thread(Stage::Between, move |cache, id| {
            let ticket = cache.take_from(late);
            cache.serve_fresh(id, ticket);
        });
    }

    /// The life of a fresh thread, which is a kept one from now on.
    fn serve_fresh(self: &Arc<Self>, id: SeatId, ticket: Option<Ticket>) {
        if let Some(ticket) = &ticket {
            let has_gained = !ticket.is_in_the_way();
            self.state.lock().fresh.has_come(has_gained);
        }
        self.serve(id, ticket);
    }

    /// What the thread in seat `late` has been given and has not noticed; it ends. Whichever run that is for: the seat may have
    /// changed hands, but a ticket may be in any.
    pub(super) fn take_from(&self, late: SeatId) -> Option<Ticket> {
        let mut state = self.state.lock();
        let seat = state.seats.get_mut(late)?.as_mut()?;
        match std::mem::replace(&mut seat.stage, Stage::Told) {
            Stage::Handed(ticket) => Some(ticket),
            other => {
                seat.stage = other;
                None
            }
        }
    }
}
