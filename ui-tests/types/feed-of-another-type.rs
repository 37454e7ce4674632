use fanout::{Feed, fan_out};

#[fan_out]
fn count_down(n: u32, #[feed] feed: &Feed<u64>) -> u32 {
    if n > 0 {
        feed.push(u64::from(n - 1));
    }
    n
}

#[fan_out]
fn first_half<'a>(line: &'a str, #[feed] feed: &Feed<String>) -> &'a str {
    feed.push(line[1..].to_owned());
    line
}

struct Tree(Vec<Tree>);

#[fan_out]
fn pushes_what_does_not_live(tree: &Tree, #[feed] feed: &Feed<&Tree>) -> usize {
    feed.push(&Tree(Vec::new()));
    tree.0.len()
}

fn main() {
    let _ = count_down([3]).collect_unordered();
    let _ = first_half(["ab"]).collect_unordered();
}
