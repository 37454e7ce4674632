//! The guide: pages whose examples are compiled and run.

#[doc = include_str!("../docs/getting-started.md")]
pub mod getting_started {}

#[doc = include_str!("../docs/choosing-options.md")]
pub mod choosing_options {}

#[doc = include_str!("../docs/state.md")]
pub mod state {}

#[doc = include_str!("../docs/keyed-order.md")]
pub mod keyed_order {}

#[doc = include_str!("../docs/feeding.md")]
pub mod feeding {}

#[doc = include_str!("../docs/options.md")]
pub mod options {}

#[doc = include_str!("../docs/codes.md")]
pub mod codes {}

/// The README, so that its code is compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
