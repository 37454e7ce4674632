//! A pool may be used inside itself: its own function in its own body, with another kind of input each time.

use fanout::fan_out;

enum Tree {
    Leaf(u64),
    Branch(Vec<Tree>),
}

#[fan_out(workers = 2)]
fn sum(tree: &Tree) -> u64 {
    match tree {
        Tree::Leaf(value) => *value,
        Tree::Branch(trees) => sum(trees).collect_unordered().into_iter().sum(),
    }
}

#[fan_out(workers = 2, ordered)]
fn count_down<T: Send + Sync + Copy>(n: u32, #[shared] mark: T) -> Vec<T> {
    if n == 0 {
        return vec![mark];
    }
    let deeper: Vec<Vec<T>> = count_down::<T, _>((0..n).map(|_| n - 1), mark).collect();
    deeper.into_iter().flatten().collect()
}

struct Walker(u32);

impl Walker {
    #[fan_out(workers = 2, ordered)]
    fn walk(&self, depth: u32) -> u32 {
        if depth == 0 {
            return self.0;
        }
        self.walk([depth - 1, depth - 1])
            .collect::<Vec<_>>()
            .iter()
            .sum()
    }
}

#[test]
fn a_function_that_calls_itself() {
    let tree = Tree::Branch(vec![
        Tree::Leaf(1),
        Tree::Branch(vec![Tree::Leaf(2), Tree::Branch(vec![Tree::Leaf(3)])]),
    ]);
    assert_eq!(sum([&tree]).collect_unordered(), [6]);
    let marks: Vec<Vec<char>> = count_down::<char, _>(vec![3], 'x').collect();
    assert_eq!(marks, [vec!['x'; 6]]);
    assert_eq!(Walker(1).walk([3]).collect::<Vec<_>>(), [8]);
}
