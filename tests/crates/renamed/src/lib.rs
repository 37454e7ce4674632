//! A user crate that calls `fanout` something else, and re-exports it: `crate = path` says where it is.

pub mod reexports {
    //! What a framework would do.
    pub use pools as fanout;
}

use pools::{Context, fan_out};

/// Through the name in this crate's `Cargo.toml`.
#[fan_out(crate = ::pools, workers = 2, ordered, cancel_on_error)]
pub fn parse(text: &str, #[ctx] cx: &Context) -> Result<u64, std::num::ParseIntError> {
    Ok(text.parse::<u64>()? + cx.index())
}

/// Through a re-export.
#[fan_out(crate = crate::reexports::fanout, workers = 2, ordered)]
pub fn pick(at: usize, #[shared] table: Vec<u32>, #[local(table.len())] length: &mut usize) -> u32 {
    table[at % *length]
}

/// A type with a pool as a method.
pub struct Table(pub u32);

impl Table {
    /// Through a relative path.
    #[fan_out(crate = pools, ordered)]
    pub fn add(&self, n: u32) -> u32 {
        self.0 + n
    }
}
