//! Random keys: one, all different, nearly all the same, and everything between.

use fanout::{channel, over, over_local};
use proptest::prelude::*;

use crate::common::{Census, Counted, spin, watch};
use crate::lanes::Lanes;

#[derive(Debug, Clone)]
struct Plan {
    keys: Vec<u64>,
    workers: usize,
    window: Option<usize>,
    batch: Option<usize>,
    pinned: bool,
}

fn keys() -> impl Strategy<Value = Vec<u64>> {
    let some = |most: u64| proptest::collection::vec(0..most, 0..300);
    prop_oneof![
        // One key; a few; all different (nearly).
        some(1),
        some(4),
        some(u64::MAX),
        // 99 of 100 are one key.
        proptest::collection::vec(prop_oneof![99 => Just(0_u64), 1 => 1..1000_u64], 0..300),
    ]
}

fn plans() -> impl Strategy<Value = Plan> {
    let window = proptest::option::of(1..40_usize);
    (
        keys(),
        1..6_usize,
        window,
        1..8_usize,
        any::<(bool, bool)>(),
    )
        .prop_map(|(keys, workers, window, batch, (fixed, pinned))| Plan {
            keys,
            workers,
            batch: fixed.then(|| batch.min(window.unwrap_or(usize::MAX))),
            window,
            pinned,
        })
}

macro_rules! shaped {
    ($plan:expr, $source:expr) => {{
        let run = $source.workers($plan.workers);
        let run = match $plan.window {
            Some(window) => run.window(window),
            None => run,
        };
        let run = match $plan.batch {
            Some(batch) => run.batch(batch),
            None => run,
        };
        let keys = &$plan.keys;
        let run = run.shard_by(|item: &Counted| keys[item.value as usize]);
        if $plan.pinned { run.pinned() } else { run }
    }};
}

/// Runs `$plan` over each kind of input, as `$run`.
macro_rules! over_each_input {
    ($plan:expr, $census:expr, $run:ident => $end:expr) => {{
        let items = || (0..$plan.keys.len() as u64).map(|n| $census.make(n));
        {
            let $run = shaped!($plan, over(items()));
            $end
        }
        {
            let $run = shaped!($plan, over(items().collect::<Vec<_>>()));
            $end
        }
        {
            let $run = shaped!($plan, over_local(items()));
            $end
        }
        {
            let (sender, messages) = channel::unbounded();
            items().for_each(|item| sender.send(item).unwrap());
            drop(sender);
            let $run = shaped!($plan, over(messages));
            $end
        }
        {
            let first = over(items()).workers(2).ordered().map(|item, _cx| item);
            let $run = shaped!($plan, over(first));
            $end
        }
    }};
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn keep_their_order(plan in plans()) {
        let _dog = watch(format!("{plan:?}"));
        let census = Census::new();
        let len = plan.keys.len() as u64;
        over_each_input!(plan, census, run => {
            let lanes = Lanes::default();
            let work = |item: Counted, cx: &fanout::Context| {
                let key = plan.keys[item.value as usize];
                lanes.run(key, cx.index(), || spin(key % 7 * 200));
                item.value
            };
            let mut all = run.map(work).collect_unordered();
            // Of each key in input order, whatever lies between.
            let mut last = std::collections::HashMap::new();
            for item in &all {
                let before = last.insert(plan.keys[*item as usize], *item);
                prop_assert!(before < Some(*item), "{before:?} and then {item}");
            }
            all.sort_unstable();
            prop_assert!(all.into_iter().eq(0..len));
            prop_assert_eq!(lanes.ran(), len);
        });
        over_each_input!(plan, census, run => {
            let lanes = Lanes::default();
            let work = |item: Counted, cx: &fanout::Context| {
                let key = plan.keys[item.value as usize];
                lanes.run(key, cx.index(), || spin(key % 7 * 200));
                item.value
            };
            let all: Vec<u64> = run.ordered().map(work).collect();
            prop_assert!(all.into_iter().eq(0..len));
            prop_assert_eq!(lanes.ran(), len);
        });
        census.assert_all_gone();
    }

    #[test]
    fn fail_like_the_loop(plan in plans(), fails in 0..300_u64, panics in 0..900_u64) {
        let _dog = watch(format!("{plan:?}, {fails} fails, {panics} panics"));
        let census = Census::new();
        let len = plan.keys.len() as u64;
        over_each_input!(plan, census, run => {
            let lanes = Lanes::default();
            let mut results = Vec::new();
            let run = run.ordered().cancel_on_error().map(|item: Counted, cx| {
                let key = plan.keys[item.value as usize];
                lanes.run(key, cx.index(), || spin(key % 7 * 200));
                if item.value == panics {
                    std::panic::panic_any(item.value);
                }
                if item.value == fails { Err(item.value) } else { Ok(item.value) }
            });
            let end = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                run.for_each(|n| results.push(n))
            }));
            let end = end.map_err(|payload| *payload.downcast::<u64>().expect("a number"));
            let first = len.min(fails).min(panics);
            prop_assert!(results.into_iter().eq(0..first));
            if first == len {
                prop_assert_eq!(end, Ok(Ok(())));
            } else if first == panics {
                prop_assert_eq!(end, Err(panics));
            } else {
                prop_assert_eq!(end, Ok(Err(fails)));
            }
        });
        census.assert_all_gone();
    }
}
