use fanout::{Feed, fan_out};

#[fan_out]
fn drops(n: u32, #[feed] feed: &Feed<u32>) -> u32 {
    if n > 0 {
        feed.push(n - 1);
    } else {
        drop(feed);
    }
    n
}

#[fan_out]
fn closes(n: u32, #[feed] feed: &Feed<u32>) -> u32 {
    (0..n).for_each(|n| {
        feed.push(n);
        feed.close();
    });
    n
}

#[fan_out]
fn forgets(n: u32, #[feed] more: &Feed<u32>) -> u32 {
    use std::mem::forget;
    forget(more);
    n
}

#[fan_out]
fn keeps(n: u32, #[feed] feed: &Feed<u32>) -> u32 {
    let mine = feed.clone();
    mine.push(n);
    n
}

fn main() {
    let _: Vec<u32> = drops([3]).collect_unordered();
    closes([3]).for_each(|n| println!("{n}"));
    let _ = forgets([3]).stream();
    let _ = keeps([3]).workers(2).collect_unordered();
}
