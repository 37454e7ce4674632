//! Who is in a run: the protocol between the run that asks for helpers and the threads that come.
//!
//! The run and every helper co-own one `Roll`. A helper comes with a [`Ticket`]; it enters, works,
//! leaves. The run summons helpers, and at its end dismisses them.
//!
//! 1. A helper touches the work only between a successful `enter` and its `leave`.
//! 2. `enter` succeeds only while `dismissed` is false, which never becomes false again. Both are
//!    read and written under the lock. So after the dismissal `inside` only falls.
//! 3. `dismiss` returns only when it has set `dismissed` and seen `inside == 0` and `summoning == 0`
//!    under the lock. By 1 and 2 no helper touches the work afterwards, and by the lock everything
//!    that helpers wrote is visible to the run.
//! 4. The last thing a helper touches is the roll, which it co-owns: never the run's frame.
//! 5. A helper that has not begun when the run is dismissed is called off: it finds that out in
//!    `enter`, at whatever time it comes, and nobody waits for it. (Fresh threads are joined all the
//!    same, by their handles.)
//! 6. If the run is abandoned, the engine that holds the work is left to the last helper out: the one
//!    whose `leave` makes `inside` 0. It drops the engine outside the lock. If nobody is inside, but
//!    the run is the last of a chain and this thread is in a stage before it, the engine is left to the
//!    last helper out of that stage.
//! 7. No deadlock: the roll's lock is held for a few instructions, except that a helper of a thread
//!    cache signs off there under it (lock order: roll, then cache; never the other way round).
//!    `dismiss` waits without any lock for helpers that are inside, so it must not be called by one.

use super::chain::Chain;
use super::here;
use super::lend::Lent;
use super::source::{Source, Style};
use super::spawner::{self, Plan};
use crate::sync::panic;
use crate::sync::spin::{Hint, spin_for};
use crate::sync::thread::{CoreId, JoinHandle, available_parallelism, current_core};
use crate::sync::{Arc, Condvar, Mutex, OnceLock, Weak};
use std::fmt;
use std::time::Duration;

/// How long the dismissal looks before it sleeps.
const PATIENCE: Duration = Duration::from_micros(20);

/// The attendance list of one run's helpers. See the module's documentation.
pub(crate) struct Roll {
    state: Mutex<State>,
    /// Where the dismissal waits for `State::is_quiet`.
    all_out: Condvar,
    /// Whether a dismissed run is quiet, for a look without the lock. Written under it.
    quiet: Hint,
    work: Lent,
    /// Most helpers to be asked for.
    limit: usize,
    style: Style,
    /// Of stages, to which this run belongs.
    chain: Chain,
    plan: Option<Plan>,
    /// The runs inside of which this one was started, outermost first. By identity only.
    enclosing: Vec<Weak<Roll>>,
    /// Chosen by the first summons: a run that needs no helpers pays nothing for it.
    source: OnceLock<Source>,
}

struct State {
    dismissed: bool,
    /// Helpers between `enter` and `leave`.
    inside: usize,
    /// Calls of `summon_one` that are getting a thread right now. The dismissal waits for them, so
    /// that it sees their join handles.
    summoning: usize,
    /// The number for the next helper; numbers are not given twice.
    next_number: usize,
    /// Helpers that have entered so far.
    started: usize,
    /// Summons that the system refused.
    turned_down: usize,
    /// Of fresh threads.
    joins: Vec<JoinHandle<()>>,
    /// The engine of an abandoned run.
    estate: Option<Box<dyn Send>>,
    /// Its last helper out has taken the estate.
    ends_a_chain: bool,
}

impl State {
    fn is_quiet(&self) -> bool {
        self.inside == 0 && self.summoning == 0
    }
}

/// What became of a summons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Summoned {
    /// A helper is on its way.
    Asked,
    /// The run has asked for as many as it may have.
    Full,
    /// The system gave no thread, now or earlier in this run; it is not asked again.
    Refused,
    /// The run is over.
    Dismissed,
}

impl Roll {
    pub(super) fn new(work: Lent, limit: usize, style: Style, chain: Chain) -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::new(State {
                dismissed: false,
                inside: 0,
                summoning: 0,
                next_number: 0,
                started: 0,
                turned_down: 0,
                joins: Vec::new(),
                estate: None,
                ends_a_chain: false,
            }),
            all_out: Condvar::new(),
            quiet: Hint::default(),
            work,
            limit,
            style,
            chain,
            plan: spawner::current_plan(),
            enclosing: here::enclosing_rolls(),
            source: OnceLock::new(),
        })
    }

    /// Asks for one more helper. Takes as long as starting a thread, but never waits for one.
    #[cfg(test)]
    pub(crate) fn summon_one(self: &Arc<Self>) -> Summoned {
        self.summon_beside(None)
    }

    /// Asks for one more helper. Takes as long as starting a thread, but never waits for one. `core`: of this thread, if it goes on
    /// working, and there should be another for the helper.
    pub(crate) fn summon_beside(self: &Arc<Self>, core: Option<CoreId>) -> Summoned {
        let number = {
            let mut state = self.state.lock();
            if state.dismissed {
                return Summoned::Dismissed;
            }
            if state.turned_down > 0 {
                return Summoned::Refused;
            }
            if state.next_number == self.limit {
                return Summoned::Full;
            }
            let number = state.next_number;
            state.next_number += 1;
            state.summoning += 1;
            number
        };
        // From here on a guard, as a test's plan for refusals is foreign code and may panic.
        let mut summons = Summons {
            roll: self,
            outcome: None,
        };
        // Outside the lock: helpers that come or go need not wait for a thread to be made.
        let started = self.source().start(Ticket {
            roll: Arc::clone(self),
            number,
            core,
        });
        let summoned = match started {
            Ok(_) => Summoned::Asked,
            Err(_) => Summoned::Refused,
        };
        summons.outcome = started.ok();
        summoned
    }

    fn source(&self) -> &Source {
        self.source
            .get_or_init(|| Source::choose(&self.style, self.plan.as_ref()))
    }

    /// Whether the next helper is a thread that has to be started first.
    pub(crate) fn starts_threads(&self) -> bool {
        self.source().starts_threads()
    }

    /// Those that were asked for have had time to begin. Starts a thread at most, and waits for none. For whoever keeps the run
    /// from being over meanwhile: a helper that is inside, or the thread that will dismiss them.
    pub(crate) fn hasten(self: &Arc<Self>) {
        let state = self.state.lock();
        let all_begun = state.started + state.turned_down == state.next_number;
        if all_begun || state.dismissed {
            return;
        }
        drop(state);
        match self.source() {
            #[cfg(any(test, not(any(fanout_loom, fanout_shuttle))))]
            Source::Cached(cache) => cache.hasten(self),
            // The system has chosen a core for each.
            Source::Fresh { .. } => {}
        }
    }

    /// Whether the system has refused a thread to this run.
    pub(crate) fn refused(&self) -> bool {
        self.state.lock().turned_down > 0
    }

    /// How many helpers are inside.
    pub(crate) fn inside(&self) -> usize {
        self.state.lock().inside
    }

    /// How many helpers have begun.
    #[cfg(test)]
    pub(crate) fn started(&self) -> usize {
        self.state.lock().started
    }

    /// How many helpers have been asked, and not been refused.
    pub(crate) fn asked(&self) -> usize {
        let state = self.state.lock();
        state.next_number - state.turned_down
    }

    pub(super) fn chain(&self) -> &Chain {
        &self.chain
    }

    pub(super) fn enclosing(&self) -> &[Weak<Roll>] {
        &self.enclosing
    }

    pub(super) fn is_nested_in(&self, outer: &Roll) -> bool {
        // A weak reference keeps the address from being used again.
        self.enclosing
            .iter()
            .any(|roll| std::ptr::eq(roll.as_ptr(), outer))
    }

    fn enter(self: &Arc<Self>) -> Option<Inside<'_>> {
        let mut state = self.state.lock();
        if state.dismissed {
            return None;
        }
        state.inside += 1;
        state.started += 1;
        drop(state);
        here::go_inside(self);
        Some(Inside { roll: self })
    }

    pub(super) fn dismiss(&self) {
        if here::is_inside(self) {
            fatal("a helper waits for itself to leave");
        }
        let mut state = self.state.lock();
        state.dismissed = true;
        if !state.is_quiet() {
            self.quiet.set(false);
            drop(state);
            // Most of them are inside a short item, or on their way out: to fall asleep and be woken would take longer. (On
            // one core they need this one.)
            if available_parallelism() > 1 {
                spin_for(PATIENCE, || self.quiet.is_set());
            }
            state = self.state.lock();
        }
        // Waits for the work that helpers are in the middle of, user code included.
        while !state.is_quiet() {
            state = self.all_out.wait(state);
        }
        // Nobody is inside, so the work may go. But a thread that has left may be the one that ends the chain, and wait
        // for this one: it is not waited for in turn, and touches nothing but the roll, which it co-owns.
        if state.ends_a_chain {
            return;
        }
        let joins = std::mem::take(&mut state.joins);
        drop(state);
        for handle in joins {
            // Blocks until the thread has ended: it has left, or finds in `enter` that it must not
            // begin. What remains is its thread-local destructors.
            if let Err(payload) = handle.join() {
                // It did not unwind in the work; there is nobody to be told of what did.
                panic::discard(payload);
            }
        }
    }

    /// Point 6. Afterwards the roll is as after `dismiss`, but for those who are inside.
    pub(super) fn abandon(&self, engine: Box<dyn Send>) {
        self.state.lock().dismissed = true;
        let Err(engine) = self.leave_behind(engine) else {
            return;
        };
        // Nobody is inside, and nobody will be. But the engine owns the stages before this run, and ending one of those
        // waits for its helpers: if this thread is one of them, the last of them does it.
        let engine = match here::roll_of_chain(&self.chain) {
            Some(stage) => stage.leave_behind(engine),
            None => Err(engine),
        };
        // Foreign destructors, so outside the lock.
        drop(engine);
    }

    /// Leaves `engine` to the last helper out. Hands it back if none is inside.
    fn leave_behind(&self, engine: Box<dyn Send>) -> Result<(), Box<dyn Send>> {
        let mut state = self.state.lock();
        if state.inside == 0 {
            return Err(engine);
        }
        let other = state.estate.replace(engine);
        drop(state);
        debug_assert!(other.is_none(), "a chain is abandoned once");
        Ok(())
    }
}

impl fmt::Debug for Roll {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state.lock();
        f.debug_struct("Roll")
            .field("dismissed", &state.dismissed)
            .field("inside", &state.inside)
            .field("started", &state.started)
            .finish_non_exhaustive()
    }
}

#[cfg(all(test, not(any(fanout_loom, fanout_shuttle))))]
impl Roll {
    /// As a summons makes one.
    pub(super) fn ticket_for_test(self: &Arc<Self>) -> Ticket {
        Ticket {
            roll: Arc::clone(self),
            number: 0,
            core: None,
        }
    }
}

#[cfg(all(test, any(fanout_loom, fanout_shuttle)))]
impl Roll {
    /// Waits until all threads that have been asked have ended: what nobody does for an abandoned run.
    pub(super) fn join_for_test(&self) {
        let handles = std::mem::take(&mut self.state.lock().joins);
        for handle in handles {
            handle.join().expect("a helper unwound");
        }
    }

    pub(super) fn unjoined(&self) -> usize {
        self.state.lock().joins.len()
    }

    /// Takes helpers from `cache`.
    pub(super) fn use_for_test(&self, cache: &Arc<super::cache::Cache>) {
        let chosen = self.source.set(Source::Cached(Arc::clone(cache)));
        assert!(chosen.is_ok(), "helpers have been summoned before");
    }
}

/// A `summon_one` in progress.
struct Summons<'a> {
    roll: &'a Roll,
    /// `None`: there is no thread. `Some(None)`: there is one, and it is not ours to join.
    outcome: Option<Option<JoinHandle<()>>>,
}

impl Drop for Summons<'_> {
    fn drop(&mut self) {
        let mut state = self.roll.state.lock();
        state.summoning -= 1;
        match self.outcome.take() {
            Some(handle) => state.joins.extend(handle),
            None => state.turned_down += 1,
        }
        let all_out = state.dismissed && state.is_quiet();
        self.roll.quiet.set(all_out);
        drop(state);
        if all_out {
            self.roll.all_out.notify_all();
        }
    }
}

/// A helper's right to enter, once.
pub(super) struct Ticket {
    roll: Arc<Roll>,
    number: usize,
    /// Of whoever asked, and works on.
    core: Option<CoreId>,
}

impl Ticket {
    /// Its number among the helpers of the run.
    pub(super) fn number(&self) -> usize {
        self.number
    }

    pub(super) fn is_for(&self, roll: &Arc<Roll>) -> bool {
        Arc::ptr_eq(&self.roll, roll)
    }

    /// Whether this thread has the core of whoever asked for it.
    pub(super) fn is_in_the_way(&self) -> bool {
        self.core.is_some() && self.core == current_core()
    }

    /// Helps, if the run is still on. `begun` is called after entering. `done` is called when the
    /// thread is free for other work: by the time `dismiss` returns this has been called for every
    /// helper that it waited for. Both run under no user code; `done` runs under the roll's lock.
    pub(super) fn serve(self, begun: impl FnOnce(), done: impl FnOnce()) {
        let Some(inside) = self.roll.enter() else {
            drop(self);
            return done();
        };
        begun();
        self.roll.work.call(self.number, &inside);
        let mut done = Some(done);
        let estate = inside.leave(|| {
            if let Some(done) = done.take() {
                done();
            }
        });
        drop(self);
        if let Some(engine) = estate {
            drop_estate(engine);
        }
        if let Some(done) = done {
            done();
        }
    }
}

/// The engine of an abandoned run has items of the user, whose destructors may panic. Nobody is left
/// to be told; the hook has reported it.
fn drop_estate(engine: Box<dyn Send>) {
    if !panic::swallow(move || drop(engine)) {
        here::do_not_reuse();
    }
}

/// Proof that the current thread is inside (point 1).
pub(super) struct Inside<'a> {
    roll: &'a Arc<Roll>,
}

impl Inside<'_> {
    /// Returns the engine if this is the last out of an abandoned run. Otherwise `signed_off` is
    /// called, under the lock: whoever sees this helper gone sees what that did.
    fn leave(self, signed_off: impl FnOnce()) -> Option<Box<dyn Send>> {
        let roll = self.roll;
        // Not dropped: `Drop` is for the way out that must not be.
        std::mem::forget(self);
        here::go_outside();
        let mut state = roll.state.lock();
        state.inside -= 1;
        let estate = if state.inside == 0 {
            state.estate.take()
        } else {
            None
        };
        if estate.is_some() {
            // This thread is about to end a chain of which this run may be a stage. Whoever dismisses this run for it must
            // not wait for this thread to end, as it waits for them. All that is left of it is on what it co-owns.
            state.ends_a_chain = true;
        }
        if estate.is_none() {
            signed_off();
        }
        let all_out = state.dismissed && state.is_quiet();
        roll.quiet.set(all_out);
        drop(state);
        if all_out {
            // After the lock, on a roll that this helper co-owns (point 4).
            roll.all_out.notify_all();
        }
        estate
    }
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        // Letting the helper go would break the count, keeping it would hang the run.
        fatal("a helper's work unwound");
    }
}

/// Ends the process because this crate is wrong; going on would let threads touch freed memory.
#[cold]
fn fatal(what: &str) -> ! {
    eprintln!("fanout bug: {what}; aborting");
    std::process::abort();
}
