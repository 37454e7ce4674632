//! The tally in every interleaving up to three preemptions.

use super::*;
use crate::sync::checking::every_interleaving as model;
use crate::sync::{Arc, Mutex};
use loom::thread;

/// However the workers' steps fall, each sum that is told is higher than the one before, nobody tells while another does,
/// and the last one is all of it.
#[test]
fn loom_progress_rises_to_the_whole() {
    model(|| {
        let tally = Arc::new(Tally::new());
        let told = Arc::new(Mutex::new(Vec::new()));
        let add = |tally: &Tally, told: &Mutex<Vec<u64>>, items| {
            tally.add(items, |done| {
                told.lock().push(done);
                true
            });
        };
        let workers = [1, 2].map(|items| {
            let (tally, told) = (Arc::clone(&tally), Arc::clone(&told));
            thread::spawn(move || add(&tally, &told, items))
        });
        add(&tally, &told, 4);
        for worker in workers {
            worker.join().unwrap();
        }
        let told = told.lock();
        assert!(told.is_sorted_by(|a, b| a < b), "{:?}", &*told);
        assert_eq!(told.last(), Some(&7));
    });
}

/// After a teller that panicked nobody is told anything.
#[test]
fn loom_progress_ends_with_a_panic() {
    model(|| {
        let tally = Arc::new(Tally::new());
        let calls = Arc::new(AtomicU64::new(0));
        let panics = |calls: &AtomicU64| {
            calls.fetch_add(1, Ordering::Relaxed);
            false
        };
        let worker = {
            let (tally, calls) = (Arc::clone(&tally), Arc::clone(&calls));
            thread::spawn(move || tally.add(1, |_| panics(&calls)))
        };
        tally.add(1, |_| panics(&calls));
        worker.join().unwrap();
        assert_eq!(calls.load(Ordering::Relaxed), 1);
    });
}
