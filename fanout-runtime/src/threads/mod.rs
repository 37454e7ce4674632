//! Helpers for a run: threads, lent or made for it, that all call one closure of the run.
//!
//! - `crew`: the run's side: ask for helpers, send them away.
//! - `chain`: which runs are stages of one another.
//! - `roll`: the protocol between the two sides: who may begin, who is inside, who is the last out.
//! - `lend`: the closure without its lifetime; the only unsafe code here.
//! - `cache`: threads kept between the runs of one calling thread, and replaced where they have no core.
//! - `spawner`: how threads are asked for, and how tests refuse them.

// Model tests look at its protocol; runs in models have fresh threads, because the checkers have no
// quarter of a second in which to reuse them.
#[cfg(any(test, not(any(fanout_loom, fanout_shuttle))))]
mod cache;
mod chain;
mod crew;
mod here;
mod lend;
mod roll;
mod source;
pub(crate) mod spawner;

#[cfg(all(test, fanout_loom))]
mod loom_tests;
#[cfg(all(test, fanout_shuttle, not(fanout_loom)))]
mod shuttle_tests;
#[cfg(all(test, not(any(fanout_loom, fanout_shuttle))))]
mod tests;

pub(crate) use self::chain::Chain;
pub(crate) use self::crew::Crew;
pub(crate) use self::here::do_not_reuse;
pub(crate) use self::lend::Help;
pub(crate) use self::roll::{Roll, Summoned};
pub(crate) use self::source::Style;

/// Ends the threads that this thread keeps for its next run, and waits until they are gone.
///
/// They would go by themselves after a quarter of a second without work, and when this thread ends.
/// Call it before counting threads, or before forking. Runs that are still going on, say through a
/// stream that is held, keep their helpers until they are done.
pub fn release_threads() {
    #[cfg(not(any(fanout_loom, fanout_shuttle)))]
    cache::own::release();
}
