//! Functions with `#[fan_out]`, ended in every way: what is different from the builder.

#[path = "../common/mod.rs"]
mod common;

mod endings;
mod options;
mod scoped;
mod states;
