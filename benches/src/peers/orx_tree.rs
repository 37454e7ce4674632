//! orx-parallel over a tree: its recursive iterator, which walks it level by level.

use orx_parallel::{BasicPool, ParRec, Runner, par_recursive};

/// The level is the unit: nothing of the next one starts before all of this one is done.
pub fn walk<T, I>(
    pool: &BasicPool,
    root: T,
    children: impl Fn(&T) -> I + Copy + Send,
    work: impl Fn(&T) -> u64 + Copy + Send,
) -> u64
where
    T: Send,
    I: Iterator<Item = T>,
{
    par_recursive([root], children)
        .runner(Runner::adaptive_with_pool(pool))
        .map(move |node| work(&node))
        .reduce(u64::wrapping_add)
        .unwrap_or_default()
}
