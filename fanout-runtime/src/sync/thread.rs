//! Threads of the operating system, asked for in the way that can be refused.

use super::backend::os_thread::Builder;
use std::io;

pub(crate) use super::backend::os_thread::{JoinHandle, yield_now};

/// What a thread should be like.
#[derive(Clone, Debug, Default)]
pub(crate) struct SpawnRequest {
    pub(crate) name: Option<String>,
    /// In bytes; `None` is std's default (which heeds `RUST_MIN_STACK`).
    pub(crate) stack_size: Option<usize>,
}

/// Starts a thread, or says that the system gave none. `std::thread::spawn` would panic instead.
pub(crate) fn spawn_os(
    request: SpawnRequest,
    body: impl FnOnce() + Send + 'static,
) -> io::Result<JoinHandle<()>> {
    let mut builder = Builder::new();
    if let Some(name) = request.name {
        builder = builder.name(name);
    }
    if let Some(size) = request.stack_size {
        builder = builder.stack_size(size);
    }
    builder.spawn(body)
}

/// How many threads can run at once; 1 where the system does not say.
#[cfg(not(any(fanout_loom, fanout_shuttle)))]
pub(crate) fn available_parallelism() -> usize {
    use std::sync::OnceLock;

    // Asking costs system calls (affinity, cgroup files), and runs can be a few microseconds long.
    static CACHED: OnceLock<usize> = OnceLock::new();
    *CACHED
        .get_or_init(|| std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get))
}

/// The same in every model run, so that schedules can be replayed elsewhere.
#[cfg(any(fanout_loom, fanout_shuttle))]
pub(crate) fn available_parallelism() -> usize {
    2
}

/// A core, by the number that the system gives it.
pub(crate) type CoreId = usize;

/// The core that this thread has just now: a hint, where it costs no system call to ask.
#[cfg(all(
    any(target_os = "linux", target_os = "android"),
    any(target_arch = "x86_64", target_arch = "x86", target_arch = "riscv64"),
    not(any(fanout_loom, fanout_shuttle))
))]
pub(crate) fn current_core() -> Option<CoreId> {
    Some(rustix::thread::sched_getcpu())
}

/// Not known; nor to the checkers, to whom all threads are alike.
#[cfg(not(all(
    any(target_os = "linux", target_os = "android"),
    any(target_arch = "x86_64", target_arch = "x86", target_arch = "riscv64"),
    not(any(fanout_loom, fanout_shuttle))
)))]
pub(crate) fn current_core() -> Option<CoreId> {
    None
}
