//! The protocol of `roll`, and that of `cache`, in every interleaving up to three preemptions.

use super::cache::Cache;
use super::*;
use crate::sync::atomic::{AtomicUsize, Ordering};
use crate::sync::cell::UnsafeCell;
use crate::sync::checking::every_interleaving as model;
use crate::sync::event::Event;
use crate::sync::{Arc, Mutex, OnceLock};

/// What a run owns and its helpers write: one place each, plain memory, so that loom reports every
/// access that is not ordered with the others.
struct Engine {
    places: [UnsafeCell<usize>; 2],
    /// Counts drops. Outlives the engine.
    dropped: Arc<AtomicUsize>,
}

// SAFETY: the accesses are those of `help` and `helped`.
unsafe impl Sync for Engine {}

impl Engine {
    fn new(dropped: &Arc<AtomicUsize>) -> Self {
        Self {
            places: [UnsafeCell::new(0), UnsafeCell::new(0)],
            dropped: Arc::clone(dropped),
        }
    }

    fn help(&self, number: usize) {
        self.places[number].with_mut(|place| {
            // SAFETY: each helper has a place of its own, and the run looks at them only when no
            // helper is inside. Loom checks exactly that.
            unsafe { *place += 1 }
        });
    }

    fn helped(&self) -> usize {
        self.places
            .iter()
            .map(|place| {
                place.with(|place| {
                    // SAFETY: called only when no helper is inside.
                    unsafe { *place }
                })
            })
            .sum()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // Reading is an access that conflicts with a helper that is still at work.
        self.helped();
        // Relaxed: read after a join.
        self.dropped.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn loom_roll_dismissal_waits_for_helpers() {
    model(|| {
        let dropped = Arc::new(AtomicUsize::new(0));
        let engine = Engine::new(&dropped);
        let work = |number| engine.help(number);
        // SAFETY: the crew is dropped, hence dismissed, before the work and the engine.
        let crew = unsafe { Crew::new(&raw const work, 2, Style::default(), Chain::new()) };
        assert_eq!(crew.summon_one(), Summoned::Asked);
        assert_eq!(crew.summon_one(), Summoned::Asked);
        assert_eq!(crew.summon_one(), Summoned::Full);
        crew.dismiss();
        assert_eq!(engine.helped(), crew.started());
        assert_eq!(crew.summon_one(), Summoned::Dismissed);
    });
}

/// A helper that summons the next while the run is being dismissed.
#[test]
fn loom_roll_chain_against_dismissal() {
    model(|| {
        let dropped = Arc::new(AtomicUsize::new(0));
        let engine = Engine::new(&dropped);
        let roll = OnceLock::<Arc<Roll>>::new();
        let work = |number| {
            engine.help(number);
            let summoned = roll.get().unwrap().summon_one();
            assert!(matches!(
                summoned,
                Summoned::Asked | Summoned::Full | Summoned::Dismissed
            ));
        };
        // SAFETY: as above.
        let crew = unsafe { Crew::new(&raw const work, 2, Style::default(), Chain::new()) };
        assert!(roll.set(crew.handle()).is_ok());
        crew.summon_one();
        crew.dismiss();
        assert_eq!(engine.helped(), crew.started());
    });
}

/// Somebody who is no helper summons one while the run is being dismissed: its thread is joined, too.
#[test]
fn loom_roll_summons_from_outside_against_dismissal() {
    model(|| {
        let work = |_| {};
        // SAFETY: the crew is dropped, hence dismissed, before the work.
        let crew = unsafe { Crew::new(&raw const work, 1, Style::default(), Chain::new()) };
        let roll = crew.handle();
        let outsider = loom::thread::spawn(move || {
            let summoned = roll.summon_one();
            assert!(matches!(summoned, Summoned::Asked | Summoned::Dismissed));
            roll
        });
        crew.dismiss();
        let roll = outsider.join().unwrap();
        assert_eq!(roll.unjoined(), 0);
    });
}

/// An engine on the heap, with a pointer that is no owner: a count would keep the engine alive, and
/// hide the mistake that these tests look for.
struct Abandoned {
    engine: Option<Box<dyn Send>>,
    pointer: *const Engine,
    dropped: Arc<AtomicUsize>,
}

impl Abandoned {
    fn new() -> Self {
        let dropped = Arc::new(AtomicUsize::new(0));
        let engine = Arc::new(Engine::new(&dropped));
        Self {
            pointer: Arc::as_ptr(&engine),
            engine: Some(Box::new(engine)),
            dropped,
        }
    }
}

#[derive(Clone, Copy)]
struct Pointer(*const Engine);

// SAFETY: used like `&Engine`, and by helpers that are inside.
unsafe impl Send for Pointer {}
// SAFETY: as above.
unsafe impl Sync for Pointer {}

impl Pointer {
    fn help(&self, number: usize) {
        // SAFETY: called from inside, and the engine is dropped only when nobody is.
        unsafe { (*self.0).help(number) }
    }
}

/// The engine is dropped once, by the last out, and not while somebody is inside.
#[test]
fn loom_roll_abandoned_by_its_owner() {
    model(|| {
        let mut run = Abandoned::new();
        let pointer = Pointer(run.pointer);
        let work = move |number| pointer.help(number);
        // SAFETY: the work lives until the threads have been joined below.
        let crew = unsafe { Crew::new(&raw const work, 2, Style::default(), Chain::new()) };
        let roll = crew.handle();
        crew.summon_one();
        crew.summon_one();
        crew.abandon_to_last(run.engine.take().unwrap());
        roll.join_for_test();
        assert_eq!(run.dropped.load(Ordering::Relaxed), 1);
    });
}

/// The same by a helper from within its work, with another one about.
#[test]
fn loom_roll_abandoned_from_inside() {
    model(|| {
        let mut run = Abandoned::new();
        let pointer = Pointer(run.pointer);
        let held = Mutex::new(None::<(Crew, Box<dyn Send>)>);
        let work = |number| {
            pointer.help(number);
            let taken = held.lock().take();
            if let Some((crew, engine)) = taken {
                assert!(crew.is_inside());
                crew.abandon_to_last(engine);
            }
        };
        // SAFETY: the work lives until the threads have been joined below.
        let crew = unsafe { Crew::new(&raw const work, 2, Style::default(), Chain::new()) };
        let roll = crew.handle();
        *held.lock() = run.engine.take().map(|engine| (crew, engine));
        roll.summon_one();
        roll.summon_one();
        roll.join_for_test();
        assert_eq!(run.dropped.load(Ordering::Relaxed), 1);
    });
}

/// A run whose helpers come from `cache`.
fn crew_from(cache: &Arc<Cache>, work: &dyn Help, limit: usize) -> Crew {
    // SAFETY: the callers drop, hence dismiss, the crew before the work.
    let crew = unsafe { Crew::new(work, limit, Style::default(), Chain::new()) };
    crew.handle().use_for_test(cache);
    crew
}

/// Two runs one after the other. In a model an idle thread's time is over as soon as the others have
/// had their chance, so the second summons meets a thread that waits, one that is about to give up,
/// and none. Wherever it is lost, the last wait is a deadlock.
#[test]
fn loom_cache_hands_over_or_starts() {
    model(|| {
        let cache = Arc::new(Cache::new());
        for _ in 0..2 {
            let done = Arc::new((AtomicUsize::new(0), Event::new()));
            let work = |_| {
                done.0.fetch_add(1, Ordering::AcqRel);
                done.1.notify_one();
            };
            let crew = crew_from(&cache, &work, 1);
            crew.summon_one();
            while done.0.fetch_add(0, Ordering::AcqRel) == 0 {
                let listener = done.1.listen();
                if done.0.fetch_add(0, Ordering::AcqRel) == 0 {
                    listener.wait();
                }
            }
        }
        cache.begin_closing();
        cache.finish_closing(false);
        assert_eq!(cache.threads(), 0);
    });
}

/// The second summons may find a thread that waits, and then a fresh one is asked for in its stead, while that one wakes up.
#[test]
fn loom_cache_replaces_one_that_is_late() {
    model(|| {
        let cache = Arc::new(Cache::new());
        for round in 0..2 {
            let helped = AtomicUsize::new(0);
            let work = |_| {
                helped.fetch_add(1, Ordering::Relaxed);
            };
            let crew = crew_from(&cache, &work, 1);
            crew.summon_one();
            if round == 1 {
                crew.handle().hasten();
            }
            crew.dismiss();
            assert_eq!(helped.load(Ordering::Relaxed), crew.started());
        }
        cache.begin_closing();
        cache.finish_closing(false);
        assert_eq!(cache.threads(), 0);
    });
}

/// Closing waits for helpers that are called off or have left, and joins them.
#[test]
fn loom_cache_closing_against_called_off_helpers() {
    model(|| {
        let cache = Arc::new(Cache::new());
        let helped = AtomicUsize::new(0);
        let work = |_| {
            helped.fetch_add(1, Ordering::Relaxed);
        };
        let crew = crew_from(&cache, &work, 2);
        crew.summon_one();
        crew.summon_one();
        crew.dismiss();
        assert_eq!(helped.load(Ordering::Relaxed), crew.started());
        cache.begin_closing();
        cache.finish_closing(true);
        assert_eq!(cache.threads(), 0);
    });
}

/// Closing does not wait for a helper that is inside, and notices it when it goes there.
#[test]
fn loom_cache_closing_leaves_busy_helpers_alone() {
    model(|| {
        let cache = Arc::new(Cache::new());
        let closed = (AtomicUsize::new(0), Event::new());
        let work = |_| {
            while closed.0.fetch_add(0, Ordering::AcqRel) == 0 {
                let listener = closed.1.listen();
                if closed.0.fetch_add(0, Ordering::AcqRel) == 0 {
                    listener.wait();
                }
            }
        };
        let crew = crew_from(&cache, &work, 1);
        crew.summon_one();
        cache.begin_closing();
        cache.finish_closing(true);
        assert!(cache.threads() <= 1);
        closed.0.fetch_add(1, Ordering::AcqRel);
        closed.1.notify_all();
        crew.dismiss();
        cache.begin_closing();
        cache.finish_closing(false);
        assert_eq!(cache.threads(), 0);
    });
}
