//! What is decided under the lock, a case each.

use super::claim::{Job, Rest};
use super::pulling::most_of;
use super::state::{Limits, Supplier, Window};
use crate::input::IteratorPull;
use crate::pull::batch::Sizer;
use crate::stop::Stop;
use crate::sync::time;

type Items = IteratorPull<core::ops::Range<u32>>;

fn window(workers: usize, batch: Option<usize>) -> Window<Items, u32> {
    let limits = Limits {
        workers,
        window: Some(1024),
        batch,
        ordered: true,
        may_help: false,
        cores: 2,
        pinned: false,
    };
    Window::new(limits, Supplier::Here(IteratorPull::new(0..10_000)), None)
}

#[test]
fn a_batch_is_a_part_of_the_window() {
    // One window, and with many workers, and small ones: never more than half of each worker's share.
    for (size, workers, most) in [
        (1024, 1, 256),
        (1024, 2, 170),
        (1024, 4, 128),
        (1024, 8, 64),
        (1024, 512, 1),
        (64, 2, 16),
        (3, 2, 1),
        (1, 1, 1),
    ] {
        assert_eq!(most_of(size, workers), most, "{size} and {workers}");
        assert!(most <= (size / (2 * workers)).max(1));
    }
}

#[test]
fn the_consumer_is_woken_when_no_whole_batch_fits_in() {
    // Whatever a batch of the user's is, and although a lone worker pulls item by item.
    for (workers, batch) in [(2, None), (2, Some(1)), (2, Some(1024)), (1, None)] {
        let window = window(workers, batch);
        let mut state = window.lock();
        let whole = most_of(1024, workers);
        for (alive, enough) in [(1, false), (1024 - whole, false), (1024 - whole + 1, true)] {
            state.alive = alive;
            let what = (workers, batch, alive);
            assert_eq!(window.is_enough(&state, false), enough, "{what:?}");
            assert!(window.is_enough(&state, true), "{what:?}");
        }
    }
}

#[test]
fn a_nap_keeps_only_those_from_work_who_are_held_back() {
    let window = window(4, None);
    let stop = Stop::new(None);
    let mut state = window.lock();
    // Cheap items, so that no more workers are busy than there are cores; and as many nap.
    state.cost = 70;
    state.nappers = 2;
    let sizer = Sizer::new(None);
    let mut attempt = |was_held_back| {
        let now = time::now();
        let (job, _) = window.try_job(&mut state, 0, was_held_back, &sizer, &stop, now, None);
        job
    };
    assert!(matches!(attempt(true), Err(Rest::Surplus)));
    assert!(matches!(attempt(false), Ok(Job::Pull { .. })));
}
