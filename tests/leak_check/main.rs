//! `fanout::testing`: what is left open is named, what is over is not, and tests that run beside each other see their own.

#[macro_use]
#[path = "../common/mod.rs"]
mod common;

mod coverage;
mod reports;
