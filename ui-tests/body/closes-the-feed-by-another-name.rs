use fanout::{Feed, fan_out};
use std::mem::ManuallyDrop;
use std::sync::Arc;

#[fan_out]
fn drops(n: u32, #[feed] feed: &Feed<u32>) -> u32 {
    let more = feed;
    more.push(n);
    std::mem::drop(more);
    n
}

#[fan_out]
fn counts(n: u32, #[feed] feed: &Feed<u32>) -> u32 {
    let mine = Arc::new(feed);
    mine.push(n);
    n
}

#[fan_out]
fn owns(n: u32, #[feed] feed: &Feed<u32>) -> u32 {
    feed.to_owned().push(n);
    n
}

#[fan_out]
fn never_drops(n: u32, #[feed] feed: &Feed<u32>) -> u32 {
    ManuallyDrop::new(feed).push(n);
    n
}

fn main() {
    let _ = drops([3]).collect_unordered();
    let _ = counts([3]).collect_unordered();
    let _ = owns([3]).collect_unordered();
    let _ = never_drops([3]).collect_unordered();
}
