//! A stream that is dropped by one of its own workers: the worker cannot wait for itself.

use super::common::{Census, Gate, watch};
use fanout::{Stream, over};
use std::sync::{Arc, Mutex};

/// Opens its gate when the run that owns it is freed.
struct Freed(Arc<Gate>);

impl Drop for Freed {
    fn drop(&mut self) {
        self.0.open();
    }
}

#[test]
fn by_an_item() {
    let _dog = watch("a stream dropped by its own item");
    for workers in [1, 2, 5] {
        for ordered in [false, true] {
            for _ in 0..50 {
                let census = Census::new();
                let freed = Arc::new(Gate::new());
                let place: Arc<Mutex<Option<Stream<super::common::Counted>>>> = Arc::default();
                let there = Arc::new(Gate::new());
                let (inner, signal) = (census.clone(), Freed(freed.clone()));
                let (slot, is_there) = (place.clone(), there.clone());
                let run = over((0..).map(move |n| inner.make(n)))
                    .workers(workers)
                    .dedicated()
                    .map(move |item, _| {
                        let _signal = &signal;
                        is_there.wait();
                        drop(slot.lock().unwrap().take());
                        item
                    });
                let results = if ordered {
                    run.ordered().stream()
                } else {
                    run.stream()
                };
                *place.lock().unwrap() = Some(results);
                there.open();
                freed.wait();
                // The item function went, and so do the items, before or after it.
                census.wait_until_all_gone();
            }
        }
    }
}

#[test]
fn by_a_run_inside_its_own_item() {
    let _dog = watch("a stream dropped by a run inside its item");
    let freed = Arc::new(Gate::new());
    let place: Arc<Mutex<Option<Stream<()>>>> = Arc::default();
    let there = Arc::new(Gate::new());
    let (slot, is_there, signal) = (place.clone(), there.clone(), Freed(freed.clone()));
    let results = over(0_u64..)
        .workers(2)
        .dedicated()
        .map(move |_, _| {
            let _signal = &signal;
            is_there.wait();
            over(0..4)
                .workers(2)
                .map(|_, _| drop(slot.lock().unwrap().take()))
                .run();
        })
        .stream();
    *place.lock().unwrap() = Some(results);
    there.open();
    freed.wait();
}
