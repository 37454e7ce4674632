//! Crews of more helpers, and caches, in random schedules.

use super::cache::Cache;
use super::*;
use crate::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use crate::sync::checking::many_schedules;
use crate::sync::{Arc, Mutex, OnceLock};
use shuttle::rand::{Rng, thread_rng};
use shuttle::thread;

/// Helpers that summon each other; the run ends at any moment. Work that is touched after it was
/// called off, or a dismissal that returns early, is seen by `over`.
fn chain(cache: Option<&Arc<Cache>>, limit: usize) {
    let over = AtomicBool::new(false);
    let inside = AtomicUsize::new(0);
    let helped = AtomicUsize::new(0);
    let roll = OnceLock::<Arc<Roll>>::new();
    let work = |_| {
        assert!(!over.load(Ordering::SeqCst));
        inside.fetch_add(1, Ordering::SeqCst);
        for _ in 0..thread_rng().gen_range(0..3) {
            roll.get().unwrap().summon_one();
            if thread_rng().gen_bool(0.3) {
                roll.get().unwrap().hasten();
            }
        }
        helped.fetch_add(1, Ordering::SeqCst);
        assert!(!over.load(Ordering::SeqCst));
        inside.fetch_sub(1, Ordering::SeqCst);
    };
    // SAFETY: the crew is dropped, hence dismissed, before the work.
    let crew = unsafe { Crew::new(&raw const work, limit, Style::default(), Chain::new()) };
    if let Some(cache) = cache {
        crew.handle().use_for_test(cache);
    }
    assert!(roll.set(crew.handle()).is_ok());
    for _ in 0..thread_rng().gen_range(1..4) {
        crew.summon_one();
        if thread_rng().gen_bool(0.3) {
            crew.handle().hasten();
        }
    }
    crew.dismiss();
    over.store(true, Ordering::SeqCst);
    assert_eq!(inside.load(Ordering::SeqCst), 0);
    assert_eq!(helped.load(Ordering::SeqCst), crew.started());
    assert!(crew.started() <= crew.asked() && crew.asked() <= limit);
}

#[test]
fn shuttle_roll_chain_of_helpers() {
    many_schedules(|| chain(None, 6));
}

#[test]
fn shuttle_roll_abandoned_from_inside() {
    many_schedules(|| {
        #[derive(Default)]
        struct Counts {
            inside: AtomicUsize,
            dropped: AtomicUsize,
        }
        struct Engine(Arc<Counts>);
        impl Drop for Engine {
            fn drop(&mut self) {
                assert_eq!(self.0.inside.load(Ordering::SeqCst), 0);
                self.0.dropped.fetch_add(1, Ordering::SeqCst);
            }
        }
        let counts = Arc::new(Counts::default());
        let held = Mutex::new(None::<(Crew, Box<dyn Send>)>);
        let work = |_| {
            counts.inside.fetch_add(1, Ordering::SeqCst);
            if thread_rng().gen_bool(0.5) {
                let taken = held.lock().take();
                if let Some((crew, engine)) = taken {
                    crew.abandon_to_last(engine);
                }
            }
            counts.inside.fetch_sub(1, Ordering::SeqCst);
            assert_eq!(counts.dropped.load(Ordering::SeqCst), 0);
        };
        // SAFETY: the work lives until all threads have been joined below.
        let crew = unsafe { Crew::new(&raw const work, 4, Style::default(), Chain::new()) };
        let roll = crew.handle();
        *held.lock() = Some((crew, Box::new(Engine(Arc::clone(&counts)))));
        while roll.summon_one() == Summoned::Asked {}
        roll.join_for_test();
        // If nobody inside has abandoned the run its owner does.
        let left = held.lock().take();
        if let Some((crew, engine)) = left {
            crew.abandon_to_last(engine);
        }
        assert_eq!(counts.dropped.load(Ordering::SeqCst), 1);
    });
}

/// Several runs at once on one cache, some after another, while its owner releases it now and then.
#[test]
fn shuttle_cache_of_several_runs() {
    many_schedules(|| {
        let cache = Arc::new(Cache::new());
        let runs = [(); 2].map(|()| {
            let cache = Arc::clone(&cache);
            thread::spawn(move || (0..2).for_each(|_| chain(Some(&cache), 3)))
        });
        for _ in 0..2 {
            cache.begin_closing();
            cache.finish_closing(true);
            thread::yield_now();
        }
        for run in runs {
            run.join().unwrap();
        }
        cache.begin_closing();
        cache.finish_closing(false);
        assert_eq!(cache.threads(), 0);
    });
}
