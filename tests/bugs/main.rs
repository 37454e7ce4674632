//! The thirteen bugs: each example shows its symptom in the form that has it, and in no other, every time.

// Each example is a program as well, and has its own copy of what they share.
#![allow(dead_code, clippy::duplicate_mod)]

#[path = "../common/mod.rs"]
mod common;

mod early_exit;
mod forgotten_done;
mod head_of_line;
mod nobody_closes;
mod one_worker_does_it_all;
mod shared_map;
mod thread_per_job;
mod watchdog;

use common::watchdog::{Watchdog, watch_for};
use std::time::Duration;

/// How often each claim is tried.
const TIMES: usize = 100;

/// A watchdog for that many times.
fn watch(what: &str) -> Watchdog {
    watch_for(what, Duration::from_secs(120))
}
