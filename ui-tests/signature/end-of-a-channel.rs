use std::sync::{Arc, Mutex, mpsc};

use fanout::channel;
use fanout::fan_out;

#[fan_out(workers = 4)]
fn sends_results(n: u32, #[shared] results: mpsc::Sender<u32>) {
    let _ = results.send(n * 2);
}

#[fan_out(workers = 4)]
fn by_reference(n: u32, #[shared] results: &channel::Sender<u32>) {
    let _ = results.send(n * 2);
}

#[fan_out(workers = 4)]
fn takes_jobs(n: usize, #[shared] jobs: Arc<Mutex<mpsc::Receiver<u32>>>) -> usize {
    n + jobs.lock().unwrap().recv().is_ok() as usize
}

#[fan_out(workers = 4)]
fn of_each_worker(n: u32, #[shared] all: &[u32], #[local(None)] own: &mut Option<mpsc::Sender<u32>>) -> u32 {
    own.take();
    n + all[0]
}

#[fan_out(workers = 4)]
fn unmarked(n: u32, results: channel::Sender<u32>) {
    let _ = results.send(n * 2);
}

fn main() {
    let (results, _all) = mpsc::channel();
    sends_results([1], results).run();
    let (results, _all) = channel::unbounded();
    by_reference([1], &results).run();
    unmarked([1], results).run();
}
