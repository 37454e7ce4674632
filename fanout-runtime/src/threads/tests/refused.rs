//! The system gives no threads.

use super::*;

/// Asks for `limit` helpers, in a chain, and lets them meet. Returns how many there were.
fn chain(limit: usize, style: Style) -> (usize, bool) {
    let roll: Mutex<Option<Arc<Roll>>> = Mutex::new(None);
    let ended = AtomicUsize::new(0);
    let work = |_| {
        let roll = roll.lock().unwrap().clone().unwrap();
        roll.summon_one();
        ended.fetch_add(1, Ordering::Relaxed);
    };
    with_crew(limit, style, &work, |crew| {
        *roll.lock().unwrap() = Some(crew.handle());
        if crew.summon_one() == Summoned::Asked {
            eventually(|| crew.refused() || crew.started() == limit);
            eventually(|| crew.started() == crew.asked());
        }
        crew.dismiss();
        assert_eq!(crew.started(), ended.load(Ordering::Relaxed));
        (crew.asked(), crew.refused())
    })
}

/// Every attempt in turn fails, alone or with all after it. One failure is enough for a run to ask no
/// more, so both come to the same.
#[test]
fn a_run_goes_on_with_those_it_has() {
    watched(|| {
        for limit in 1..=8 {
            for fails in 0..=limit as u64 {
                for all_after in [false, true] {
                    for style in [Style::default(), named()] {
                        let guard = refuse_threads_from(fails, all_after);
                        let (asked, refused) = chain(limit, style);
                        drop(guard);
                        assert_eq!(asked, limit.min(fails as usize));
                        assert_eq!(refused, fails < limit as u64);
                    }
                }
            }
        }
        assert_eq!(chain(3, Style::default()), (3, false));
    });
}

fn refuse_threads_from(fails: u64, all_after: bool) -> impl Drop {
    spawner::refuse_threads(move |attempt| attempt == fails || (all_after && attempt > fails))
}

#[test]
fn a_refusal_is_remembered() {
    watched(|| {
        let _guard = spawner::refuse_threads(|attempt| attempt == 0);
        let nothing = |_| {};
        with_crew(2, Style::default(), &nothing, |crew| {
            assert_eq!(crew.summon_one(), Summoned::Refused);
            assert_eq!(crew.summon_one(), Summoned::Refused);
            assert_eq!((crew.asked(), crew.refused()), (0, true));
        });
        // The next run asks again.
        assert_eq!(chain(2, Style::default()), (2, false));
    });
}

#[test]
fn plans_are_nested_and_end_with_their_guards() {
    watched(|| {
        let outer = spawner::refuse_threads(|_| true);
        let inner = spawner::refuse_threads(|_| false);
        assert_eq!(chain(1, Style::default()), (1, false));
        drop(inner);
        assert_eq!(chain(1, Style::default()), (0, true));
        drop(outer);
        assert_eq!(chain(1, Style::default()), (1, false));
    });
}

#[test]
fn a_plan_is_for_the_thread_that_set_it() {
    watched(|| {
        let _guard = spawner::refuse_threads(|_| true);
        let other = thread::spawn(|| chain(2, Style::default()));
        assert_eq!(other.join().unwrap(), (2, false));
    });
}

/// Foreign code in the middle of a summons.
#[test]
fn a_plan_that_panics_leaves_no_summons_open() {
    watched(|| {
        let _guard = spawner::refuse_threads(|_| panic!("in a plan"));
        let nothing = |_| {};
        with_crew(1, Style::default(), &nothing, |crew| {
            let summons = std::panic::AssertUnwindSafe(|| crew.summon_one());
            assert!(std::panic::catch_unwind(summons).is_err());
            crew.dismiss();
            assert!(crew.refused());
        });
    });
}

/// Not a plan but the real thing: no address space has room for such a stack.
#[test]
#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
fn the_system_itself_refuses() {
    watched(|| {
        let style = Style {
            name: None,
            stack_size: Some(1 << 46),
        };
        assert_eq!(chain(2, style), (0, true));
    });
}
