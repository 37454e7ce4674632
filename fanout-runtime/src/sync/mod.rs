//! The one place where this crate gets atomics, locks, threads and time from.
//!
//! Three back ends stand behind the same names: std; loom (`--cfg fanout_loom`), which tries every
//! interleaving and every value a weak ordering allows; and shuttle (`--cfg fanout_shuttle`), which
//! tries many random schedules of larger programs. Code outside this module never asks which one is
//! in use, so what the checkers explore is what users run.
//!
//! Where the back ends cannot agree:
//! - `Arc` and `Weak` are std's everywhere: loom's `Arc` has neither `Weak` nor unsized coercion. The
//!   checkers then do not see the reference counts, so nothing in this crate may rely on a count for
//!   the visibility of anything but the allocation's own drop.
//! - The checkers have no clock: a wait with a deadline gives every other thread its chance, and then
//!   times out.
//! - `crossbeam-channel` has no model of its own and stays std's. A model test may create, close and
//!   try a channel; waiting in one would stop the whole model.
//!
//! Fences are in [`fence`](self::fence) alone, and decide who does what, never whether data is visible: race detectors cannot
//! follow them.

mod backend;
#[cfg(test)]
pub(crate) mod checking;
pub(crate) mod event;
pub(crate) mod fence;
pub(crate) mod hash;
pub(crate) mod panic;
pub(crate) mod process;
pub(crate) mod spin;
pub(crate) mod thread;
pub(crate) mod time;

pub(crate) use backend::{Condvar, Mutex, MutexGuard, atomic, cell, deque, hint, thread_local};
pub(crate) use std::sync::{Arc, OnceLock, Weak};
