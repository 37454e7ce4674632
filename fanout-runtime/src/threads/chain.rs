//! [`Chain`]: which runs are stages of one another.
//!
//! The last run of a chain is the one that a caller holds; the others are inputs, each owned by the run that pulls from it.
//! So whoever waits for the last run to end waits for the helpers of all of them.

use crate::sync::Arc;
use crate::testing::{Block, this_block};

/// By identity, and what all of its runs know.
#[derive(Clone, Debug)]
pub(crate) struct Chain(Arc<Known>);

#[derive(Debug)]
struct Known {
    /// The part of a test that it was started in. Its helpers are in that, too.
    block: Block,
}

impl Chain {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Known {
            block: this_block(),
        }))
    }

    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    pub(crate) fn block(&self) -> &Block {
        &self.0.block
    }
}
