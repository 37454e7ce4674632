//! rayon over a tree: a job for each node, and its own iterator over trees.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use crossbeam_utils::CachePadded;
use rayon::iter::walk_tree;
use rayon::prelude::*;
use rayon::{Scope, ThreadPool, current_thread_index};

/// A job for each node, which spawns those of the children.
pub fn spawn<T, I>(
    pool: &ThreadPool,
    root: T,
    children: impl Fn(&T) -> I + Sync,
    work: impl Fn(&T) -> u64 + Sync,
) -> u64
where
    T: Send,
    I: Iterator<Item = T>,
{
    // One for each thread: a sum that all of them write to would be what is measured.
    let sums: Vec<CachePadded<AtomicU64>> = (0..pool.current_num_threads())
        .map(|_| CachePadded::default())
        .collect();
    let visit = |node: &T| {
        let own = &sums[current_thread_index().unwrap_or_default()];
        own.fetch_add(work(node), Relaxed);
    };
    pool.scope(|scope| node(scope, root, &children, &visit));
    sums.iter()
        .fold(0, |sum, one| sum.wrapping_add(one.load(Relaxed)))
}

fn node<'s, T, I>(
    scope: &Scope<'s>,
    one: T,
    children: &'s (impl Fn(&T) -> I + Sync),
    visit: &'s (impl Fn(&T) + Sync),
) where
    T: Send + 's,
    I: Iterator<Item = T>,
{
    visit(&one);
    for child in children(&one) {
        scope.spawn(move |scope| node(scope, child, children, visit));
    }
}

/// The iterator over trees, in whatever order.
pub fn walk<T, I>(
    pool: &ThreadPool,
    root: T,
    children: impl Fn(&T) -> I + Send + Sync,
    work: impl Fn(&T) -> u64 + Send + Sync,
) -> u64
where
    T: Send,
    I: DoubleEndedIterator<Item = T> + Send,
{
    pool.install(|| {
        walk_tree(root, children)
            .map(|node| work(&node))
            .reduce(|| 0, u64::wrapping_add)
    })
}
