//! Streams and scopes give what the loop gives, for as long as somebody takes it.

use fanout::{Input, Source};
use proptest::prelude::*;

use crate::common::{Census, watch};
use crate::plan::{End, Item, Kind, Plan, cases, end_of, fed, plans, work};

/// Takes at most `most` of what comes, and then lets go of the rest.
fn take(
    stream: impl Iterator<Item = Result<u64, u64>>,
    most: usize,
    results: &mut Vec<u64>,
) -> Result<(), u64> {
    for result in stream.take(most) {
        results.push(result?);
    }
    Ok(())
}

/// What is left of the loop if one takes `most` results of it at most, an error being one.
fn expected(plan: &Plan, most: usize) -> (Vec<u64>, End) {
    let (mut results, mut end) = plan.the_loop();
    if most <= results.len() {
        results.truncate(most);
        end = End::Complete;
    }
    (results, end)
}

fn scoped(plan: &Plan, most: usize) -> Result<(), TestCaseError> {
    let _dog = watch(format!("most: {most}, {plan:?}"));
    let census = Census::new();
    let (expected, expected_end) = expected(plan, most);
    let mut results = Vec::new();
    let end = over_movable_input!(plan, &census, fan_out => {
        let run = plan.shape(fan_out).ordered().cancel_on_error();
        let run = run.map(|item, _cx| work(item));
        end_of(|| run.scope(|stream| take(stream, most, &mut results)))
    });
    prop_assert_eq!(&results, &expected);
    // A scope does not hide a panic that the consumer did not come to, if it had happened by then.
    let unseen = matches!(end, End::Panic(_)) && expected_end == End::Complete;
    if !(unseen && most <= expected.len()) {
        prop_assert_eq!(end, expected_end);
    }
    census.assert_all_gone();
    Ok(())
}

fn streamed(plan: &Plan, most: usize) -> Result<(), TestCaseError> {
    fn check<M, I>(plan: &Plan, most: usize, input: I) -> Result<(), TestCaseError>
    where
        I: Input<M, Item = Item>,
        I::Source: Source<Item = Item> + 'static,
    {
        let (expected, expected_end) = expected(plan, most);
        let mut results = Vec::new();
        let run = plan.shape(fanout::over(input)).ordered().cancel_on_error();
        let stream = run.map(|item, _cx| work(item)).stream();
        let end = end_of(|| take(stream, most, &mut results));
        prop_assert_eq!(results, expected);
        // Dropping a stream never panics because of a worker, so this is exact.
        prop_assert_eq!(end, expected_end);
        Ok(())
    }
    let _dog = watch(format!("most: {most}, {plan:?}"));
    let census = Census::new();
    let items = plan.items(&census);
    match plan.input {
        Kind::Vec | Kind::Slice | Kind::PulledHere => check(plan, most, items)?,
        Kind::Iterator | Kind::Local => check(plan, most, items.into_iter())?,
        Kind::Channel => {
            let (receiver, feeder) = fed(items);
            check(plan, most, receiver)?;
            feeder.join().expect("the feeder only sends");
        }
        Kind::Stage => {
            let stage = fanout::over(items).workers(2).ordered();
            check(plan, most, stage.map(|item, _cx| item))?;
        }
    }
    census.assert_all_gone();
    Ok(())
}

proptest! {
    #![proptest_config(cases(40))]
    #[test]
    fn a_scope_gives_what_the_loop_gives(plan in plans(3), most in 0..300_usize) {
        scoped(&plan, most)?;
    }
    #[test]
    fn a_stream_gives_what_the_loop_gives(plan in plans(3), most in 0..300_usize) {
        streamed(&plan, most)?;
    }
}
