//! The thirteen bugs: each example shows its symptom in the form that has it, and in no other, every time.

// Each example is a program as well, and has its own copy of what they share.
#![allow(dead_code, clippy::duplicate_mod)]

#[path = "../common/mod.rs"]
mod common;

mod deaf_to_cancel;
mod early_exit;
mod every_worker_closes;
mod false_sharing;
mod forgotten_done;
mod head_of_line;
mod nobody_closes;
mod one_worker_does_it_all;
mod order_assumed;
mod producer_panics;
mod shared_map;
mod thread_per_job;
mod watchdog;
mod worker_closes_input;

use common::watchdog::{Watchdog, watch_for};
use std::time::Duration;

/// How often each claim is tried.
const TIMES: usize = 100;

/// A watchdog for that many times.
fn watch(what: &str) -> Watchdog {
    watch_for(what, Duration::from_secs(120))
}
