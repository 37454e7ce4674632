use core::time::Duration;

use super::super::claim::{Job, Looker};
use super::super::cores::Tell;
use super::super::state::{Limits, Supplier, Window};
use super::super::tests::window;
use crate::deliver::segment::{Filler, Owner};
use crate::input::ChannelPull;
use crate::pull::batch::Sizer;
use crate::pull::{Pull, Supply};
use crate::stop::Stop;
use crate::sync::Arc;
use crate::sync::time;

type Channel = ChannelPull<u32>;

const BATCH: usize = 100;

/// The source, and a segment with the room that was made for it.
type Empty = (Channel, Filler<u32, u32>, u32);

/// A run over a channel in which so many messages lie, one more each.
struct Flow {
    window: Window<Channel, u32>,
    stop: Arc<Stop>,
    sizer: Sizer,
    _sender: crossbeam_channel::Sender<u32>,
}

impl Flow {
    fn new(workers: usize, messages: u32) -> Self {
        let limits = Limits {
            workers,
            window: Some(1024),
            batch: None,
            ordered: false,
            may_help: false,
            cores: 2,
            pinned: false,
        };
        let (sender, messages_of) = crossbeam_channel::unbounded();
        (0..messages).for_each(|message| sender.send(message).expect("it is open"));
        let source = Supplier::Here(ChannelPull::new(messages_of));
        let flow = Self {
            window: Window::new(limits, source, None),
            stop: Stop::new(None),
            sizer: Sizer::new(Some(BATCH)),
            _sender: sender,
        };
        flow.costs(Duration::from_nanos(70));
        flow
    }

    fn costs(&self, each: Duration) {
        let mut state = self.window.lock();
        // What two say is believed.
        state.cost.learn(1, each);
        state.cost.learn(1, each);
    }

    fn job(&self) -> Option<Job<Channel, u32>> {
        let looker = Looker {
            at: 0,
            sizer: &self.sizer,
            lane: None,
            may_block: true,
            makes_way: false,
            now: time::now(),
        };
        self.window
            .find(&mut self.window.lock(), &looker, &self.stop)
    }

    /// Pulls as worker 0 does. Returns what it is to run, or the source and an empty segment if there is nothing.
    fn pulls(&self) -> Result<Owner<u32, u32>, Empty> {
        let Some(Job::Pull {
            mut source,
            mut filler,
            mut room,
        }) = self.job()
        else {
            panic!("there is a source, and room");
        };
        loop {
            let supply = source.pull(&mut filler.intake(room, false, &self.stop));
            if supply == Supply::Dry && filler.grown() == 0 {
                return Err((source, filler, room));
            }
            if supply == Supply::More {
                match self.window.pull_on((filler, room), &self.sizer, &self.stop) {
                    Ok(more) => {
                        (filler, room) = more;
                        continue;
                    }
                    Err(enough) => (filler, room) = enough,
                }
            }
            let (source, stop) = (Supplier::Here(source), &self.stop);
            let owner = self.window.pulled(filler, room, source, Some(0), stop);
            return Ok(owner.expect("something came"));
        }
    }

    /// The first item of each batch in the reserve.
    fn reserve(&self) -> Vec<u64> {
        let state = self.window.lock();
        let first = |owner: &Owner<_, _>| owner.segment().unclaimed().0;
        state.unowned.iter().map(first).collect()
    }
}

#[test]
fn who_finds_more_than_a_batch_pulls_on_for_others_and_takes_the_oldest() {
    let flow = Flow::new(2, 1000);
    let sleepers: Vec<_> = (0..6).map(|_| flow.stop.idle.listen()).collect();
    let owner = flow.pulls().expect("there are messages");
    assert_eq!(owner.segment().unclaimed(), (0, BATCH as u32));
    assert_eq!(flow.reserve(), [100, 200, 300, 400]);
    // One for each batch of the reserve, and one for the source.
    assert_eq!(flow.stop.idle.sleepers(), 1);
    drop(sleepers);
    let state = flow.window.lock();
    assert_eq!((state.alive, state.pulled), (5 * BATCH, 500));
    drop(state);
    // It is full, so it is taken from.
    let Some(Job::Run(owner)) = flow.job() else {
        panic!("there is a reserve");
    };
    assert_eq!(owner.segment().unclaimed(), (100, BATCH as u32));
    // And filled up, before it is taken from again.
    let owner = flow.pulls().expect("there are messages");
    assert_eq!(owner.segment().unclaimed(), (200, BATCH as u32));
    assert_eq!(flow.reserve(), [300, 400, 500]);
}

#[test]
fn a_reserve_is_there_when_the_source_has_nothing() {
    let flow = Flow::new(2, 250);
    let owner = flow.pulls().expect("there are messages");
    assert_eq!(owner.segment().unclaimed(), (0, BATCH as u32));
    assert_eq!(flow.reserve(), [100, 200]);
    let (source, filler, room) = flow.pulls().expect_err("the channel is empty");
    let first = |found: Result<Owner<u32, u32>, _>| found.map(|owner| owner.segment().unclaimed());
    let find = || flow.window.find_without_pulling(0, &flow.stop);
    assert_eq!(first(find()), Ok((100, 100)));
    // Also to who does not look for it.
    let (source, stop) = (Supplier::Here(source), &flow.stop);
    let owner = flow.window.pulled(filler, room, source, Some(0), stop);
    let unclaimed = owner.map(|owner| owner.segment().unclaimed());
    assert_eq!(unclaimed, Some((200, 50)));
}

#[test]
fn nothing_is_kept_where_it_helps_nobody() {
    let kept = |flow: Flow| {
        flow.pulls().expect("there are messages");
        flow.reserve().len()
    };
    assert_eq!(kept(Flow::new(2, 1000)), 4);
    // One worker, and long items.
    assert_eq!(kept(Flow::new(1, 1000)), 0);
    let flow = Flow::new(2, 1000);
    flow.costs(Duration::from_micros(20));
    assert_eq!(kept(flow), 0);
    // Half of the window is for what is worked on, and handed over.
    let flow = Flow::new(2, 1000);
    flow.window.lock().alive = 1024 / 2 - BATCH + 1;
    assert_eq!(kept(flow), 0);
    // Nor is there more in a window of one than one.
    let flow = Flow::new(2, 1000);
    flow.window.lock().size = 1;
    assert_eq!(kept(flow), 0);
    // As many batches as there are, and an iterator.
    assert_eq!(kept(Flow::new(2, 150)), 1);
    let over_iterator = window(2, None);
    let mut state = over_iterator.lock();
    state.cost.learn(1, Duration::from_nanos(70));
    assert!(!over_iterator.wants_reserve(&state));
}

#[test]
fn who_waits_for_a_source_that_somebody_is_at_is_not_told_of_room() {
    let flow = Flow::new(2, 1000);
    let tell = || flow.window.lock().whom_to_tell(&flow.stop);
    assert_eq!(tell(), Tell::Anybody);
    let job = flow.job();
    assert!(matches!(job, Some(Job::Pull { .. })));
    assert_eq!(tell(), Tell::Nobody);
}

/// A thief interrupts all cores there.
#[test]
fn a_little_more_of_tiny_items_is_left_to_whoever_has_it() {
    let stolen = |messages| {
        let flow = Flow {
            sizer: Sizer::new(Some(900)),
            ..Flow::new(1, messages)
        };
        let mut state = flow.window.lock();
        state.size = 4096;
        drop(state);
        let _owner = flow.pulls().expect("there are messages");
        let mut state = flow.window.lock();
        state.steal(&flow.window.limits, &flow.stop).is_some()
    };
    // 49 and 52 us.
    assert!(!stolen(700) && stolen(750));
}
