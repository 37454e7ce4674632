//! The workers' states have, together, seen each item once.

use proptest::prelude::*;

use crate::common::{Census, watch};
use crate::plan::{Kind, Plan, cases, fed, plans, work};

fn states_share_the_items(plan: &Plan, merged: bool) -> Result<(), TestCaseError> {
    let _dog = watch(format!("merged: {merged}, {plan:?}"));
    let census = Census::new();
    let states: Vec<Vec<u64>> = over_any_input!(plan, &census, fan_out => {
        let run = plan.shape(fan_out).local(Vec::new).map(|item, w| {
            // There are no faults in these plans.
            w.local.extend(work(item));
        });
        if merged {
            vec![run.merge(|one, other| [one, other].concat())]
        } else {
            run.locals()
        }
    });
    prop_assert!(states.len() <= plan.workers);
    let (expected, _) = plan.the_loop();
    let mut seen = states.concat();
    seen.sort_unstable();
    prop_assert_eq!(seen, expected);
    census.assert_all_gone();
    Ok(())
}

/// Ordered results beside the states.
fn results_and_states(plan: &Plan) -> Result<(), TestCaseError> {
    let _dog = watch(format!("{plan:?}"));
    let census = Census::new();
    let (results, states): (Vec<u64>, Vec<usize>) = over_any_input!(plan, &census, fan_out => {
        let run = plan.shape(fan_out).ordered().local(|| 0).map(|item, w| {
            *w.local += 1;
            work(item).unwrap_or(0)
        });
        run.collect_with_locals()
    });
    prop_assert_eq!(results, plan.the_loop().0);
    prop_assert_eq!(states.iter().sum::<usize>(), plan.steps.len());
    // One for each worker that was given an item.
    prop_assert!(states.len() <= plan.workers);
    census.assert_all_gone();
    Ok(())
}

proptest! {
    #![proptest_config(cases(20))]
    #[test]
    fn each_item_is_in_one_state(plan in plans(0), merged: bool) {
        states_share_the_items(&plan, merged)?;
    }
    #[test]
    fn results_come_beside_states(plan in plans(0)) {
        results_and_states(&plan)?;
    }
}
