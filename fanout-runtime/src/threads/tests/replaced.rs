//! Kept threads that have no core of their own: a fresh one does what they were asked for.

use super::*;
use std::sync::mpsc;

/// A run with one helper, which `hurry` is called for. Returns which thread that was.
fn one_helper(core: Option<usize>, hurry: impl Fn(&Arc<Roll>)) -> ThreadId {
    let (tell, told) = mpsc::channel();
    let work = |_| tell.send(thread::current().id()).unwrap();
    with_crew(1, Style::default(), &work, |crew| {
        assert_eq!(crew.handle().summon_beside(core), Summoned::Asked);
        hurry(&crew.handle());
        let helper = told.recv().unwrap();
        crew.dismiss();
        assert_eq!(crew.started(), 1);
        assert!(
            told.try_recv().is_err(),
            "two have helped in the place of one"
        );
        helper
    })
}

/// Rounds that begin without a thread, many and until one of them has `replaced` one.
fn rounds_until_one_is(replaced: impl Fn() -> bool) {
    keep_idle_threads();
    own_cache().replace_at_any_time();
    let (mut rounds, mut any) = (0, false);
    while rounds < 300 || !any {
        release_threads();
        any |= replaced();
        rounds += 1;
    }
    release_threads();
    assert_eq!(own_cache().threads(), 0);
}

fn own_cache() -> Arc<cache::Cache> {
    cache::own::of_this_thread().unwrap()
}

/// Now and then the kept thread has woken up before the fresh one is there. But one or the other helps, and each is first some time.
#[test]
fn stress_one_that_is_late_is_replaced() {
    watched(|| {
        rounds_until_one_is(|| {
            let kept = one_helper(None, |_| {});
            assert_eq!(own_cache().idle(), 1);
            one_helper(None, Roll::hasten) != kept
        });
    });
}

/// A thread that is starting, and not a kept one. Whoever has come too late ends, and the other is kept; or both are.
#[test]
fn stress_one_that_starts_late_is_replaced() {
    watched(|| {
        rounds_until_one_is(|| {
            one_helper(None, Roll::hasten);
            // The helper, and a fresh thread that has found nothing to do; or one that began too late.
            let cache = own_cache();
            eventually(|| cache.idle() + cache.ended() == cache.threads());
            cache.ended() != 0
        });
    });
}

#[test]
fn a_refusal_is_none_where_another_thread_has_taken_what_there_was_to_do() {
    watched(|| {
        let cache = cache::Cache::new();
        let nothing = |_| {};
        with_crew(1, Style::default(), &nothing, |crew| {
            let roll = crew.handle();
            let (refused, ticket) = cache.refuse(roll.ticket_for_test(), false);
            assert!(refused && ticket.is_some_and(|ticket| ticket.is_for(&roll)));
            let (refused, ticket) = cache.refuse(roll.ticket_for_test(), true);
            assert!(!refused && ticket.is_none());
        });
        assert_eq!(cache.threads(), 0);
    });
}

/// What the consumer wants to know before it asks for one more.
#[test]
fn a_thread_is_started_where_none_is_idle() {
    watched(|| {
        keep_idle_threads();
        let nothing = |_| {};
        let starts = || {
            with_crew(1, Style::default(), &nothing, |crew| {
                crew.handle().starts_threads()
            })
        };
        assert!(starts());
        one_helper(None, |_| {});
        assert!(!starts());
        release_threads();
        assert!(starts());
        let named = with_crew(1, named(), &nothing, |crew| crew.handle().starts_threads());
        assert!(named);
    });
}

#[test]
fn nobody_is_replaced_in_a_run_that_all_have_come_to() {
    watched(|| {
        keep_idle_threads();
        own_cache().replace_at_any_time();
        let begun = Barrier::new(2);
        let work = |_| {
            begun.wait();
        };
        for _ in 0..100 {
            with_crew(1, Style::default(), &work, |crew| {
                crew.summon_one();
                begun.wait();
                crew.handle().hasten();
            });
        }
        assert_eq!(own_cache().threads(), 1);
    });
}

/// On one core each thread is in the way of whoever woke it.
#[cfg(target_os = "linux")]
#[test]
fn stress_one_on_the_core_of_its_caller_moves_away() {
    use crate::sync::thread::current_core;
    use rustix::thread::{CpuSet, sched_setaffinity};

    watched(|| {
        let core = current_core().unwrap();
        let mut only = CpuSet::new();
        only.set(core);
        // Of this thread, which ends with the test, and of those that it starts.
        sched_setaffinity(None, &only).unwrap();
        keep_idle_threads();
        own_cache().replace_at_any_time();
        let mut before = one_helper(Some(core), |_| {});
        for _ in 0..200 {
            let helper = one_helper(Some(core), |_| {});
            assert_ne!(helper, before);
            before = helper;
        }
        // Where its caller's core is not known, or is not wanted, it stays.
        assert_eq!(one_helper(None, |_| {}), before);
        release_threads();
        assert_eq!(own_cache().threads(), 0);
    });
}

/// Where all cores are busy a fresh thread gains nothing.
#[test]
fn not_all_the_time() {
    watched(|| {
        keep_idle_threads();
        let first = one_helper(None, |_| {});
        for _ in 0..100 {
            assert_eq!(one_helper(None, Roll::hasten), first);
        }
    });
}
