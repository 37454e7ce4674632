//! Where results are put: places in memory ([`slots`]), who may touch which ([`claim`]), a batch of them ([`segment`]).

pub(crate) mod claim;
pub(crate) mod segment;
pub(crate) mod slots;
