//! Items that push further items: every one runs once, and the run ends exactly when nothing is left.

#[path = "../common/mod.rs"]
mod common;

mod depth;
mod endings;
mod inputs;
mod numbers;
mod trees;
