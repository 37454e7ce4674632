//! One state of the workers' states: a loop, or a fan-out of its own where the states are large.

use core::time::Duration;

use crate::builder::over;
use crate::sync::thread::available_parallelism;
use crate::sync::time;

/// If the first merge takes longer than this, the others are worth being shared out: waking a thread costs less.
const LARGE: Duration = Duration::from_micros(200);

/// Merges neighbours, so in the order of `states`; `None` if there are none.
///
/// How large states are shows in what merging them takes. So the first two are merged here and now, and the others too, one
/// after the other, if that was quick. If it was not, and there are enough of them, they are merged as a tree: each round is
/// a fan-out over pairs of neighbours, and there are half as many for the next.
pub(super) fn merge_in_order<L: Send>(
    states: impl IntoIterator<Item = L>,
    merge: impl Fn(L, L) -> L + Sync + Send,
) -> Option<L> {
    let mut states = states.into_iter();
    let first = states.next()?;
    let Some(second) = states.next() else {
        return Some(first);
    };
    let began = time::now();
    let merged = merge(first, second);
    let took = time::now().saturating_duration_since(began);
    let rest: Vec<L> = states.collect();
    // Of three more no two could be merged at once with anything to gain.
    if took < LARGE || rest.len() < 4 {
        return Some(rest.into_iter().fold(merged, merge));
    }
    let round = |level: Vec<L>| -> Vec<L> {
        over(pairs(level))
            .workers(available_parallelism())
            .batch(1)
            .ordered()
            .map(|(one, other), _cx| match other {
                Some(other) => merge(one, other),
                None => one,
            })
            .collect()
    };
    // The first two are a pair of this round that is done.
    let mut level: Vec<L> = core::iter::once(merged).chain(round(rest)).collect();
    while level.len() > 1 {
        level = round(level);
    }
    level.pop()
}

fn pairs<L>(level: Vec<L>) -> Vec<(L, Option<L>)> {
    let mut level = level.into_iter();
    core::iter::from_fn(|| level.next().map(|one| (one, level.next()))).collect()
}
