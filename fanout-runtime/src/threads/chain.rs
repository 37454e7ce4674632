//! [`Chain`]: which runs are stages of one another.
//!
//! The last run of a chain is the one that a caller holds; the others are inputs, each owned by the run that pulls from it.
//! So whoever waits for the last run to end waits for the helpers of all of them.

use crate::sync::Arc;

/// By identity only.
#[derive(Clone, Debug)]
pub(crate) struct Chain(Arc<()>);

impl Chain {
    pub(crate) fn new() -> Self {
        Self(Arc::new(()))
    }

    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
