//! The guide: pages whose examples are compiled and run.

#[doc = include_str!("../docs/options.md")]
pub mod options {}

#[doc = include_str!("../docs/codes.md")]
pub mod codes {}
