#![deny(warnings)]

use fanout::{Context, channel::Receiver, fan_out};
use std::time::Duration;

#[fan_out(workers = 1, allow(FO114))]
fn one_worker(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers = 8, window = 4, allow(FO115))]
fn small_window(n: u32) -> u32 {
    n * 2
}

#[fan_out(allow(FO303, FO305, FO306, FO307))]
fn on_its_own(replies: Receiver<u64>, #[ctx] cx: &Context) -> u64 {
    std::thread::sleep(Duration::from_millis(cx.index()));
    let n = std::thread::scope(|scope| scope.spawn(|| replies.recv()).join());
    fanout::over([n.unwrap().unwrap()]).map(|n, _| n).collect_unordered()[0]
}

fn main() {
    assert_eq!(one_worker([1]).collect_unordered(), [2]);
    let (to, replies) = fanout::channel::bounded(1);
    to.send(2).unwrap();
    assert_eq!(on_its_own([replies]).collect_unordered(), [2]);
    assert_eq!(small_window([1]).collect_unordered(), [2]);
}
