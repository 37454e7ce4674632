//! The end of a run that feeds itself, without the window around it: the real lanes, count and event, and as much of a
//! worker as the protocol speaks of. In every interleaving up to three preemptions (two where there are three workers); an
//! item that is lost, or an end that nobody finds, shows as a deadlock or in the count.

use super::*;
use crate::sync::Mutex;
use crate::sync::checking::interleavings;
use loom::thread;

struct World {
    fed: Arc<Fed<u32>>,
    stop: Arc<Stop>,
    /// How many workers are inside an item, and how many items ran. The window's lock.
    state: Mutex<(usize, u32)>,
}

impl World {
    fn new(roots: &[u32]) -> Arc<Self> {
        let world = Self {
            fed: Fed::new(),
            stop: Stop::new(None),
            state: Mutex::new((0, 0)),
        };
        let first = world.fed.feed(&world.stop);
        roots.iter().for_each(|root| first.push(*root));
        Arc::new(world)
    }

    /// What a worker does next: an item, or nothing for now, or nothing any more.
    fn step(&self, own: &Feed<u32>, finished: &mut bool) -> Result<u32, bool> {
        let mut state = self.state.lock();
        if core::mem::take(finished) {
            state.0 -= 1;
            state.1 += 1;
        }
        let mut item = None;
        if !self.fed.is_empty() {
            self.fed.take(Some(own), 1, |_, taken| item = Some(taken));
        }
        match item {
            Some(item) => {
                state.0 += 1;
                Ok(item)
            }
            None => Err(state.0 == 0 && self.fed.is_empty()),
        }
    }

    fn work(&self) {
        let own = self.fed.feed(&self.stop);
        let mut finished = false;
        loop {
            let item = match self.step(&own, &mut finished) {
                Ok(item) => item,
                Err(true) => break,
                Err(false) => {
                    let listener = self.stop.idle.listen();
                    match self.step(&own, &mut finished) {
                        Ok(item) => item,
                        Err(true) => break,
                        Err(false) => {
                            listener.wait();
                            continue;
                        }
                    }
                }
            };
            // A number is how many it pushes, each of which pushes one fewer.
            (0..item).for_each(|_| own.push(item - 1));
            finished = true;
        }
        self.stop.idle.notify_all();
    }
}

fn run(workers: usize, roots: &'static [u32], items: u32, preemptions: usize) {
    interleavings(preemptions, move || {
        let world = World::new(roots);
        let others: Vec<_> = (1..workers)
            .map(|_| {
                let world = Arc::clone(&world);
                thread::spawn(move || world.work())
            })
            .collect();
        world.work();
        others.into_iter().for_each(|other| other.join().unwrap());
        assert_eq!(*world.state.lock(), (0, items));
        assert!(world.fed.is_empty());
    });
}

/// One item pushes another while the second worker looks for something to do.
#[test]
fn loom_feed_two_workers_and_two_items() {
    run(2, &[1], 2, 3);
}

#[test]
fn loom_feed_three_workers_and_three_items() {
    run(3, &[1, 0], 3, 2);
}
