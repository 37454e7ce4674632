//! Random pipelines beside the loop that they stand for.
//!
//! About 300 cases in all; `PROPTEST_CASES=10000` runs that many of each property.

#[path = "../common/mod.rs"]
mod common;
#[macro_use]
mod plan;
mod ordered;
mod states;
mod streams;
mod unordered;
