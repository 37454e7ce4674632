//! Everything that can be an input is passed as it is, and its kind is inferred.

#[path = "../common/mod.rs"]
mod common;

mod borrowed;
mod here;
mod owned;
mod stages;
