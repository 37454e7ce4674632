use fanout::{Feed, fan_out};

#[fan_out]
fn by_value(n: u32, #[feed] feed: Feed<u32>) {
    feed.push(n);
}

#[fan_out]
fn by_mut(n: &str, #[feed] feed: &mut Feed<&str>) {
    feed.push(n);
}

#[fan_out]
fn of_nothing(n: u32, #[feed] feed: &Feed) {
    feed.push(n);
}

#[fan_out]
fn a_channel(n: u32, #[feed] feed: &fanout::channel::Sender<u32>) {
    let _ = feed.send(n);
}

#[fan_out]
fn for_longer(n: u32, #[feed] feed: &'static Feed<u32>) {
    feed.push(n);
}

#[fan_out]
fn two(n: u32, #[feed] a: &Feed<u32>, #[feed] b: &Feed<u32>) {
    a.push(n);
    b.push(n);
}

#[fan_out]
fn the_item(#[feed] feed: &Feed<u32>) {
    feed.push(1);
}

#[fan_out]
fn unmarked(n: u32, feed: &Feed<u32>) {
    feed.push(n);
}

fn main() {
    by_value([1]).run();
    by_mut(["a"]).run();
    of_nothing([1]).run();
    a_channel([1]).run();
    for_longer([1]).run();
    two([1]).run();
    unmarked([1]).run();
}
