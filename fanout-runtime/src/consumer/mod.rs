//! The consumer: how results leave the run, one file a terminal.
//!
//! [`outlet`] takes results out of the window and ends the run; [`sequential`] is the plain loop for one worker;
//! [`by_index`] is the run whose results go straight to their places. The terminals are written on these.

mod all_errors;
mod by_index;
mod collect;
mod for_each;
mod merging;
mod outlet;
mod results;
mod run;
mod scope;
mod sequential;
mod stream;

pub use all_errors::Errors;
pub(crate) use outlet::{Next, Outlet};
pub use run::Nothing;
pub use scope::Scoped;
pub use stream::{NotReady, Stream};
