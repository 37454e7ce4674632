//! W13, W13l, W13c: items that push further items: a broad tree of short nodes, one of longer nodes, and a chain.

use std::time::Instant;

use orx_parallel::Pool;

use super::WORKERS;
use crate::harness::{Bench, Contender, LOOP, OURS, Row, Sample};
use crate::load::{chain, link, links};
use crate::peers::{mutex_queue, orx_tree, rayon::pool, rayon_tree};

/// A complete tree, whose nodes are made as it is walked.
#[derive(Debug, Clone, Copy)]
struct Tree {
    width: u64,
    depth: u32,
    links: u32,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    number: u64,
    /// Levels below it.
    below: u32,
}

impl Tree {
    fn root(self) -> Node {
        Node {
            number: 1,
            below: self.depth,
        }
    }

    fn children(self, node: &Node) -> impl DoubleEndedIterator<Item = Node> + Send + use<> {
        let Node { number, below } = *node;
        let width = if below == 0 { 0 } else { self.width };
        (0..width).map(move |nth| Node {
            number: link(number ^ nth << 32),
            below: below - 1,
        })
    }

    fn work(self, node: &Node) -> u64 {
        chain(node.number, self.links)
    }
}

pub fn run(bench: &mut Bench) {
    let depth = |full, quick| if bench.quick { quick } else { full };
    let broad = Tree {
        width: 10,
        depth: depth(7, 3),
        links: links(100),
    };
    let longer = Tree {
        width: 10,
        depth: depth(4, 2),
        links: links(2_000),
    };
    let chain = Tree {
        width: 1,
        depth: bench.items(1_000_000) as u32 - 1,
        links: links(100),
    };
    for (name, what, at_best, tree) in [
        (
            "W13",
            "a tree of 11M nodes of 100 ns, width 10, depth 7",
            WORKERS,
            broad,
        ),
        (
            "W13l",
            "a tree of 11k nodes of 2 us, width 10, depth 4",
            WORKERS,
            longer,
        ),
        // Each node is made by the one before: nobody can be faster than the loop.
        ("W13c", "a chain of 1M nodes of 100 ns", 1, chain),
    ] {
        if bench.wants(name) {
            let row = Row {
                name,
                what,
                at_best: Some(at_best),
                note: Some("waiting at most (0: not known)"),
            };
            walks(bench, row, tree);
        }
    }
}

fn walks(bench: &mut Bench, row: Row, tree: Tree) {
    let (scope, walk) = (pool(WORKERS), pool(WORKERS));
    let levels = Pool::basic(WORKERS);
    let children = move |node: &Node| tree.children(node);
    let work = move |node: &Node| tree.work(node);
    bench.row(
        row,
        vec![
            Contender::sampled(LOOP, || sample(|| stack(tree))),
            Contender::sampled(OURS, || sample(|| fed(tree))),
            Contender::new("rayon scope", || {
                rayon_tree::spawn(&scope, tree.root(), children, work)
            }),
            Contender::new("rayon walk_tree", || {
                rayon_tree::walk(&walk, tree.root(), children, work)
            }),
            Contender::new("orx par_recursive", || {
                orx_tree::walk(&levels, tree.root(), children, work)
            }),
            Contender::sampled("Mutex<VecDeque>", || {
                sample(|| mutex_queue::run(tree.root(), WORKERS, children, work))
            }),
        ],
    );
}

/// Measures `walk`, which returns the sum over all nodes and how many of them waited at most.
fn sample(walk: impl FnOnce() -> (u64, usize)) -> Sample {
    let start = Instant::now();
    let (sum, peak) = walk();
    Sample {
        time: start.elapsed(),
        sum,
        note: peak as u64,
    }
}

/// Not by recursion: the chain is deeper than a thread's stack.
fn stack(tree: Tree) -> (u64, usize) {
    let mut waiting = vec![tree.root()];
    let (mut sum, mut peak) = (0_u64, 1);
    while let Some(node) = waiting.pop() {
        sum = sum.wrapping_add(tree.work(&node));
        waiting.extend(tree.children(&node));
        peak = peak.max(waiting.len());
    }
    (sum, peak)
}

fn fed(tree: Tree) -> (u64, usize) {
    let mut peak = 0;
    let sum = fanout::over([tree.root()])
        .workers(WORKERS)
        .on_report(|report| peak = report.feed_peak())
        .local(|| 0_u64)
        .map_feed(|node, feed, worker| {
            *worker.local = worker.local.wrapping_add(tree.work(&node));
            tree.children(&node).for_each(|child| feed.push(child));
        })
        .merge(u64::wrapping_add);
    (sum, peak)
}
