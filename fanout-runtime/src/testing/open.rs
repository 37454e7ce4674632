//! [`Open`]: a run that a block knows, for as long as it is not over.

use core::fmt;
use core::panic::Location;

use super::block::Block;
use crate::sync::{Arc, OnceLock, Weak};
use crate::threads::Roll;

/// A run that is not over; see [`open_runs`](super::open_runs).
///
/// Its `Display` says all of it.
#[derive(Debug, Clone)]
pub struct OpenRun {
    name: &'static str,
    started_at: &'static Location<'static>,
    threads: usize,
}

impl OpenRun {
    /// The name of the annotated function, or the run's [`label`](crate::FanOut::label); empty if it has none.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Where its terminal was called.
    pub fn started_at(&self) -> &'static Location<'static> {
        self.started_at
    }

    /// How many threads of the pool are in it at the moment: working, or waiting for items or for room.
    pub fn threads(&self) -> usize {
        self.threads
    }
}

impl fmt::Display for OpenRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name {
            "" => f.write_str("a run without a label")?,
            name => write!(f, "`{name}`")?,
        }
        let Self {
            started_at,
            threads,
            ..
        } = self;
        let s = if *threads == 1 { "" } else { "s" };
        write!(
            f,
            ", started at {started_at}, with {threads} thread{s} of the pool in it"
        )
    }
}

/// What a block knows of a run.
#[derive(Debug)]
pub(super) struct Listed {
    name: &'static str,
    started_at: &'static Location<'static>,
    /// Empty in a run that is a loop on the calling thread. Weak: the roll knows the block, which lists this.
    roll: OnceLock<Weak<Roll>>,
}

impl Listed {
    pub(super) fn describe(&self) -> OpenRun {
        let roll = self.roll.get().and_then(Weak::upgrade);
        OpenRun {
            name: self.name,
            started_at: self.started_at,
            threads: roll.map_or(0, |roll| roll.inside()),
        }
    }
}

/// The run is listed in its block until this is dropped. In a box, as nearly every run has none.
#[derive(Debug)]
pub(crate) struct Open(Box<(Block, Arc<Listed>)>);

impl Open {
    /// `None` for a run that no block watches.
    #[inline]
    #[track_caller]
    pub(crate) fn in_block(block: &Block, name: &'static str) -> Option<Self> {
        if block.is_none() {
            None
        } else {
            Some(Self::listed(block, name, Location::caller()))
        }
    }

    #[cold]
    fn listed(block: &Block, name: &'static str, started_at: &'static Location<'static>) -> Self {
        let listed = Arc::new(Listed {
            name,
            started_at,
            roll: OnceLock::new(),
        });
        block.list(&listed);
        Self(Box::new((block.clone(), listed)))
    }

    /// Says whose helpers are in it.
    #[cold]
    pub(crate) fn has_helpers(&self, roll: &Arc<Roll>) {
        let (_, listed) = &*self.0;
        // The run has one roll, so this always sets it.
        let _ = listed.roll.set(Arc::downgrade(roll));
    }
}

impl Drop for Open {
    #[cold]
    fn drop(&mut self) {
        let (block, listed) = &*self.0;
        block.strike_off(listed);
    }
}
