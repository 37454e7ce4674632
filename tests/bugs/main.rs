//! The thirteen bugs: each example shows its symptom in the form that has it, and in no other, every time.

// Each example is a program as well, and has its own copy of what they share.
#![allow(dead_code, clippy::duplicate_mod)]

#[path = "../common/mod.rs"]
mod common;

mod nobody_closes;

/// How often each claim is tried.
const TIMES: usize = 100;
