//! Every option of the builder does what its documentation says.

#[path = "../common/mod.rs"]
mod common;

mod hooks;
mod numbers;
mod report;
mod shape;
mod threads;
