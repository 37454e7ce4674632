//! Every terminal with every ending: what it gives and what its type is.

#[path = "../common/mod.rs"]
mod common;

mod collections;
mod consumers;
mod endings;
mod states;
mod streams;
