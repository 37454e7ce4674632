//! `shard_by`: items with equal keys one at a time and in input order, the others in parallel, and every other promise as
//! it is.

#[path = "../common/mod.rs"]
mod common;

mod borrowed_keys;
mod endings;
mod lanes;
mod parallel;
mod pinned;
mod random_keys;
