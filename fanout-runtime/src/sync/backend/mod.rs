//! Chooses the back end. Loom and shuttle share one, as they offer the same names.

#[cfg(not(any(fanout_loom, fanout_shuttle)))]
mod standard;
#[cfg(not(any(fanout_loom, fanout_shuttle)))]
pub(crate) use standard::*;

#[cfg(any(fanout_loom, fanout_shuttle))]
mod model;
#[cfg(any(fanout_loom, fanout_shuttle))]
pub(crate) use model::*;

#[cfg(not(fanout_loom))]
pub(crate) mod cell;
