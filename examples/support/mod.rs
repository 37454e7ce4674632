//! What the examples of the thirteen bugs share: a watchdog for hangs, what jobs can be counted with, a table.

// Each example has its own copy of this module and uses a part of it.
#![allow(dead_code, unused_imports)]

pub mod counter;
pub mod gauge;
pub mod meeting;
pub mod table;
pub mod watched;

pub use counter::Counter;
pub use gauge::Gauge;
pub use meeting::Meeting;
pub use table::{Table, line};
