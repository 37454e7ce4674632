//! Another fan-out: its output window is this one's source.

/// A fan-out that another one takes its items from.
pub struct StageSource<F>(F);
