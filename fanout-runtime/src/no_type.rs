//! [`NoType`]: for the traits that exist for their message.
//!
//! Where a trait has one implementation for all types with some bounds, the compiler commits to it and complains about those bounds,
//! in its own words, once for each. With a second one, for types that there are not, it finds that neither fits and says what
//! the trait says.

/// Implemented for nothing.
pub trait NoType {}
