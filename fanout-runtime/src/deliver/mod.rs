//! Where items wait and results are put. All the raw memory of the pool is in this folder, behind handles of which there
//! is one at a time:
//!
//! - [`slots`]: places in memory. [`items`]: those of a vector that is being taken apart. [`place`]: one for a result.
//! - [`claim`]: one atomic word that says who may touch which places of a range.
//! - [`segment`]: a batch of items and results in a window. [`table`]: all the items and results of a run by index.
//! - [`caught`]: dropping what is left, whatever its destructors do.

pub(crate) mod caught;
pub(crate) mod claim;
pub(crate) mod items;
pub(crate) mod place;
pub(crate) mod segment;
pub(crate) mod slots;
pub(crate) mod table;
