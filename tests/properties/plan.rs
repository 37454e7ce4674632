//! A pipeline as plain data, and the loop that says what has to come out of it.

use std::borrow::Borrow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use fanout::FanOut;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::common::{Census, Counted, spin};

/// The settings of a property that is to run `share` cases, unless the environment asks for another number.
pub fn cases(share: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    let cases = match std::env::var_os("PROPTEST_CASES") {
        Some(_) => asked.cases,
        None => share,
    };
    ProptestConfig {
        cases,
        // The smallest failing case is printed whole, as data.
        failure_persistence: None,
        ..asked
    }
}

#[derive(Debug, Clone)]
pub struct Plan {
    pub workers: usize,
    pub window: Option<usize>,
    pub batch: Option<usize>,
    pub cpu_bound: bool,
    pub dedicated: bool,
    pub input: Kind,
    pub steps: Vec<(Fate, Pace)>,
}

/// What the items come from.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    Iterator,
    Vec,
    Slice,
    Channel,
    Stage,
    Local,
    PulledHere,
}

/// How an item ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Good,
    Error,
    Panic,
}

/// How long an item takes.
#[derive(Debug, Clone, Copy)]
pub enum Pace {
    Quick,
    Yields,
    Spins,
}

/// The payload of an item's panic.
#[derive(Debug)]
pub struct Blast(pub u64);

#[derive(Debug)]
pub struct Item {
    pub index: u64,
    pub fate: Fate,
    pace: Pace,
    _alive: Counted,
}

/// How a run ended, as its caller saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Complete,
    Error(u64),
    Panic(u64),
}

/// Plans in which at most `faults` items fail or panic.
pub fn plans(faults: usize) -> impl Strategy<Value = Plan> {
    let pace = prop_oneof![
        12 => Just(Pace::Quick),
        2 => Just(Pace::Yields),
        1 => Just(Pace::Spins),
    ];
    let fault = (
        any::<Index>(),
        prop_oneof![3 => Just(Fate::Error), 1 => Just(Fate::Panic)],
    );
    let kind = prop_oneof![
        Just(Kind::Iterator),
        Just(Kind::Vec),
        Just(Kind::Slice),
        Just(Kind::Channel),
        Just(Kind::Stage),
        Just(Kind::Local),
        Just(Kind::PulledHere),
    ];
    (
        1..=6_usize,
        proptest::option::of(1..=40_usize),
        proptest::option::of(1..=8_usize),
        (any::<bool>(), any::<bool>()),
        kind,
        vec(pace, 0..150),
        vec(fault, 0..=faults),
    )
        .prop_map(|(workers, window, batch, shape, input, paces, faults)| {
            let mut steps: Vec<_> = paces.into_iter().map(|pace| (Fate::Good, pace)).collect();
            for (at, fate) in faults {
                if !steps.is_empty() {
                    at.get_mut(&mut steps).0 = fate;
                }
            }
            Plan {
                workers,
                window,
                // A batch is taken out of the window; a larger one is refused, which has a test of its own.
                batch: batch.map(|batch| batch.min(window.unwrap_or(batch))),
                cpu_bound: shape.0,
                dedicated: shape.1,
                input,
                steps,
            }
        })
}

impl Plan {
    pub fn items(&self, census: &Census) -> Vec<Item> {
        (0..)
            .zip(&self.steps)
            .map(|(index, &(fate, pace))| Item {
                index,
                fate,
                pace,
                _alive: census.make(index),
            })
            .collect()
    }

    /// The indexes of the items that end so.
    pub fn all(&self, wanted: Fate) -> Vec<u64> {
        (0..)
            .zip(&self.steps)
            .filter(|(_, (fate, _))| *fate == wanted)
            .map(|(index, _)| index)
            .collect()
    }

    /// What the loop hands over and how it ends, if it ends at the first error.
    pub fn the_loop(&self) -> (Vec<u64>, End) {
        let mut results = Vec::new();
        for (index, (fate, _)) in (0..).zip(&self.steps) {
            match fate {
                Fate::Good => results.push(result_of(index)),
                Fate::Error => return (results, End::Error(index)),
                Fate::Panic => return (results, End::Panic(index)),
            }
        }
        (results, End::Complete)
    }

    pub fn shape<S, W, O, E, H>(
        &self,
        mut fan_out: FanOut<S, W, O, E, H>,
    ) -> FanOut<S, W, O, E, H> {
        fan_out = fan_out.workers(self.workers);
        if let Some(window) = self.window {
            fan_out = fan_out.window(window);
        }
        if let Some(batch) = self.batch {
            fan_out = fan_out.batch(batch);
        }
        if self.cpu_bound {
            fan_out = fan_out.cpu_bound();
        }
        if self.dedicated {
            fan_out = fan_out.dedicated();
        }
        fan_out
    }
}

pub fn result_of(index: u64) -> u64 {
    index * 3 + 1
}

/// The item function.
pub fn work(item: impl Borrow<Item>) -> Result<u64, u64> {
    let item = item.borrow();
    match item.pace {
        Pace::Quick => {}
        Pace::Yields => std::thread::yield_now(),
        Pace::Spins => spin(20_000),
    }
    match item.fate {
        Fate::Good => Ok(result_of(item.index)),
        Fate::Error => Err(item.index),
        // Not `panic_any`: thousands of messages of the hook would help nobody.
        Fate::Panic => resume_unwind(Box::new(Blast(item.index))),
    }
}

/// How `call` ends.
pub fn end_of(call: impl FnOnce() -> Result<(), u64>) -> End {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(())) => End::Complete,
        Ok(Err(index)) => End::Error(index),
        Err(payload) => match payload.downcast::<Blast>() {
            Ok(blast) => End::Panic(blast.0),
            Err(other) => resume_unwind(other),
        },
    }
}

/// Feeds `items` through a channel with little room, from a thread that ends when nobody takes them any more.
pub fn fed(items: Vec<Item>) -> (fanout::channel::Receiver<Item>, std::thread::JoinHandle<()>) {
    let (sender, receiver) = fanout::channel::bounded(2);
    let feeder = std::thread::spawn(move || {
        for item in items {
            if sender.send(item).is_err() {
                break;
            }
        }
    });
    (receiver, feeder)
}

/// Evaluates `$body` with `$fan_out` being a fan-out over the plan's kind of input, of those that can go to another thread.
///
/// A macro, because each kind has a type of its own.
macro_rules! over_movable_input {
    ($plan:expr, $census:expr, $fan_out:ident => $body:expr) => {{
        let items = $plan.items($census);
        match $plan.input {
            Kind::Iterator | Kind::Local | Kind::PulledHere => {
                let $fan_out = fanout::over(items.into_iter());
                $body
            }
            Kind::Vec => {
                let $fan_out = fanout::over(items);
                $body
            }
            Kind::Slice => {
                let $fan_out = fanout::over(items.as_slice());
                $body
            }
            Kind::Channel => {
                let (receiver, feeder) = fed(items);
                let $fan_out = fanout::over(receiver);
                let seen = $body;
                feeder.join().expect("the feeder only sends");
                seen
            }
            Kind::Stage => {
                let stage = fanout::over(items).workers(2).ordered();
                let $fan_out = fanout::over(stage.map(|item, _cx| item));
                $body
            }
        }
    }};
}

/// As `over_movable_input`, with the kinds that stay on this thread.
macro_rules! over_any_input {
    ($plan:expr, $census:expr, $fan_out:ident => $body:expr) => {
        match $plan.input {
            Kind::Local => {
                let items = $plan.items($census);
                // An `Rc` makes the iterator one that cannot leave this thread.
                let here = std::rc::Rc::new(());
                let $fan_out =
                    fanout::over_local(items.into_iter().inspect(move |_| drop(here.clone())));
                $body
            }
            Kind::PulledHere => {
                let $fan_out = fanout::over($plan.items($census).into_iter()).pull_here();
                $body
            }
            _ => over_movable_input!($plan, $census, $fan_out => $body),
        }
    };
}
