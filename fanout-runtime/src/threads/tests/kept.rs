//! Threads that are kept between runs: used again, and gone when they should be.

use super::*;
use std::sync::mpsc;

fn kept() -> usize {
    cache::own::of_this_thread().unwrap().threads()
}

#[test]
fn the_next_run_gets_the_same_threads() {
    watched(|| {
        keep_idle_threads();
        let first = gather(3, Style::default());
        for _ in 0..100 {
            assert_eq!(gather(3, Style::default()), first);
        }
        assert_eq!(kept(), 3);
    });
}

#[test]
fn each_calling_thread_has_its_own() {
    watched(|| {
        let mine = gather(2, Style::default());
        let others = thread::spawn(|| gather(2, Style::default()))
            .join()
            .unwrap();
        assert!(mine.iter().all(|thread| !others.contains(thread)));
    });
}

#[test]
fn a_name_or_a_stack_size_wants_fresh_ones() {
    watched(|| {
        keep_idle_threads();
        let kept = gather(1, Style::default());
        for style in [
            named(),
            Style {
                name: None,
                stack_size: Some(1 << 20),
            },
            Style {
                name: Some("x".to_owned()),
                stack_size: None,
            },
        ] {
            assert_ne!(gather(1, style), kept);
        }
        assert_eq!(gather(1, Style::default()), kept);
    });
}

#[test]
fn releasing_joins_them() {
    watched(|| {
        keep_idle_threads();
        let ended = Arc::new(AtomicUsize::new(0));
        for round in 1..=20 {
            gather_and(3, Style::default(), || count_end(&ended));
            release_threads();
            assert_eq!(ended.load(Ordering::Relaxed), 3 * round);
            assert_eq!(kept(), 0);
        }
        release_threads();
    });
}

/// Also those that have been asked and called off, wherever they are on their way.
#[test]
fn stress_releasing_joins_those_called_off() {
    watched(|| {
        for round in 0..300 {
            let nothing = |_| {};
            with_crew(3, Style::default(), &nothing, |crew| {
                for _ in 0..1 + round % 3 {
                    crew.summon_one();
                }
            });
            if round % 4 > 0 {
                release_threads();
                assert_eq!(kept(), 0);
            }
        }
    });
}

/// A run that is still going on does not hold up the release, and its helper finds the cache open.
#[test]
fn releasing_leaves_busy_ones_alone() {
    watched(|| {
        let ended = Arc::new(AtomicUsize::new(0));
        let (go, wait) = mpsc::channel::<()>();
        let wait = Mutex::new(wait);
        let begun = Barrier::new(2);
        let work = |_| {
            count_end(&ended);
            begun.wait();
            let _ = wait.lock().unwrap().recv();
        };
        with_crew(1, Style::default(), &work, |crew| {
            crew.summon_one();
            begun.wait();
            release_threads();
            assert_eq!((kept(), ended.load(Ordering::Relaxed)), (1, 0));
            drop(go);
        });
        release_threads();
        assert_eq!((kept(), ended.load(Ordering::Relaxed)), (0, 1));
    });
}

#[test]
fn they_end_with_their_calling_thread() {
    watched(|| {
        let ended = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&ended);
        let caller = thread::spawn(move || {
            keep_idle_threads();
            gather_and(3, Style::default(), || count_end(&counted));
        });
        caller.join().unwrap();
        assert_eq!(ended.load(Ordering::Relaxed), 3);
    });
}

#[test]
fn they_end_when_idle() {
    watched(|| {
        let ended = Arc::new(AtomicUsize::new(0));
        gather_and(3, Style::default(), || count_end(&ended));
        eventually(|| ended.load(Ordering::Relaxed) == 3);
        // The last one to end is joined by whoever comes next.
        assert!(kept() <= 1);
        gather(1, Style::default());
        release_threads();
        assert_eq!(kept(), 0);
    });
}

/// Of threads that end by themselves each joins the one before, so that joining the last is enough. Here
/// the first one takes its time over its last destructor.
#[test]
fn none_is_left_when_the_last_is_joined() {
    struct TakesItsTime(Arc<(AtomicUsize, Mutex<mpsc::Receiver<()>>, AtomicUsize)>);
    impl Drop for TakesItsTime {
        fn drop(&mut self) {
            let (come, gate, ended) = &*self.0;
            if come.fetch_add(1, Ordering::Relaxed) == 0 {
                let _ = gate.lock().unwrap().recv();
            }
            ended.fetch_add(1, Ordering::Relaxed);
        }
    }
    thread_local! {
        static SLOW: RefCell<Option<TakesItsTime>> = const { RefCell::new(None) };
    }

    watched(|| {
        let (open, gate) = mpsc::channel::<()>();
        let state = Arc::new((AtomicUsize::new(0), Mutex::new(gate), AtomicUsize::new(0)));
        gather_and(2, Style::default(), || {
            SLOW.with(|slow| slow.replace(Some(TakesItsTime(Arc::clone(&state)))));
        });
        // Both have left, and one is not joined.
        eventually(|| kept() == 1);
        let opener = thread::spawn(move || {
            thread::sleep(std::time::Duration::from_millis(20));
            drop(open);
        });
        release_threads();
        assert_eq!(state.2.load(Ordering::Relaxed), 2);
        opener.join().unwrap();
    });
}

#[test]
fn one_that_saw_a_panic_is_not_used_again() {
    watched(|| {
        keep_idle_threads();
        let ended = Arc::new(AtomicUsize::new(0));
        let first = gather_and(1, Style::default(), || {
            count_end(&ended);
            do_not_reuse();
        });
        assert_ne!(gather(1, Style::default()), first);
        eventually(|| ended.load(Ordering::Relaxed) == 1);
        release_threads();
        assert_eq!(kept(), 0);
    });
}

#[test]
fn no_more_are_kept_than_useful() {
    watched(|| {
        let most = 16.max(2 * crate::sync::thread::available_parallelism());
        keep_idle_threads();
        gather(most + 8, Style::default());
        assert!(cache::own::of_this_thread().unwrap().idle() == most);
        assert_eq!(gather(4, Style::default()).len(), 4);
    });
}

/// The time of an idle thread ends while it is wanted again: nobody is lost, none is used twice.
#[test]
fn stress_wanted_while_giving_up() {
    watched(|| {
        for round in 0..6 {
            gather(2, Style::default());
            let pause = cache::IDLE + std::time::Duration::from_micros(50 * round) / 2;
            thread::sleep(pause);
            gather(2, Style::default());
        }
        release_threads();
        assert_eq!(kept(), 0);
    });
}
