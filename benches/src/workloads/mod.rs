//! The workloads, a file for each.

mod w01_map_in_memory;
mod w02_strings;
mod w03_steady_items;
mod w04_skewed_items;
mod w05_sleeping_items;
mod w06_word_count;
mod w07_small_calls;
mod w08_error;
mod w09_state;
pub mod w10_memory;
mod w11_channel;
mod w12_keyed_order;
pub mod w13_feed;
mod w14_latency;
mod w15_idle;
mod w16_growth;

use crate::harness::Bench;

/// Workers of the rows that do not ask for a number of their own.
const WORKERS: usize = 2;

/// Every workload, in the order of its number.
pub const ALL: &[fn(&mut Bench)] = &[
    w01_map_in_memory::run,
    w02_strings::run,
    w03_steady_items::run,
    w04_skewed_items::run,
    w05_sleeping_items::run,
    w06_word_count::run,
    w07_small_calls::run,
    w08_error::run,
    w09_state::run,
    w10_memory::run,
    w11_channel::run,
    w12_keyed_order::run,
    w13_feed::run,
    w14_latency::run,
    w15_idle::run,
    w16_growth::run,
];
