use fanout::fan_out;
use std::sync::mpsc::{Sender, SyncSender};
use std::sync::{Arc, Mutex};

#[fan_out(allow(FO206, reason = "a test"))]
fn drops(n: u64, #[shared] tx: &Sender<u64>) {
    tx.send(n).unwrap();
    if n == 0 {
        drop(tx);
    }
}

#[fan_out(allow(FO206, reason = "a test"))]
fn takes(n: u64, #[shared] results: Arc<Mutex<Option<SyncSender<u64>>>>) {
    if n == 0 {
        results.lock().unwrap().take();
    }
}

#[fan_out(allow(FO206, reason = "a test"))]
fn closes(n: u64, #[shared] queue: &async_channel::Receiver<u64>) {
    if n == 0 {
        queue.close();
    }
}

/// Whoever takes the sender out of the workers' hands takes this out, too.
#[fan_out]
fn is_told_once(n: u64, #[shared] tx: &Sender<u64>) {
    tx.send(n).unwrap();
    drop(tx);
}

fn main() {
    let (tx, _rx) = std::sync::mpsc::channel();
    drops(0..3, &tx).run();
    let (tx, _rx) = std::sync::mpsc::sync_channel(1);
    takes(0..3, Arc::new(Mutex::new(Some(tx)))).run();
}

/// As in the crate of that name.
mod async_channel {
    pub struct Receiver<T>(std::marker::PhantomData<T>);
}
