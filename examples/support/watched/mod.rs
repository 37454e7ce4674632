//! Scoped threads and bounded channels as std and crossbeam have them, and a watchdog that sees when all of them hang.
//!
//! Read [`scope`] as `std::thread::scope` and [`bounded`] as `crossbeam_channel::bounded`; they only take a name more, for
//! the watchdog's report.
//!
//! Nothing is guessed from time. Every thread counts as running until it waits in here; so if none is running, and no wait
//! can be over, they will wait for ever. Then the report is written, and all are let go as if every channel was closed, so
//! that no thread is left behind.

mod channel;
mod scene;
mod scope;

pub use channel::{Receiver, Sender, bounded};
pub use scene::{until_others_wait, watch};
pub use scope::{Scope, scope};
