#![deny(warnings)]

use fanout::{Context, Feed, fan_out};

struct Tree {
    name: String,
    children: Vec<Tree>,
}

#[fan_out(workers = 2, window = 8, cpu_bound, item_fn = name_one)]
fn names(tree: &Tree, #[feed] feed: &Feed<&Tree>) -> &str {
    tree.children.iter().for_each(|child| feed.push(child));
    &tree.name
}

#[fan_out(cancel_on_error)]
fn count_down(
    n: u32,
    #[ctx] cx: &Context,
    #[feed] more: &fanout::Feed<u32>,
    #[local(0)] seen: &mut u32,
) -> Result<u32, fanout::Cancelled> {
    cx.checkpoint()?;
    *seen += 1;
    if n > 0 && more.try_push(n - 1).is_err() {
        more.push(n - 1);
    }
    Ok(n)
}

/// What is closed, dropped and kept here is no feed.
#[fan_out]
fn near_misses(n: u32, #[feed] feed: &Feed<u32>) -> String {
    struct Door;
    impl Door {
        fn close(&self) {}
    }
    fn drop(feed: &Door) {
        feed.close();
    }
    fn forget(_: &Feed<u32>) {}
    let texts = [String::from("drop(feed)"), String::from("feed.close()")];
    let kept = texts.clone();
    std::mem::drop(texts);
    drop(&Door);
    forget(feed);
    let sizes = kept.iter().map(|feed| feed.clone().len());
    let size = sizes.sum::<usize>();
    if let Some(feed) = Some(String::new()) {
        std::mem::drop(feed);
    }
    if n > 0 {
        feed.push(n - 1);
    }
    let feed = format!("feed.clone() {size}");
    let all = feed.clone();
    std::mem::drop(feed);
    all
}

#[fan_out]
fn unused(n: u32, #[feed] _feed: &Feed<u32>) -> u32 {
    n
}

fn main() {
    let leaf = |name: &str| Tree { name: name.to_owned(), children: Vec::new() };
    let tree = Tree { name: "root".to_owned(), children: vec![leaf("left"), leaf("right")] };
    assert_eq!(names([&tree]).collect_unordered().len(), 3);
    assert_eq!(count_down([3]).collect_unordered().map(|all| all.len()), Ok(4));
    assert_eq!(near_misses([1]).collect_unordered().len(), 2);
    assert_eq!(unused([1]).collect_unordered(), [1]);
    let _ = name_one;
}
