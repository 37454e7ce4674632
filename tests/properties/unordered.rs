//! Unordered runs deliver the same results as the loop, as a multiset; which failure ends them is a matter of time.

use proptest::prelude::*;

use crate::common::{Census, watch};
use crate::plan::{End, Fate, Kind, Plan, cases, end_of, fed, plans, result_of, work};

/// Without `cancel_on_error` errors are results: all come, unless there is a panic.
fn delivers_all(plan: &Plan) -> Result<(), TestCaseError> {
    let _dog = watch(format!("{plan:?}"));
    let census = Census::new();
    let mut results = Vec::new();
    let end = over_any_input!(plan, &census, fan_out => {
        let run = plan.shape(fan_out).map(|item, _cx| work(item));
        end_of(|| {
            run.for_each(|result| results.push(result));
            Ok(())
        })
    });
    results.sort_unstable();
    let goods = plan
        .all(Fate::Good)
        .into_iter()
        .map(|index| Ok(result_of(index)));
    let errors = plan.all(Fate::Error).into_iter().map(Err);
    let everything: Vec<Result<u64, u64>> = goods.chain(errors).collect();
    let panics = plan.all(Fate::Panic);
    if panics.is_empty() {
        prop_assert_eq!((end, results), (End::Complete, everything));
    } else {
        prop_assert!(
            matches!(end, End::Panic(index) if panics.contains(&index)),
            "{end:?}"
        );
        prop_assert!(is_part_of(&results, &everything), "{results:?}");
    }
    census.assert_all_gone();
    Ok(())
}

/// With it the run ends in one of the failures that there are, and never in one that it caused itself.
fn fails_with_a_real_failure(plan: &Plan, by_collect: bool) -> Result<(), TestCaseError> {
    let _dog = watch(format!("by_collect: {by_collect}, {plan:?}"));
    let census = Census::new();
    let mut results = Vec::new();
    let end = over_any_input!(plan, &census, fan_out => {
        let run = plan.shape(fan_out).cancel_on_error();
        let run = run.map(|item, _cx| work(item));
        end_of(|| if by_collect {
            run.collect_unordered().map(|all| results = all)
        } else {
            run.for_each(|result| results.push(result))
        })
    });
    results.sort_unstable();
    let goods: Vec<u64> = plan.all(Fate::Good).into_iter().map(result_of).collect();
    let (errors, panics) = (plan.all(Fate::Error), plan.all(Fate::Panic));
    match end {
        End::Complete => {
            prop_assert!(errors.is_empty() && panics.is_empty());
            prop_assert_eq!(&results, &goods);
        }
        End::Error(index) => prop_assert!(errors.contains(&index)),
        End::Panic(index) => prop_assert!(panics.contains(&index)),
    }
    if end != End::Complete {
        prop_assert!(is_part_of(&results, &goods), "{results:?}");
    }
    census.assert_all_gone();
    Ok(())
}

/// Whether the sorted `part` has only what the sorted `whole`, in which nothing is twice, has, and each of it once.
fn is_part_of<T: Ord>(part: &[T], whole: &[T]) -> bool {
    part.windows(2).all(|pair| pair[0] < pair[1])
        && part.iter().all(|one| whole.binary_search(one).is_ok())
}

proptest! {
    #![proptest_config(cases(40))]
    #[test]
    fn all_results_are_delivered(plan in plans(2)) {
        delivers_all(&plan)?;
    }
    #[test]
    fn a_failure_is_a_real_one(plan in plans(3), by_collect: bool) {
        fails_with_a_real_failure(&plan, by_collect)?;
    }
}
