//! For your tests: that a piece of code leaves no fan-out behind.
//!
//! A terminal returns only when its workers have ended, and so does the drop of a stream. What is left to do wrong is not to
//! drop a stream: it is stored somewhere, forgotten, or held by a thread that nobody joins. Then its workers wait for ever,
//! and its items stay alive. [`no_leaks`] fails the test in which that happens, with the name of the run and the place
//! where it was started.
//!
//! ```
//! use fanout_runtime::{over, testing::no_leaks};
//!
//! let first = no_leaks(|| {
//!     let mut squares = over(1_u64..).ordered().map(|n, _cx| n * n).stream();
//!     squares.next()
//!     // `squares` is dropped here, which ends the run over this endless input.
//! });
//! assert_eq!(first, Some(1));
//! ```
//!
//! ```should_panic
//! use fanout_runtime::{over, testing::no_leaks};
//!
//! no_leaks(|| {
//!     let squares = over(1_u64..).label("squares").map(|n, _cx| n * n).stream();
//!     // Panics, with `squares` and the line above.
//!     std::mem::forget(squares);
//! });
//! ```
//!
//! # What is covered
//!
//! Tests run in parallel, so a check that looked at the whole process would see the runs of others. A block of `no_leaks`
//! knows the runs that were started
//!
//! - on the thread that runs the block, while it runs it;
//! - by items, inputs and callbacks of such runs, on whichever thread of the pool they are (nested runs);
//! - inside [`Block::cover`], on any thread: for those that the code under test starts itself, if it can be told to.
//!
//! It does not know runs that were started before the block, and those started by threads that are not ours and have not
//! been told: `std::thread::spawn`, rayon, tokio's `spawn_blocking`. A stream that is handed to such a thread was started
//! in the block, and counts.
//!
//! The stages of a chain are over when its last run is, and count as one with it. Blocks may be nested: what is open in
//! the inner one is open in the outer one as well. Threads that are idle in the cache are no leak; they would be gone after
//! a quarter of a second, and [`release_threads`](crate::release_threads) ends them at once. Nor is the one thread that
//! wakes whoever waits for a deadline.
//!
//! # What it costs
//!
//! Nothing is counted and no lock is taken outside of a block. Whether it is in one costs a run the look at one variable of
//! its thread; that is too little to be measured beside the smallest run, so there is no feature to be turned on.

mod block;
mod open;

use core::time::Duration;

pub(crate) use block::enter as enter_block;
pub use block::{Block, this_block};
pub(crate) use open::Open;
pub use open::OpenRun;

use crate::sync::time;

/// For runs that are about to end on a thread that nobody waits for: a stream that is dropped by an item of its own run ends
/// when that item does.
const GRACE: Duration = Duration::from_secs(1);

/// Runs `block`, and returns what it returns when every run that was started in it is over: no worker is in it, and no stream of
/// it is held. See the [module](self) for which runs it knows.
///
/// If there is one that is not, it waits for it, but no longer than a second.
///
/// # Panics
/// If a run is not over then. The message names each, and where it was started. A panic of `block` comes through as it is, and
/// nothing is checked.
#[track_caller]
pub fn no_leaks<R>(block: impl FnOnce() -> R) -> R {
    let inside = Block::new_inside(&this_block());
    let value = inside.cover(block);
    let open = inside.wait_for_the_end(time::after(time::now(), GRACE));
    if !open.is_empty() {
        // It may be what holds the stream. That ends here rather than while the panic unwinds.
        drop(value);
        panic!("{}", complaint(&open));
    }
    value
}

/// The runs of this thread's innermost block that are not over. None where there is no block: outside of one nothing is
/// counted.
///
/// ```
/// use fanout_runtime::{over, testing::{no_leaks, open_runs}};
///
/// no_leaks(|| {
///     let squares = over(1_u64..).label("squares").map(|n, _cx| n * n).stream();
///     assert_eq!(open_runs()[0].name(), "squares");
///     drop(squares);
///     assert!(open_runs().is_empty());
/// });
/// ```
pub fn open_runs() -> Vec<OpenRun> {
    this_block().open_runs()
}

fn complaint(open: &[OpenRun]) -> String {
    let mut text = match open {
        [_] => "fanout: a run that was started in this block is not over:".to_owned(),
        _ => format!(
            "fanout: {} runs that were started in this block are not over:",
            open.len()
        ),
    };
    for run in open {
        text.push_str("\n  ");
        text.push_str(&run.to_string());
    }
    text.push_str(
        "\nits stream is held somewhere or was forgotten, or its terminal has not returned on another thread; \
         take a stream to its end, drop it or call `finish`, and join the threads that use one",
    );
    text
}
