//! What a run gives back: order, the ways to end, errors, the report.

pub(crate) mod ending;
pub(crate) mod ends;
pub(crate) mod error;
pub(crate) mod fallible;
pub(crate) mod kept;
pub(crate) mod order;
pub(crate) mod order_free;
pub(crate) mod report;
pub(crate) mod sent;
