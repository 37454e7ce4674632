//! Which process this is: after a fork, threads and locks of the old one are to be left alone.

/// Differs between a process and its forked child.
#[cfg(unix)]
pub(crate) fn id() -> u32 {
    std::process::id()
}

/// Nothing but Unix forks, and some targets have no process ids to ask for.
#[cfg(not(unix))]
pub(crate) fn id() -> u32 {
    0
}
