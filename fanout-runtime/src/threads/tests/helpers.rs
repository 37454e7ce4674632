//! Helpers come, work, and are gone when the run says so.

use super::*;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc;

#[test]
fn they_have_numbers_and_names() {
    watched(|| {
        for style in [Style::default(), named()] {
            let seen = Mutex::new(Vec::new());
            let meet = Barrier::new(4);
            let work = |number| {
                let name = thread::current().name().map(str::to_owned);
                seen.lock().unwrap().push((number, name));
                meet.wait();
            };
            with_crew(3, style.clone(), &work, |crew| {
                for _ in 0..3 {
                    assert_eq!(crew.summon_one(), Summoned::Asked);
                }
                assert_eq!(crew.summon_one(), Summoned::Full);
                meet.wait();
                assert_eq!((crew.asked(), crew.started()), (3, 3));
                assert!(!crew.refused());
                crew.dismiss();
                crew.dismiss();
                assert_eq!(crew.summon_one(), Summoned::Dismissed);
            });
            let mut seen = seen.into_inner().unwrap();
            seen.sort();
            let expected: Vec<_> = (0..3)
                .map(|number| match &style.name {
                    Some(name) => (number, Some(format!("{name}-{number}"))),
                    None => (number, Some("fanout".to_owned())),
                })
                .collect();
            assert_eq!(seen, expected);
        }
    });
}

#[test]
fn dismissal_waits_for_those_inside() {
    watched(|| {
        for style in [Style::default(), named()] {
            let (go, gone) = mpsc::channel();
            let gone = Mutex::new(gone);
            let begun = Barrier::new(2);
            let finished = AtomicBool::new(false);
            let work = |_| {
                begun.wait();
                gone.lock().unwrap().recv().unwrap();
                finished.store(true, Ordering::Relaxed);
            };
            with_crew(1, style, &work, |crew| {
                crew.summon_one();
                begun.wait();
                let roll = crew.handle();
                let dismissed = AtomicBool::new(false);
                thread::scope(|scope| {
                    scope.spawn(|| {
                        eventually(|| roll.summon_one() == Summoned::Dismissed);
                        assert!(!dismissed.load(Ordering::Relaxed));
                        go.send(()).unwrap();
                    });
                    crew.dismiss();
                    assert!(finished.load(Ordering::Relaxed));
                    dismissed.store(true, Ordering::Relaxed);
                });
            });
        }
    });
}

#[test]
fn dropping_the_crew_dismisses() {
    watched(|| {
        let finished = AtomicUsize::new(0);
        let begun = Barrier::new(3);
        let work = |_| {
            begun.wait();
            finished.fetch_add(1, Ordering::Relaxed);
        };
        with_crew(2, Style::default(), &work, |crew| {
            crew.summon_one();
            crew.summon_one();
            begun.wait();
        });
        assert_eq!(finished.load(Ordering::Relaxed), 2);
    });
}

#[test]
fn they_summon_the_next() {
    watched(|| {
        for style in [Style::default(), named()] {
            let roll: Mutex<Option<Arc<Roll>>> = Mutex::new(None);
            let meet = Barrier::new(9);
            let work = |_| {
                let roll = roll.lock().unwrap().clone().unwrap();
                roll.summon_one();
                meet.wait();
            };
            with_crew(8, style, &work, |crew| {
                *roll.lock().unwrap() = Some(crew.handle());
                crew.summon_one();
                meet.wait();
            });
        }
    });
}

/// At every moment from before the first helper has begun to after the last.
#[test]
fn stress_called_off_helpers_never_touch_the_work() {
    watched(|| {
        for round in 0..400 {
            let style = if round % 2 == 0 {
                Style::default()
            } else {
                named()
            };
            let over = AtomicBool::new(false);
            let begun = AtomicUsize::new(0);
            let work = |_| {
                begun.fetch_add(1, Ordering::Relaxed);
                assert!(!over.load(Ordering::Relaxed));
            };
            with_crew(4, style, &work, |crew| {
                for _ in 0..4 {
                    crew.summon_one();
                }
                for _ in 0..round {
                    std::hint::spin_loop();
                }
                crew.dismiss();
                over.store(true, Ordering::Relaxed);
                assert_eq!(crew.started(), begun.load(Ordering::Relaxed));
                assert_eq!(crew.asked(), 4);
            });
        }
    });
}

/// Nesting: each helper has a crew of its own, and waits for it inside.
#[test]
fn they_may_have_helpers() {
    fn nest(depth: usize, leaves: &AtomicUsize) {
        if depth == 0 {
            leaves.fetch_add(1, Ordering::Relaxed);
            return;
        }
        let work = |_| nest(depth - 1, leaves);
        with_crew(2, Style::default(), &work, |crew| {
            crew.summon_one();
            crew.summon_one();
            eventually(|| crew.started() == 2);
        });
    }

    watched(|| {
        let leaves = AtomicUsize::new(0);
        nest(4, &leaves);
        assert_eq!(leaves.load(Ordering::Relaxed), 16);
    });
}

#[test]
fn they_know_that_they_are_inside() {
    watched(|| {
        let meet = Barrier::new(2);
        let nothing = |_| {};
        with_crew(1, Style::default(), &nothing, |other| {
            let crew_of_work = Mutex::new(None::<Arc<Crew>>);
            let work = |_| {
                meet.wait();
                let crew = crew_of_work.lock().unwrap().clone().unwrap();
                assert!(crew.is_inside() && !other.is_inside());
                // A helper of a run that is started here waits for nobody, but we wait for it.
                let inner_work = |_| {
                    assert!(crew.is_inside() && !other.is_inside());
                };
                with_crew(1, Style::default(), &inner_work, |inner| {
                    assert!(!inner.is_inside());
                    inner.summon_one();
                    eventually(|| inner.started() == 1);
                });
                drop(crew);
                meet.wait();
            };
            // SAFETY: the crew is dismissed below, before the work goes.
            let crew =
                Arc::new(unsafe { Crew::new(&raw const work, 1, Style::default(), Chain::new()) });
            *crew_of_work.lock().unwrap() = Some(Arc::clone(&crew));
            assert!(!crew.is_inside());
            crew.summon_one();
            meet.wait();
            meet.wait();
            crew.dismiss();
        });
    });
}

#[test]
fn fresh_ones_are_joined() {
    watched(|| {
        let ended = Arc::new(AtomicUsize::new(0));
        let threads = gather_and(4, named(), || count_end(&ended));
        assert_eq!(ended.load(Ordering::Relaxed), 4);
        assert_eq!(threads.len(), 4);
    });
}

/// There the cache is gone, or going.
#[test]
fn they_can_be_summoned_by_destructors_of_thread_locals() {
    struct RunsAtTheEnd(Arc<AtomicUsize>);
    impl Drop for RunsAtTheEnd {
        fn drop(&mut self) {
            let threads = gather(2, Style::default());
            self.0.fetch_add(threads.len(), Ordering::Relaxed);
        }
    }
    thread_local! {
        static BEFORE: RefCell<Option<RunsAtTheEnd>> = const { RefCell::new(None) };
        static AFTER: RefCell<Option<RunsAtTheEnd>> = const { RefCell::new(None) };
    }

    watched(|| {
        let helped = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&helped);
        let ending = thread::spawn(move || {
            // Destroyed in an order that is not ours to know: one before the cache and one after it.
            BEFORE.with(|run| run.replace(Some(RunsAtTheEnd(Arc::clone(&counted)))));
            gather(2, Style::default());
            AFTER.with(|run| run.replace(Some(RunsAtTheEnd(counted))));
        });
        ending.join().unwrap();
        assert_eq!(helped.load(Ordering::Relaxed), 4);
    });
}
