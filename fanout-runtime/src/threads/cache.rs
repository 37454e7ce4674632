//! Threads kept between runs, because starting and joining one costs more than a short run.
//!
//! Each thread that starts runs has a cache of its own: what a thread inherits when it is started
//! (captured test output, affinity, signal masks) then comes from the thread it works for. Helpers
//! summon further helpers from the same cache.
//!
//! 1. All of a cache's state is under one lock, so a thread that gives up waiting and a summons that
//!    wants it cannot pass each other. Nothing but moves of values happens under it.
//! 2. A kept thread is `Inside` from when it has entered a run until it signs off there, and only
//!    then can it be in user code. In every other stage it gets on without waiting for anything but
//!    locks of this crate, or waits for the bell.
//! 3. It signs off under the roll's lock (lock order: roll, then cache). So when a run has dismissed
//!    its helpers, those that were inside are idle, or have ended but for their exit.
//! 4. Whoever closes the cache therefore only waits until no thread is outside the stage `Inside`,
//!    and joins what has ended: that takes microseconds, not as long as somebody else's item.
//! 5. A thread that ends first joins the one that ended before it, so that at most one is unjoined,
//!    and joining that one means that all are gone.
//! 6. A ticket that a thread has not noticed, kept or starting, may be taken back under the lock, and
//!    given to a fresh one; the thread is told to end. Or it has noticed, and gives it to a fresh one before it ends ([`fresh`]).
//! 7. In a forked child the threads do not exist and the lock may be held for ever. The cache knows
//!    its process, and is forgotten, untouched, in any other.

mod fresh;
#[cfg(not(any(fanout_loom, fanout_shuttle)))]
pub(super) mod own;

use self::fresh::Fresh;

use super::here;
use super::roll::Ticket;
use super::source::NAME;
use super::spawner;
use crate::sync::panic;
use crate::sync::process;
use crate::sync::thread::{JoinHandle, SpawnRequest, available_parallelism};
use crate::sync::time;
use crate::sync::{Arc, Condvar, Mutex};
use std::io;
use std::time::Duration;

/// How long a thread waits for its next run. Longer than the pause between two calls of a busy
/// program; short enough that a process that is done with us has no threads of ours.
pub(super) const IDLE: Duration = Duration::from_millis(250);

/// More than this many are not kept.
fn most_idle() -> usize {
    (available_parallelism() * 2).max(16)
}

pub(super) struct Cache {
    pid: u32,
    state: Mutex<State>,
    /// Where the one who closes waits for `unsettled == 0`.
    settled: Condvar,
}

struct State {
    /// Threads that sign off now end.
    closing: bool,
    /// `IDLE`, but in tests that must not depend on it.
    idle_time: Duration,
    seats: Vec<Option<Seat>>,
    vacant: Vec<SeatId>,
    /// Idle threads; the last one, whose stack is warm, is taken first.
    idle: Vec<SeatId>,
    /// Threads in any stage but `Inside`.
    unsettled: usize,
    /// Threads that have ended but for their exit, not joined yet (point 5).
    ended: Vec<JoinHandle<()>>,
    fresh: Fresh,
}

type SeatId = usize;

struct Seat {
    stage: Stage,
    /// Its thread waits here while it is idle.
    bell: Arc<Condvar>,
    /// Missing until the one who started the thread has put it here.
    handle: Option<JoinHandle<()>>,
}

enum Stage {
    /// On its way into a run, or called off and on its way back.
    Between,
    Inside,
    Idle,
    /// Has been given a run to help, and not noticed yet.
    Handed(Ticket),
    /// Has been told to end, and not noticed yet.
    Told,
    /// Has ended before its handle was put here.
    Ended,
}

/// The system gave no thread.
struct NotStarted {
    why: io::Error,
    /// What was in its seat.
    ticket: Option<Ticket>,
}

/// What a thread does after signing off.
enum Fate {
    Wait,
    End,
}

impl Cache {
    pub(super) fn new() -> Self {
        Self {
            pid: process::id(),
            state: Mutex::new(State {
                closing: false,
                idle_time: IDLE,
                seats: Vec::new(),
                vacant: Vec::new(),
                idle: Vec::new(),
                unsettled: 0,
                ended: Vec::new(),
                fresh: Fresh::new(),
            }),
            settled: Condvar::new(),
        }
    }

    #[cfg(not(any(fanout_loom, fanout_shuttle)))]
    fn is_foreign(&self) -> bool {
        self.pid != process::id()
    }

    /// Whether no thread is idle. Not in a forked child: there nothing is known (point 7).
    pub(super) fn starts_threads(&self) -> bool {
        #[cfg(not(any(fanout_loom, fanout_shuttle)))]
        if self.is_foreign() {
            return false;
        }
        self.state.lock().idle.is_empty()
    }

    /// Gives the ticket to an idle thread or to a new one.
    pub(super) fn start(self: &Arc<Self>, ticket: Ticket) -> io::Result<()> {
        let mut state = self.state.lock();
        if let Some(id) = state.idle.pop() {
            let seat = state.seat(id);
            seat.stage = Stage::Handed(ticket);
            let bell = Arc::clone(&seat.bell);
            drop(state);
            bell.notify_one();
            return Ok(());
        }
        drop(state);
        let started = self.start_thread(Stage::Handed(ticket), |cache, id| match cache.begin(id) {
            Some(ticket) => cache.serve(id, Some(ticket)),
            None => cache.end(id),
        });
        started.map_err(|NotStarted { why, .. }| why)
    }

    /// Starts a thread with a seat in `stage`, which `life` ends by serving. If a ticket in the seat was taken by another thread
    /// before the system has refused this one, all is well.
    fn start_thread(
        self: &Arc<Self>,
        stage: Stage,
        life: impl FnOnce(&Arc<Self>, SeatId) + Send + 'static,
    ) -> Result<(), NotStarted> {
        let id = self.state.lock().take_seat(stage);
        // Outside the lock, which the helpers that come and go meanwhile need.
        let request = SpawnRequest {
            name: Some(NAME.to_owned()),
            stack_size: None,
        };
        let cache = Arc::clone(self);
        let started = spawner::spawn(None, request, move || life(&cache, id));
        let mut state = self.state.lock();
        let started = match started {
            Ok(handle) => {
                let seat = state.seat(id);
                if matches!(seat.stage, Stage::Ended) {
                    state.leave_seat(id);
                    state.ended.push(handle);
                } else {
                    seat.handle = Some(handle);
                }
                Ok(())
            }
            Err(why) => state.not_started(id, why),
        };
        self.tell_if_settled(&state);
        started
    }

    /// What a thread that begins has been given, unless that was taken back (point 6).
    fn begin(&self, id: SeatId) -> Option<Ticket> {
        let mut state = self.state.lock();
        match std::mem::replace(&mut state.seat(id).stage, Stage::Between) {
            Stage::Handed(ticket) => Some(ticket),
            _ => None,
        }
    }

    /// The life of a kept thread, from its first ticket on, if it has one.
    fn serve(self: &Arc<Self>, id: SeatId, first: Option<Ticket>) {
        let mut next = first;
        loop {
            let mut fate = Fate::End;
            match next {
                Some(ticket) => ticket.serve(|| self.go_inside(id), || fate = self.sign_off(id)),
                None => fate = self.sign_off(id),
            }
            if matches!(fate, Fate::End) {
                break;
            }
            let Some(mut ticket) = self.wait_for_job(id) else {
                break;
            };
            if ticket.is_in_the_way() {
                match self.moves_away(ticket) {
                    Ok(()) => break,
                    Err(kept) => ticket = kept,
                }
            }
            next = Some(ticket);
        }
        self.end(id);
    }

    fn go_inside(&self, id: SeatId) {
        let mut state = self.state.lock();
        state.seat(id).stage = Stage::Inside;
        state.unsettled -= 1;
        self.tell_if_settled(&state);
    }

    /// Called under the lock of the roll that the thread has been inside of, or without one if it was
    /// called off.
    fn sign_off(&self, id: SeatId) -> Fate {
        let mut state = self.state.lock();
        if matches!(state.seat(id).stage, Stage::Inside) {
            state.unsettled += 1;
        }
        if state.closing || !here::may_be_reused() || state.idle.len() >= most_idle() {
            state.seat(id).stage = Stage::Between;
            return Fate::End;
        }
        state.seat(id).stage = Stage::Idle;
        state.idle.push(id);
        Fate::Wait
    }

    /// Blocks until there is a job, for `idle_time` at most, or until told to end.
    fn wait_for_job(&self, id: SeatId) -> Option<Ticket> {
        let mut late = false;
        let mut state = self.state.lock();
        let until = time::after(time::now(), state.idle_time);
        let bell = Arc::clone(&state.seat(id).bell);
        loop {
            match std::mem::replace(&mut state.seat(id).stage, Stage::Between) {
                Stage::Handed(ticket) => return Some(ticket),
                Stage::Told => return None,
                Stage::Idle if late => {
                    state.idle.retain(|&other| other != id);
                    return None;
                }
                idle => state.seat(id).stage = idle,
            }
            (state, late) = bell.wait_deadline(state, until);
        }
    }

    fn end(&self, id: SeatId) {
        let mut state = self.state.lock();
        let Some(handle) = state.seat(id).handle.take() else {
            // Whoever is about to put it here does the rest.
            state.seat(id).stage = Stage::Ended;
            return;
        };
        state.leave_seat(id);
        let before = std::mem::replace(&mut state.ended, vec![handle]);
        self.tell_if_settled(&state);
        drop(state);
        join_all(before);
    }

    fn tell_if_settled(&self, state: &State) {
        if state.closing && state.unsettled == 0 {
            self.settled.notify_all();
        }
    }

    /// Tells the idle threads to end. Only the cache's owner does.
    pub(super) fn begin_closing(&self) {
        let mut state = self.state.lock();
        state.closing = true;
        let mut bells = Vec::new();
        while let Some(id) = state.idle.pop() {
            let seat = state.seat(id);
            seat.stage = Stage::Told;
            bells.push(Arc::clone(&seat.bell));
        }
        drop(state);
        for bell in bells {
            bell.notify_one();
        }
    }

    /// Waits until the threads that were told to end are gone (point 4). Those inside a run are left
    /// alone: they end when they come out, unless the cache is opened again before.
    pub(super) fn finish_closing(&self, open_again: bool) {
        let mut state = self.state.lock();
        loop {
            while state.unsettled > 0 {
                state = self.settled.wait(state);
            }
            if state.ended.is_empty() {
                // In the critical section that found all gone, so that none slips in between.
                state.closing = !open_again;
                return;
            }
            let ended = std::mem::take(&mut state.ended);
            drop(state);
            join_all(ended);
            // Meanwhile others may have come out of a run.
            state = self.state.lock();
        }
    }
}

#[cfg(test)]
impl Cache {
    /// Threads in any stage, and those not joined.
    pub(super) fn threads(&self) -> usize {
        let state = self.state.lock();
        state.seats.len() - state.vacant.len() + state.ended.len()
    }

    /// For tests that rely on a thread being there.
    #[cfg(not(any(fanout_loom, fanout_shuttle)))]
    pub(super) fn keep_idle_threads(&self) {
        let mut state = self.state.lock();
        state.idle_time = Duration::MAX;
        state.fresh.hold_back();
    }

    /// For tests of their replacement.
    #[cfg(not(any(fanout_loom, fanout_shuttle)))]
    pub(super) fn replace_at_any_time(&self) {
        self.state.lock().fresh.let_come();
    }

    #[cfg(not(any(fanout_loom, fanout_shuttle)))]
    pub(super) fn idle(&self) -> usize {
        self.state.lock().idle.len()
    }

    /// As if the system had refused the thread that was to begin with `ticket`, after another had `taken` it or not. Returns whether
    /// that is a refusal, and the ticket if it came back.
    #[cfg(not(any(fanout_loom, fanout_shuttle)))]
    pub(super) fn refuse(&self, ticket: Ticket, taken: bool) -> (bool, Option<Ticket>) {
        let id = self.state.lock().take_seat(Stage::Handed(ticket));
        let mine = taken.then(|| self.take_from(id)).flatten();
        assert_eq!(mine.is_some(), taken);
        let mut state = self.state.lock();
        match state.not_started(id, io::ErrorKind::WouldBlock.into()) {
            Ok(()) => (false, None),
            Err(NotStarted { ticket, .. }) => (true, ticket),
        }
    }

    #[cfg(not(any(fanout_loom, fanout_shuttle)))]
    pub(super) fn ended(&self) -> usize {
        self.state.lock().ended.len()
    }
}

impl State {
    fn seat(&mut self, id: SeatId) -> &mut Seat {
        self.seats[id]
            .as_mut()
            .expect("fanout bug: a kept thread without a seat")
    }

    fn take_seat(&mut self, stage: Stage) -> SeatId {
        self.unsettled += 1;
        let seat = Some(Seat {
            stage,
            bell: Arc::new(Condvar::new()),
            handle: None,
        });
        match self.vacant.pop() {
            Some(id) => {
                self.seats[id] = seat;
                id
            }
            None => {
                self.seats.push(seat);
                self.seats.len() - 1
            }
        }
    }

    /// The system gave no thread for a seat.
    fn not_started(&mut self, id: SeatId, why: io::Error) -> Result<(), NotStarted> {
        let ticket = match self.leave_seat(id) {
            Stage::Told => return Ok(()),
            Stage::Handed(ticket) => Some(ticket),
            _ => None,
        };
        Err(NotStarted { why, ticket })
    }

    /// For threads that are not `Inside`. Returns in which stage it was left.
    fn leave_seat(&mut self, id: SeatId) -> Stage {
        let seat = self.seats[id].take();
        self.vacant.push(id);
        self.unsettled -= 1;
        seat.map_or(Stage::Ended, |seat| seat.stage)
    }
}

/// Blocks until the threads are gone: they are on their way out, with nothing of ours left to do. What
/// can take time is the destructors of a user's thread-local variables.
fn join_all(handles: Vec<JoinHandle<()>>) {
    for handle in handles {
        if let Err(payload) = handle.join() {
            // It did not unwind in the work; there is nobody to be told of what did.
            panic::discard(payload);
        }
    }
}
