//! chili: the slice is halved until little is left, and somebody idle may take a half.

use std::num::NonZeroUsize;

use chili::{Config, Scope, ThreadPool};

/// Fewer are not worth a fork.
const LEAF: usize = 4;

pub fn pool(workers: usize) -> ThreadPool {
    // The caller counts, as one of them.
    ThreadPool::with_config(Config {
        thread_count: NonZeroUsize::new(workers),
        ..Config::default()
    })
}

pub fn over_slice(
    pool: &ThreadPool,
    items: &[u64],
    work: impl Fn(&u64) -> u64 + Copy + Send + Sync,
) -> Vec<u64> {
    let mut all = vec![0; items.len()];
    halve(&mut pool.scope(), items, &mut all, work);
    all
}

fn halve(
    scope: &mut Scope<'_>,
    items: &[u64],
    places: &mut [u64],
    work: impl Fn(&u64) -> u64 + Copy + Send + Sync,
) {
    if items.len() <= LEAF {
        for (item, place) in items.iter().zip(places) {
            *place = work(item);
        }
        return;
    }
    let (left, right) = items.split_at(items.len() / 2);
    let (left_places, right_places) = places.split_at_mut(left.len());
    scope.join(
        |scope| halve(scope, left, left_places, work),
        |scope| halve(scope, right, right_places, work),
    );
}
