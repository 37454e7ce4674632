//! A segment between its filler, its owner, a thief and the consumer, in every interleaving up to three preemptions. Its
//! places are loom's cells: an access that is not ordered with the others is reported, a value lost or taken twice is
//! counted.

use super::*;
use crate::sync::checking::every_interleaving as model;
use crate::sync::fence::Fence;
use loom::thread;

type Numbers = Segment<u32, u32>;

/// Runs what `owner` can claim, and returns how many items that were.
fn run(owner: Owner<u32, u32>) -> u32 {
    let mut published = 0;
    let ran = owner.run(
        |_, item, place| Some(place.put(item * 10)),
        |_| published += 1,
    );
    assert_ne!(ran, Ran::GivenUp);
    published
}

fn filled(items: &[u32], stop: &Stop) -> Owner<u32, u32> {
    let (_, mut filler) = Spare::new(items.len(), false).open(0, Kind::Pulled, Fence::Asymmetric);
    let mut intake = filler.intake(items.len() as u32, false, stop);
    items.iter().for_each(|item| intake.push(*item));
    filler.finish().expect("there are items in it")
}

fn take_all(segment: &Arc<Numbers>, into: &mut Vec<u32>) -> bool {
    let (batch, finished) = segment.list();
    if let Some(mut batch) = batch {
        while let Some(out) = batch.take() {
            assert_eq!(u64::from(out), (batch.last_index() + 1) * 10);
            into.push(out);
        }
    }
    finished
}

/// Each item runs once, each result is taken once, whoever steals and whenever the consumer looks.
#[test]
fn loom_segment_owner_thief_and_consumer() {
    model(|| {
        let stop = Stop::new(None);
        let owner = filled(&[1, 2, 3], &stop);
        let segment = owner.segment().clone();
        let worker = thread::spawn(move || run(owner));
        let thief = {
            let segment = segment.clone();
            thread::spawn(move || {
                let part = segment.steal()?;
                let stolen = part.segment().clone();
                Some((run(part), stolen))
            })
        };
        let mut outs = Vec::new();
        take_all(&segment, &mut outs);
        let ran = worker.join().unwrap();
        let stolen = thief.join().unwrap();
        assert!(take_all(&segment, &mut outs));
        if let Some((count, part)) = &stolen {
            assert_eq!(ran + count, 3);
            assert!(take_all(part, &mut outs));
        } else {
            assert_eq!(ran, 3);
        }
        assert_eq!(outs, [10, 20, 30]);
    });
}

/// A walk publishes each result by itself: the consumer takes each once, and sees the end only when nothing comes after it.
#[test]
fn loom_segment_walker_and_consumer() {
    model(|| {
        let (segment, filler) = Spare::new(2, false).open(0, Kind::Pulled, Fence::Asymmetric);
        let mut walker: Walker<u32, u32> = filler.walk();
        let worker = thread::spawn(move || {
            walker.put(10);
            walker.put(20);
            walker.finish();
        });
        let mut outs = Vec::new();
        let finished = take_all(&segment, &mut outs);
        assert!(!finished || outs == [10, 20]);
        assert!(segment.steal().is_none());
        worker.join().unwrap();
        assert!(finished || take_all(&segment, &mut outs));
        assert_eq!(outs, [10, 20]);
    });
}

/// What a walk that was given up has put is dropped with the segment, once.
#[test]
fn loom_segment_walk_given_up() {
    model(|| {
        let results = Arc::new(());
        let (segment, filler) =
            Spare::<u32, Arc<()>>::new(3, false).open(0, Kind::Pulled, Fence::Asymmetric);
        let result = results.clone();
        let mut walker = filler.walk();
        let worker = thread::spawn(move || {
            walker.put(result.clone());
            walker.put(result);
        });
        let (batch, finished) = segment.list();
        assert!(!finished);
        drop(batch);
        worker.join().unwrap();
        drop(segment);
        assert_eq!(Arc::strong_count(&results), 1);
    });
}

/// What has been pulled can be taken over while the pull goes on, and what is left is shown once.
#[test]
fn loom_segment_filler_and_thief() {
    model(|| {
        let stop = Stop::new(None);
        let (segment, mut filler) = Spare::new(2, false).open(0, Kind::Pulled, Fence::Asymmetric);
        let thief = {
            let segment = segment.clone();
            thread::spawn(move || {
                let part = segment.steal_hidden().or_else(|| segment.steal())?;
                let stolen = part.segment().clone();
                Some((run(part), stolen))
            })
        };
        {
            let mut intake = filler.intake(2, true, &stop);
            intake.push(1);
            intake.push(2);
        }
        let ran = filler.finish().map_or(0, run);
        let stolen = thief.join().unwrap();
        let mut outs = Vec::new();
        if let Some((count, part)) = &stolen {
            assert_eq!(ran + count, 2);
            assert!(take_all(part, &mut outs));
        } else {
            assert_eq!(ran, 2);
        }
        take_all(&segment, &mut outs);
        outs.sort_unstable();
        assert_eq!(outs, [10, 20]);
    });
}

/// An owner that gives up leaves what it has published, and what nobody claimed, to be dropped once.
#[test]
fn loom_segment_given_up() {
    model(|| {
        let counted = Arc::new(());
        let stop = Stop::new(None);
        let (segment, mut filler) =
            Spare::<Arc<()>, Arc<()>>::new(3, false).open(0, Kind::Pulled, Fence::Asymmetric);
        {
            let mut intake = filler.intake(3, false, &stop);
            (0..3).for_each(|_| intake.push(counted.clone()));
        }
        let owner = filler.finish().expect("there are items in it");
        let worker = thread::spawn(move || {
            // The second, if it was not stolen, is dropped by this thread.
            let ran = owner.run(
                |index, item, place| (index == 0).then(|| place.put(item)),
                |_| (),
            );
            assert!(ran == Ran::GivenUp || ran == Ran::FinishedUnseen);
        });
        let thief = {
            let segment = segment.clone();
            thread::spawn(move || drop(segment.steal()))
        };
        let (batch, _) = segment.list();
        let taken = batch.map_or(0, |mut batch| {
            usize::from(batch.take().is_some() && batch.last_index() == 0)
        });
        worker.join().unwrap();
        thief.join().unwrap();
        assert!(taken <= 1);
        let mut panic = FirstPanic::none();
        Segment::drain_all([segment].into_iter(), &mut panic);
        assert_eq!(Arc::strong_count(&counted), 1);
    });
}
