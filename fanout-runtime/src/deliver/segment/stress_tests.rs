//! An owner that runs on and thieves that take from its back, on the machine's own cores: the models know no difference
//! between a light and a full fence.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Barrier};
use std::thread;

use super::{Kind, Owner, Segment, Spare};
use crate::stop::Stop;
use crate::sync::checking::watched;
use crate::sync::fence::Fence;

const ITEMS: u32 = 200;
const ROUNDS: usize = 3_000;

/// How often each item was run.
type Runs = [AtomicU32];

fn run(owner: Owner<u32, u32>, runs: &Runs) {
    owner.run(
        |_, item, place| {
            runs[item as usize].fetch_add(1, Relaxed);
            Some(place.put(item))
        },
        |_| (),
    );
}

fn filled() -> Owner<u32, u32> {
    Fence::prepare();
    let fence = Fence::asymmetric_if(true);
    let (_, mut filler) = Spare::new(ITEMS as usize, false).open(0, Kind::Pulled, fence);
    let stop = Stop::new(None);
    let mut intake = filler.intake(ITEMS, true, &stop);
    (0..ITEMS).for_each(|item| intake.push(item));
    filler.finish().expect("there are items in it")
}

/// Takes what there is to take, runs it, and returns the results of what it took.
fn steal_all(segment: &Segment<u32, u32>, runs: &Runs) -> u32 {
    let mut results = 0;
    while let Some(part) = segment.steal() {
        let stolen = part.segment().clone();
        run(part, runs);
        let (batch, finished) = stolen.list();
        assert!(finished);
        if let Some(mut batch) = batch {
            while batch.take().is_some() {
                results += 1;
            }
        }
    }
    results
}

#[test]
fn stress_each_item_runs_once_whoever_takes_it() {
    watched(|| {
        let mut stolen = 0;
        for _ in 0..ROUNDS {
            let owner = filled();
            let segment = owner.segment().clone();
            let runs: Arc<Runs> = (0..ITEMS).map(|_| AtomicU32::new(0)).collect();
            let start = Arc::new(Barrier::new(3));
            let thieves: Vec<_> = (0..2)
                .map(|_| {
                    let (segment, runs, start) = (segment.clone(), runs.clone(), start.clone());
                    thread::spawn(move || {
                        start.wait();
                        steal_all(&segment, &runs)
                    })
                })
                .collect();
            start.wait();
            run(owner, &runs);
            let mut results: u32 = thieves
                .into_iter()
                .map(|thief| thief.join().expect("a thief panicked"))
                .sum();
            stolen += results;
            let (batch, finished) = segment.list();
            assert!(finished);
            if let Some(mut batch) = batch {
                while batch.take().is_some() {
                    results += 1;
                }
            }
            assert_eq!(results, ITEMS);
            assert!(runs.iter().all(|runs| runs.load(Relaxed) == 1));
        }
        println!("{stolen} of {} items were stolen", ROUNDS as u32 * ITEMS);
    });
}
