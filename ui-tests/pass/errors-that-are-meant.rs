#![deny(warnings)]

use fanout::{Context, channel::Sender, fan_out};

#[fan_out(allow(FO302, reason = "the page is written while the run goes on, and nobody waits for it"))]
fn writes_behind(n: u64) -> u64 {
    std::thread::spawn(move || n * 2);
    n
}

#[fan_out(allow(FO304, reason = "all steps have this signature"))]
fn short(n: u64, #[ctx] _cx: &Context) -> u64 {
    n
}

#[fan_out(allow(FO308, FO309, reason = "a tool for one machine, with one worker"))]
fn last_resort(n: u64) -> u64 {
    static mut SEEN: u64 = 0;
    if n > 100 {
        std::process::abort();
    }
    unsafe {
        SEEN += n;
        SEEN
    }
}

#[fan_out(allow(FO206, FO310, reason = "the last item of this input is known"))]
fn last_closes(n: u64, #[shared] updates: &std::sync::Mutex<Option<Sender<u64>>>) {
    if n == 0 {
        updates.lock().unwrap().take();
    }
}

fn main() {
    assert_eq!(writes_behind([1]).collect_unordered(), [1]);
    assert_eq!(short([1]).collect_unordered(), [1]);
    assert_eq!(last_resort([1]).collect_unordered(), [1]);
    let (updates, received) = fanout::channel::unbounded();
    last_closes([0], &std::sync::Mutex::new(Some(updates))).run();
    assert_eq!(received.iter().count(), 0);
}
