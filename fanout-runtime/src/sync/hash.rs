//! Hashes of keys.

/// Keyed anew for each run, so that nobody can choose keys that all fall into one shard.
#[cfg(not(any(fanout_loom, fanout_shuttle)))]
pub(crate) type State = std::hash::RandomState;

/// The same in every execution, so that schedules can be replayed.
#[cfg(any(fanout_loom, fanout_shuttle))]
pub(crate) type State = core::hash::BuildHasherDefault<std::hash::DefaultHasher>;
