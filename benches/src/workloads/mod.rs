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
mod w17_shapes;

use crate::harness::Offer;

/// Every row, in the order in which they are measured.
pub const ROWS: &[Offer] = &[
    Offer::new("W1", w01_map_in_memory::run),
    Offer::new("W2", w02_strings::run),
    Offer::new("W2o", w02_strings::run),
    Offer::new("W2s", w02_strings::run),
    Offer::new("W3a", w03_steady_items::run),
    Offer::new("W3b", w03_steady_items::run),
    Offer::new("W3c", w03_steady_items::run),
    Offer::new("W4", w04_skewed_items::run),
    Offer::new("W4o", w04_skewed_items::run),
    Offer::new("W4c", w04_skewed_items::run),
    Offer::new("W5", w05_sleeping_items::run),
    Offer::new("W6", w06_word_count::run),
    Offer::new("W7-8", w07_small_calls::run),
    Offer::new("W7-8c", w07_small_calls::run),
    Offer::new("W7-64", w07_small_calls::run),
    Offer::new("W7-64c", w07_small_calls::run),
    Offer::new("W7-1k", w07_small_calls::run),
    Offer::new("W7-1kc", w07_small_calls::run),
    Offer::new("W8", w08_error::run),
    Offer::new("W9", w09_state::run),
    Offer::new("W10", w10_memory::run),
    Offer::new("W11", w11_channel::run),
    Offer::new("W11o", w11_channel::run),
    Offer::new("W12", w12_keyed_order::run),
    Offer::new("W12s", w12_keyed_order::run),
    Offer::new("W12h", w12_keyed_order::run),
    Offer::new("W12c", w12_keyed_order::run),
    Offer::new("W13", w13_feed::run),
    Offer::new("W13l", w13_feed::run),
    Offer::new("W13c", w13_feed::run),
    Offer::new("W13m", w13_feed::run),
    Offer::new("W13cm", w13_feed::run),
    Offer::new("W14-1", w14_latency::run),
    Offer::new("W14-100", w14_latency::run),
    Offer::new("W14-10k", w14_latency::run),
    Offer::new("W15", w15_idle::run),
    Offer::new("W16", w16_growth::run),
    Offer::new("W16-8", w16_growth::run).only_by_name(),
    Offer::new("W16w", w16_growth::run).about_workers(),
    Offer::new("W17-200n", w17_shapes::run),
    Offer::new("W17-500n", w17_shapes::run),
    Offer::new("W17-5u", w17_shapes::run),
    Offer::new("W17-100u", w17_shapes::run),
    Offer::new("W17-100", w17_shapes::run),
    Offer::new("W17-24b", w17_shapes::run),
    Offer::new("W17-4k", w17_shapes::run),
    Offer::new("W17-up", w17_shapes::run),
    Offer::new("W17-down", w17_shapes::run),
    Offer::new("W17-slow", w17_shapes::run),
];
