//! How workers take items from an opened source: one at a time, a batch at a time.

pub(crate) mod batch;
mod intake;

pub use intake::Intake;

use crate::stop::Stop;
use crate::sync::time::{self, Instant};

/// What a pull brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(hidden)]
pub enum Supply {
    /// There may be more at once.
    More,
    /// Nothing more for now: call [`Pull::wait`] before pulling again.
    Dry,
    /// The end: whatever the source is made of is never asked again.
    End,
}

/// Whether one that finds nothing may wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Patience {
    /// Until there is something.
    Wait,
    /// Until an instant.
    Until(Instant),
    /// Not at all.
    Never,
}

impl Patience {
    pub(crate) fn until(self) -> Option<Instant> {
        match self {
            Self::Until(instant) => Some(instant),
            Self::Wait | Self::Never => None,
        }
    }

    /// No longer than until `end`.
    pub(crate) fn at_most(self, end: Instant) -> Self {
        match self {
            Self::Wait => Self::Until(end),
            Self::Until(instant) => Self::Until(instant.min(end)),
            Self::Never => Self::Never,
        }
    }

    pub(crate) fn is_over(self) -> bool {
        match self {
            Self::Wait => false,
            Self::Until(instant) => time::has_passed(instant),
            Self::Never => true,
        }
    }
}

/// An opened source. Whoever holds it is the only one that pulls.
#[doc(hidden)]
pub trait Pull {
    /// One item.
    type Item;

    /// Whether [`pull`](Self::pull) may block for as long as it likes, so that nobody who has results to hand over should call it.
    const BLOCKS: bool;

    /// Whether others put items into it while it is read, and it says at once when there are none ([`Supply::Dry`]), so that a
    /// reserve pays. (Where items have keys, or are another run's results, none is kept.)
    const FLOWS: bool = false;

    /// Whether its items have keys, and equal keys are to run one at a time.
    const SHARDED: bool = false;

    /// Puts items into `intake` while it has room. Never waits for company: a source that can tell that the next item is
    /// not there yet returns [`Supply::Dry`]; one that cannot (an iterator) may block in its own `next`.
    fn pull(&mut self, intake: &mut Intake<'_, Self::Item>) -> Supply;

    /// After [`Supply::Dry`]: blocks until there may be an item, the source has ended, the run stops, its deadline passes or
    /// it is `until`.
    fn wait(&mut self, stop: &Stop, until: Option<Instant>);

    /// One item, or what [`pull`](Self::pull) says where none came. (A source that says [`Supply::End`] with its last item says so
    /// again when it is asked once more.)
    #[inline]
    fn one(&mut self) -> Result<Self::Item, Supply> {
        let mut one = None;
        let supply = self.pull(&mut Intake::one(&mut one));
        one.ok_or(supply)
    }

    /// The next item, waiting for it; `None` at the end of the source or when the run stops.
    #[inline]
    fn next(&mut self, stop: &Stop) -> Option<Self::Item> {
        loop {
            match self.one() {
                Ok(item) => return Some(item),
                Err(Supply::End) => return None,
                Err(Supply::More) => {}
                Err(Supply::Dry) => self.wait(stop, None),
            }
            // The deadline as well: a source that waits in its own way only wakes at it.
            if stop.is_stopped() || stop.check_deadline() {
                return None;
            }
        }
    }
}

/// A source that is never there: the other half of an [`Opened`](crate::input::Opened) with one half.
#[derive(Debug)]
#[doc(hidden)]
pub enum Never<T> {
    /// Cannot be made.
    Impossible(
        core::convert::Infallible,
        core::marker::PhantomData<fn() -> T>,
    ),
}

/// A source that cannot have been made, whatever it is wrapped in.
#[doc(hidden)]
pub trait Unmade {
    fn unmade(&self) -> !;
}

impl<T> Unmade for Never<T> {
    fn unmade(&self) -> ! {
        match *self {
            Self::Impossible(never, _) => match never {},
        }
    }
}

impl<T> Pull for Never<T> {
    type Item = T;
    // Whoever pulls in its place is the calling thread, from an iterator that may block.
    const BLOCKS: bool = true;

    fn pull(&mut self, _: &mut Intake<'_, T>) -> Supply {
        self.unmade()
    }
    fn wait(&mut self, _: &Stop, _: Option<Instant>) {
        self.unmade()
    }
}
