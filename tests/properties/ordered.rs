//! `ordered` and `cancel_on_error` together are the sequential loop.

use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;

use crate::common::{Census, watch};
use crate::plan::{End, Fate, Kind, Plan, cases, end_of, fed, plans, result_of, work};

/// What the loop before the first failure gives is what `collect` keeps to itself and what `for_each` is given.
fn ends_as_the_loop(plan: &Plan, by_collect: bool) -> Result<(), TestCaseError> {
    let _dog = watch(format!("by_collect: {by_collect}, {plan:?}"));
    let census = Census::new();
    let (expected, expected_end) = plan.the_loop();
    let mut results = Vec::new();
    let end = over_any_input!(plan, &census, fan_out => {
        let run = plan.shape(fan_out).ordered().cancel_on_error();
        let run = run.map(|item, _cx| work(item));
        end_of(|| if by_collect {
            run.collect::<Vec<u64>>().map(|all| results = all)
        } else {
            run.for_each(|result| results.push(result))
        })
    });
    prop_assert_eq!(end, expected_end);
    if !by_collect || end == End::Complete {
        prop_assert_eq!(results, expected);
    }
    census.assert_all_gone();
    Ok(())
}

/// A consumer that fails at its `at`-th result has seen those before it and no more.
fn consumer_can_end_it(plan: &Plan, at: usize) -> Result<(), TestCaseError> {
    let _dog = watch(format!("at: {at}, {plan:?}"));
    let census = Census::new();
    let (mut expected, mut expected_end) = plan.the_loop();
    if at < expected.len() {
        expected.truncate(at + 1);
        expected_end = End::Error(u64::MAX);
    }
    let mut results = Vec::new();
    let end = over_any_input!(plan, &census, fan_out => {
        let run = plan.shape(fan_out).ordered().cancel_on_error();
        let run = run.map(|item, _cx| work(item));
        end_of(|| run.try_for_each(|result| {
            results.push(result);
            if results.len() > at { Err(u64::MAX) } else { Ok(()) }
        }))
    });
    prop_assert_eq!(results, expected);
    // No panic is lost: one that had happened by then, behind what the consumer saw, may come in place of its own error.
    let panicked_behind = match end {
        End::Panic(index) => plan.all(Fate::Panic).contains(&index) && index > at as u64,
        _ => false,
    };
    if !(expected_end == End::Error(u64::MAX) && panicked_behind) {
        prop_assert_eq!(end, expected_end);
    }
    census.assert_all_gone();
    Ok(())
}

/// Collecting into a `Result` without `cancel_on_error` keeps the first error too, and runs every item; a panic is still
/// the lowest one, whatever errors there are.
fn collects_into_a_result(plan: &Plan) -> Result<(), TestCaseError> {
    let _dog = watch(format!("{plan:?}"));
    let census = Census::new();
    let ran = AtomicUsize::new(0);
    let mut results = Vec::new();
    let end = over_any_input!(plan, &census, fan_out => {
        let run = plan.shape(fan_out).ordered().map(|item, _cx| {
            ran.fetch_add(1, Ordering::Relaxed);
            work(item)
        });
        end_of(|| run.collect::<Result<Vec<u64>, u64>>().map(|all| results = all))
    });
    match plan.all(Fate::Panic).first() {
        Some(&index) => prop_assert_eq!(end, End::Panic(index)),
        None => {
            prop_assert_eq!(ran.into_inner(), plan.steps.len());
            match plan.all(Fate::Error).first() {
                Some(&index) => prop_assert_eq!(end, End::Error(index)),
                None => {
                    let all: Vec<u64> = plan.all(Fate::Good).into_iter().map(result_of).collect();
                    prop_assert_eq!((end, results), (End::Complete, all));
                }
            }
        }
    }
    census.assert_all_gone();
    Ok(())
}

proptest! {
    #![proptest_config(cases(80))]
    #[test]
    fn the_run_ends_as_the_loop(plan in plans(4), by_collect: bool) {
        ends_as_the_loop(&plan, by_collect)?;
    }
}

proptest! {
    #![proptest_config(cases(40))]
    #[test]
    fn the_consumer_can_end_it(plan in plans(2), at in 0..150_usize) {
        consumer_can_end_it(&plan, at)?;
    }
    #[test]
    fn a_result_keeps_the_first_error(plan in plans(3)) {
        collects_into_a_result(&plan)?;
    }
}
