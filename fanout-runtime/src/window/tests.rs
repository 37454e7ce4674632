//! What is decided under the lock, a case each.

use core::time::Duration;

use super::claim::{Finished, Job, Looker, Rest};
use super::cores::Tell;
use super::deliver::{Found, Handed, Listed};
use super::pace::Nap;
use super::pulling::most_of;
use super::rest::Resting;
use super::state::{Limits, Supplier, Window};
use crate::deliver::segment::{Kind, Owner};
use crate::input::IteratorPull;
use crate::pull::Pull;
use crate::pull::batch::Sizer;
use crate::stop::Stop;
use crate::sync::event::Woken;
use crate::sync::time;

pub(super) type Items = IteratorPull<core::ops::Range<u32>>;

pub(super) fn window(workers: usize, batch: Option<usize>) -> Window<Items, u32> {
    sized(Some(1024), workers, batch)
}

fn sized<O>(size: Option<usize>, workers: usize, batch: Option<usize>) -> Window<Items, O> {
    let limits = Limits {
        workers,
        window: size,
        batch,
        ordered: true,
        may_help: false,
        cores: 2,
        pinned: false,
    };
    Window::new(limits, Supplier::Here(IteratorPull::new(0..10_000)), None)
}

fn worker_0(sizer: &Sizer) -> Looker<'_, u32> {
    Looker {
        at: 0,
        sizer,
        lane: None,
        may_block: true,
        makes_way: false,
        now: time::now(),
    }
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

/// Or the last results of a run would wait for the end of a nap.
#[test]
fn the_consumer_is_woken_when_a_worker_has_nothing_to_do_any_more() {
    let window = window(2, None);
    let stop = Stop::new(None);
    window.lock().ended = true;
    window.waiting.begin(0, Some(Nap::default()));
    let consumer = stop.ready.listen();
    let (sizer, mut resting) = (Sizer::new(None), Resting::default());
    let job = window.next_job(0, None, &sizer, &mut resting, &stop, None);
    assert!(matches!(job, Job::Quit));
    let woken = consumer.wait_deadline(Some(time::now()));
    assert_eq!(woken, Woken::Notified);
}

#[test]
fn a_nap_keeps_only_those_from_work_who_are_held_back() {
    let window = window(4, None);
    let stop = Stop::new(None);
    let mut state = window.lock();
    // Cheap items, so that no more workers are busy than there are cores; and as many nap.
    state.cost.learn(1, Duration::from_nanos(70));
    state.nappers = 2;
    let sizer = Sizer::new(None);
    let mut attempt = |was_held_back| {
        let (job, _) = window.try_job(&mut state, &worker_0(&sizer), was_held_back, &stop);
        job
    };
    assert!(matches!(attempt(true), Err(Rest::Surplus)));
    assert!(matches!(attempt(false), Ok(Job::Pull { .. })));
}

/// Items of 2 us, of which 50 are worth a pull, and so many places of 1024 that are free.
fn with_room(room: usize) -> Window<Items, u32> {
    let window = window(2, None);
    let mut state = window.lock();
    state.cost.learn(1, Duration::from_micros(2));
    state.alive = 1024 - room;
    drop(state);
    window
}

#[test]
fn who_makes_way_leaves_the_last_room_to_others() {
    let stop = Stop::new(None);
    let sizer = Sizer::new(None);
    let pulls = |room, makes_way, little_will_do| {
        let window = with_room(room);
        let mut state = window.lock();
        state.busy = 1;
        state.little_will_do = little_will_do;
        let looker = Looker {
            makes_way,
            ..worker_0(&sizer)
        };
        let (job, _) = window.try_job(&mut state, &looker, false, &stop);
        matches!(job, Ok(Job::Pull { .. }))
    };
    assert!(pulls(256, true, false) && !pulls(255, true, false));
    // Others take what is worth a pull; and where items have become long, all take what there is.
    assert!(pulls(50, false, false) && !pulls(49, false, false));
    assert!(pulls(1, true, true));
}

#[test]
fn way_is_made_for_a_consumer_that_is_at_work_by_one_of_several() {
    let window = window(2, None);
    let stop = Stop::new(None);
    let mut state = window.lock();
    state.consumer_core = Some(1);
    state.busy = 1;
    assert!(state.is_on_its_core(Some(1)) && !state.is_on_its_core(Some(0)));
    assert!(state.makes_way(true, &stop) && !state.makes_way(false, &stop));
    // Nobody else is at work.
    state.busy = 0;
    assert!(!state.makes_way(true, &stop));
    state.busy = 1;
    let sleeps = stop.ready.listen();
    assert!(!state.makes_way(true, &stop));
    drop(sleeps);
    // No core is known.
    state.consumer_core = None;
    assert!(!state.is_on_its_core(None) && !state.is_on_its_core(Some(1)));
}

#[test]
fn who_makes_way_takes_nothing_over() {
    let sizer = Sizer::new(Some(64));
    let steals = |makes_way| {
        let window = with_room(1024);
        let stop = Stop::new(None);
        let _pulled = pull_for_worker_0(&window, &sizer, &stop);
        let mut state = window.lock();
        state.alive = 1024;
        let looker = Looker {
            at: 1,
            makes_way,
            ..worker_0(&sizer)
        };
        let (job, _) = window.try_job(&mut state, &looker, false, &stop);
        matches!(job, Ok(Job::Run(_)))
    };
    assert!(steals(false) && !steals(true));
}

#[test]
fn little_room_is_told_where_it_holds_up_nobody() {
    let stop = Stop::new(None);
    // Two others nap, of whom so many have made way.
    let tell = |room, made_way| {
        let window = with_room(room);
        let mut state = window.lock();
        (state.busy, state.nappers, state.made_way) = (1, 2, made_way);
        state.whom_to_tell(&stop)
    };
    for (room, whom) in [
        (0, Tell::Nobody),
        (49, Tell::Nobody),
        (50, Tell::Elsewhere),
        (511, Tell::Elsewhere),
        (512, Tell::Anybody),
    ] {
        assert_eq!(tell(room, 1), whom, "{room}");
    }
    assert_eq!((tell(49, 0), tell(50, 0)), (Tell::Nobody, Tell::Anybody));
    // Nobody naps, who would see it.
    let tell = |room| with_room(room).lock().whom_to_tell(&stop);
    assert_eq!((tell(0), tell(1)), (Tell::Nobody, Tell::Anybody));
}

#[test]
fn an_item_is_told_to_those_who_do_not_look_by_themselves() {
    let window = with_room(1024);
    let stop = Stop::new(None);
    let mut state = window.lock();
    let (_, mut filler) = state.new_segment(8, Kind::Pulled);
    drop(state);
    let mut pulled = 0;
    let mut pull = || {
        pulled += 1;
        filler.intake(pulled, true, &stop).push(0);
    };
    let naps = stop.idle.listen();
    naps.naps();
    pull();
    assert_eq!(stop.idle.sleepers(), 1);
    let _sleeps = stop.idle.listen();
    pull();
    pull();
    // The first was called, which is as good, and the other then.
    assert_eq!(stop.idle.sleepers(), 0);
}

/// A nap in which nothing moves: then those who come take what there is.
#[test]
fn all_hands_are_not_told_to_wait_for_more() {
    let window = with_room(10);
    let stop = Stop::new(None);
    let sizer = Sizer::new(None);
    let mut resting = Resting::default();
    let mut state = window.lock();
    assert!(state.look_around(&resting));
    let (job, _) = window.try_job(&mut state, &worker_0(&sizer), false, &stop);
    assert!(matches!(job, Ok(Job::Pull { .. })));
    // Called once.
    assert!(!state.look_around(&resting));
    state.progress += 1;
    resting = Resting::default();
    assert!(!state.look_around(&resting));
}

fn pull_for_worker_0(window: &Window<Items, u32>, sizer: &Sizer, stop: &Stop) -> Owner<u32, u32> {
    let (job, _) = window.try_job(&mut window.lock(), &worker_0(sizer), false, stop);
    let Ok(Job::Pull {
        mut source,
        mut filler,
        room,
    }) = job
    else {
        panic!("there is a source, and room");
    };
    source.pull(&mut filler.intake(room, true, stop));
    let source = Supplier::Here(source);
    let owner = window.pulled(filler, room, source, Some(0), stop);
    owner.expect("an item came")
}

/// Pulls one item for worker 0 and runs it.
fn run_one_item(window: &Window<Items, u32>, sizer: &Sizer, stop: &Stop) {
    let owner = pull_for_worker_0(window, sizer, stop);
    owner.run(|_, item, place| Some(place.put(item)), |_| ());
}

#[test]
fn a_segment_is_used_again_whoever_is_the_last_to_let_go_of_it() {
    for worker_is_last in [true, false] {
        let window = window(2, None);
        let stop = Stop::new(None);
        let sizer = Sizer::new(None);
        run_one_item(&window, &sizer, &stop);
        let consume = || {
            let (mut list, mut handed) = (Listed::new(), Handed::nothing());
            let looked = window.take_ready(&mut list, &mut handed, false, &stop);
            assert_eq!(looked.found, Found::Results);
            let mut batch = list.pop_front().expect("a result was found");
            assert_eq!((batch.take(), batch.last_index()), (Some(0), 0));
            handed.count = 1;
            handed.segments.push(batch.segment());
            drop(batch);
            window.handed_over(&mut handed, &stop);
        };
        let let_go = || {
            let finished = Finished {
                items: 1,
                took: Duration::from_micros(1),
            };
            window.put_down(&mut window.lock(), 0, &finished);
        };
        if worker_is_last {
            consume();
            let_go();
        } else {
            let_go();
            consume();
        }
        let kept = window.lock().spare.len();
        assert_eq!(kept, 1, "worker is last: {worker_is_last}");
    }
}

#[test]
fn a_consumer_with_a_core_of_its_own_does_not_come_back_for_a_few() {
    let pause = |workers, nanos, results| {
        let window = window(workers, None);
        let mut state = window.lock();
        state.cost.learn(1, Duration::from_nanos(nanos));
        state.pause_after(results, &window.limits).as_nanos()
    };
    // What an eighth of the window needs: 128 items.
    assert_eq!(pause(1, 50, 5), 6_400);
    // No longer than falling asleep would take.
    assert_eq!(pause(1, 1_000, 5), 10_000);
    // Nothing, one by one, enough; long items; a core that a worker wants.
    for (workers, nanos, results) in [
        (1, 50, 0),
        (1, 50, 1),
        (1, 50, 128),
        (1, 50_000, 5),
        (2, 50, 5),
    ] {
        assert_eq!(
            pause(workers, nanos, results),
            0,
            "{workers} {nanos} {results}"
        );
    }
}

/// How large a window of `O`s, on two cores, gets that is looked at in vain after every `handed_over` results.
fn grown<O>(size: Option<usize>, workers: usize, each: Duration, handed_over: usize) -> usize {
    let window = sized::<O>(size, workers, None);
    let stop = Stop::new(None);
    for _ in 0..20 {
        let mut state = window.lock();
        let limits = window.limits();
        state.learn(limits, 100, each * 100);
        state.alive += handed_over;
        drop(state);
        let mut handed = Handed::nothing();
        handed.count = handed_over;
        let looked = window.take_ready(&mut Listed::new(), &mut handed, false, &stop);
        assert_eq!(looked.found, Found::Nothing);
    }
    window.lock().size
}

#[test]
fn a_window_grows_as_far_as_the_flow_wants() {
    const TINY: Duration = Duration::from_nanos(70);
    const FLOW: usize = 100_000;
    // As little as 16,384 of these is no work at all.
    assert_eq!(grown::<u64>(None, 2, TINY, FLOW), 16_384);
    assert_eq!(grown::<u64>(None, 1000, TINY, FLOW), 32_000);
    // 2.5 milliseconds for each of two workers are 12,500 of these; 2,500; and 1,000.
    assert_eq!(grown::<u64>(None, 2, Duration::from_nanos(400), FLOW), 8192);
    assert_eq!(grown::<u64>(None, 2, Duration::from_micros(2), FLOW), 2048);
    assert_eq!(grown::<u64>(None, 2, Duration::from_micros(5), FLOW), 1024);
    // 512 KiB hold 2,500 of these, and of those no more than cost says.
    assert_eq!(grown::<[u8; 200]>(None, 2, TINY, FLOW), 2048);
    assert_eq!(grown::<[u8; 4096]>(None, 2, TINY, FLOW), 1024);
    // Nothing is handed over, or not for a while.
    assert_eq!(grown::<u64>(None, 2, TINY, 0), 1024);
    assert_eq!(grown::<u64>(None, 2, TINY, 200), 1024);
    assert_eq!(grown::<u64>(None, 2, TINY, 300), 2048);
    // What long items and somebody's number say stays as it is.
    assert_eq!(grown::<u64>(None, 2, Duration::from_millis(1), FLOW), 64);
    assert_eq!(grown::<u64>(Some(100), 2, TINY, FLOW), 100);
}
