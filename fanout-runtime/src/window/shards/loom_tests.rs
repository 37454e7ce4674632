//! Keys handed from worker to worker, without the window around them: the real shards and segments, a lock. In every
//! interleaving up to three preemptions (two where there are three workers).

use super::*;
use crate::deliver::segment::{Kind, Spare};
use crate::stop::Stop;
use crate::sync::atomic::{AtomicUsize, Ordering};
use crate::sync::checking::interleavings;
use crate::sync::fence::Fence;
use crate::sync::{Arc, Mutex};
use loom::thread;

type Numbers = Owner<u32, u32>;

struct World {
    state: Mutex<State>,
    /// Per key: whether one of its items is running.
    inside: [AtomicUsize; 2],
}

struct State {
    shards: Shards<u32, u32>,
    runnable: Queue<u32, u32>,
    ran: Vec<u32>,
}

impl World {
    /// Items `0..keys.len()`, each with its key, are pulled in one batch.
    fn new(keys: &[u64]) -> Arc<Self> {
        let stop = Stop::new(None);
        let mut shards = Shards::new(false, 2);
        let mut runnable = VecDeque::new();
        let (_, mut filler) = Spare::new(keys.len(), true).open(0, Kind::Pulled, Fence::Asymmetric);
        filler.intake(keys.len() as u32, false, &stop).with_keys(
            &|item: &u32| keys[*item as usize],
            |intake| {
                (0..keys.len() as u32).for_each(|item| intake.push(item));
            },
        );
        for (hash, owner) in filler.finish_singles().1 {
            shards.admit(hash, owner, &mut runnable);
        }
        Arc::new(Self {
            state: Mutex::new(State {
                shards,
                runnable,
                ran: Vec::new(),
            }),
            inside: [AtomicUsize::new(0), AtomicUsize::new(0)],
        })
    }

    fn take(&self) -> Option<Numbers> {
        let mut state = self.state.lock();
        let State {
            shards, runnable, ..
        } = &mut *state;
        shards.take(0, 2, runnable)
    }

    /// A worker leaves when nothing can run: what waits behind a running item is left to whoever runs that one.
    fn work(&self) {
        while let Some(owner) = self.take() {
            let hash = owner.segment().first_key();
            let running = &self.inside[hash as usize];
            let mut ran = Vec::new();
            owner.run(
                |_, item, place| {
                    // Relaxed: only what the lock hands on with the key keeps these apart.
                    assert_eq!(running.fetch_add(1, Ordering::Relaxed), 0);
                    ran.push(item);
                    running.fetch_sub(1, Ordering::Relaxed);
                    Some(place.put(item))
                },
                |_| (),
            );
            assert_eq!(ran.len(), 1, "an item that nobody else has");
            let mut state = self.state.lock();
            state.ran.append(&mut ran);
            let State {
                shards, runnable, ..
            } = &mut *state;
            shards.finished(hash, runnable);
        }
    }
}

fn run(workers: usize, keys: &'static [u64], preemptions: usize) {
    interleavings(preemptions, move || {
        let world = World::new(keys);
        let others: Vec<_> = (1..workers)
            .map(|_| {
                let world = Arc::clone(&world);
                thread::spawn(move || world.work())
            })
            .collect();
        world.work();
        others.into_iter().for_each(|other| other.join().unwrap());
        let ran = &world.state.lock().ran;
        assert_eq!(ran.len(), keys.len());
        for key in [0, 1] {
            let of_key = ran.iter().filter(|item| keys[**item as usize] == key);
            assert!(of_key.is_sorted(), "{ran:?}");
        }
    });
}

#[test]
fn loom_shards_two_workers_and_one_key() {
    run(2, &[0, 0], 3);
}

#[test]
fn loom_shards_two_workers_and_two_keys() {
    run(2, &[0, 1, 0], 3);
}

#[test]
fn loom_shards_three_workers_and_two_keys() {
    run(3, &[0, 0, 1], 2);
}
