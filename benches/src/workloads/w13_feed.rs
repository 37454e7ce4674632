//! W13, W13l, W13c: items that push further items: a broad tree of short nodes, one of longer nodes, and a chain. W13m and
//! W13cm: the memory that the tree and the chain need, a process for each contender.

use std::time::Instant;

use orx_parallel::Pool;

use crate::harness::{Bench, Contender, LOOP, OURS, Row, Sample, own_memory, own_process};
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
    /// Of short nodes, ten to each.
    fn broad(depth: u32) -> Self {
        Self {
            width: 10,
            depth,
            links: links(100),
        }
    }

    /// Of short nodes, each with one behind it.
    fn chain(nodes: u32) -> Self {
        Self {
            width: 1,
            depth: nodes - 1,
            links: links(100),
        }
    }

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
    let (quickly, ideal) = (bench.quick, bench.at_best());
    let depth = |full, quick| if quickly { quick } else { full };
    let broad = Tree::broad(depth(7, 3));
    let longer = Tree {
        width: 10,
        depth: depth(4, 2),
        links: links(2_000),
    };
    let chain = Tree::chain(bench.items(1_000_000) as u32);
    for (name, what, at_best, tree) in [
        (
            "W13",
            "a tree of 11M nodes of 100 ns, width 10, depth 7",
            ideal,
            broad,
        ),
        (
            "W13l",
            "a tree of 11k nodes of 2 us, width 10, depth 4",
            ideal,
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
    let nodes = bench.items(1_000_000);
    memory(
        bench,
        TREE_MEMORY,
        "the tree of 11M nodes: peak of memory",
        depth(7, 3) as usize,
    );
    memory(
        bench,
        CHAIN_MEMORY,
        "the chain of 1M nodes: peak of memory",
        nodes,
    );
}

/// The contenders whose memory is looked at.
const IN_OWN_PROCESS: [&str; 6] = [
    OURS,
    LOOP,
    "rayon scope",
    "rayon walk_tree",
    "orx par_recursive",
    "Mutex<VecDeque>",
];

const TREE_MEMORY: &str = "W13m";
const CHAIN_MEMORY: &str = "W13cm";

fn memory(bench: &mut Bench, name: &'static str, what: &'static str, size: usize) {
    if !bench.wants(name) || own_memory().is_none() {
        return;
    }
    let row = Row {
        name,
        what,
        at_best: None,
        note: Some("KiB"),
    };
    let workers = bench.workers();
    let rounds = std::mem::replace(&mut bench.rounds, 1);
    let contenders = IN_OWN_PROCESS
        .map(|one| Contender::sampled(one, move || own_process::sample(name, one, workers, size)));
    bench.row(row, contenders.into());
    bench.rounds = rounds;
}

/// What such a process does: walks the tree of depth `size`, or the chain of `size` nodes.
pub fn one(row: &str, name: &str, workers: usize, size: usize) {
    let size = size as u32;
    let mut tree = if row == TREE_MEMORY {
        Tree::broad(size)
    } else {
        Tree::chain(size)
    };
    // Not as measured: each process would measure it anew, and the sums have to agree.
    tree.links = 20;
    let threads = pool(workers);
    let children = move |node: &Node| tree.children(node);
    let work = move |node: &Node| tree.work(node);
    own_process::tell(|| match name {
        LOOP => stack(tree).0,
        "rayon scope" => rayon_tree::spawn(&threads, tree.root(), children, work),
        "rayon walk_tree" => rayon_tree::walk(&threads, tree.root(), children, work),
        "orx par_recursive" => orx_tree::walk(&Pool::basic(workers), tree.root(), children, work),
        "Mutex<VecDeque>" => mutex_queue::run(tree.root(), workers, children, work).0,
        _ => fed(tree, workers).0,
    });
}

fn walks(bench: &mut Bench, row: Row, tree: Tree) {
    let workers = bench.workers();
    let (scope, walk) = (pool(workers), pool(workers));
    let levels = Pool::basic(workers);
    let children = move |node: &Node| tree.children(node);
    let work = move |node: &Node| tree.work(node);
    bench.row(
        row,
        vec![
            Contender::sampled(LOOP, || sample(|| stack(tree))),
            Contender::sampled(OURS, || sample(|| fed(tree, workers))),
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
                sample(|| mutex_queue::run(tree.root(), workers, children, work))
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

fn fed(tree: Tree, workers: usize) -> (u64, usize) {
    let mut peak = 0;
    let sum = fanout::over([tree.root()])
        .workers(workers)
        .on_report(|report| peak = report.feed_peak())
        .local(|| 0_u64)
        .map_feed(|node, feed, worker| {
            *worker.local = worker.local.wrapping_add(tree.work(&node));
            tree.children(&node).for_each(|child| feed.push(child));
        })
        .merge(u64::wrapping_add);
    (sum, peak)
}
