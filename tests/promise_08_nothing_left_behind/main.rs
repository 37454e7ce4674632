//! When a terminal returns, or a stream is dropped, no thread of the run is working and no item of it is alive.

#[path = "../common/mod.rs"]
#[macro_use]
mod common;

mod borrowed;
mod early_drop;
mod from_inside;
mod terminals;
#[cfg(target_os = "linux")]
mod threads;
