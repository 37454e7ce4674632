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

/// The stream of the last run of a chain, dropped by a worker of the first: ending the chain would wait for that worker.
#[test]
fn by_an_item_of_a_stage_before_it() {
    let _dog = watch("a stream dropped by an item of its input");
    for workers in [1, 2, 4] {
        // With and without a stage between, and with threads that are kept and threads that are joined.
        for (stages, named) in [(1, false), (2, false), (1, true), (2, true)] {
            for _ in 0..25 {
                dropped_by_the_first_stage(workers, stages, named);
            }
        }
    }
}

fn dropped_by_the_first_stage(workers: usize, stages: usize, named: bool) {
    let census = Census::new();
    let freed = Arc::new(Gate::new());
    let place: Arc<Mutex<Option<Stream<super::common::Counted>>>> = Arc::default();
    let there = Arc::new(Gate::new());
    let (inner, signal) = (census.clone(), Freed(freed.clone()));
    let (slot, is_there) = (place.clone(), there.clone());
    let first = over((0..).map(move |n| inner.make(n)))
        .workers(workers)
        .map(move |item, _| {
            let _signal = &signal;
            is_there.wait();
            drop(slot.lock().unwrap().take());
            item
        });
    let first = if named { first.name("first") } else { first };
    let results = if stages == 1 {
        over(first).workers(workers).map(|item, _| item).stream()
    } else {
        let second = over(first).workers(workers).map(|item, _| item);
        over(second).workers(workers).map(|item, _| item).stream()
    };
    *place.lock().unwrap() = Some(results);
    there.open();
    freed.wait();
    census.wait_until_all_gone();
}

/// The same from the input of the stage, which is polled by one of its workers.
#[test]
fn by_the_input_of_a_stage_before_it() {
    let _dog = watch("a stream dropped by the input of its input");
    let freed = Arc::new(Gate::new());
    let place: Arc<Mutex<Option<Stream<()>>>> = Arc::default();
    let there = Arc::new(Gate::new());
    let (slot, is_there, signal) = (place.clone(), there.clone(), Freed(freed.clone()));
    let input = std::iter::repeat_with(move || {
        let _signal = &signal;
        is_there.wait();
        drop(slot.lock().unwrap().take());
    });
    let first = over(input).workers(2).map(|(), _| ());
    *place.lock().unwrap() = Some(over(first).workers(2).map(|(), _| ()).stream());
    there.open();
    freed.wait();
}
