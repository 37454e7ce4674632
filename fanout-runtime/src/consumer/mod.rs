//! The consumer: how results leave the run, one file a terminal.
//!
//! [`feed`] takes results out of the window and ends the run; [`sequential`] is the plain loop for one worker;
//! [`by_index`] is the run whose results go straight to their places. The terminals are written on these.

mod by_index;
mod collect;
mod feed;
mod for_each;
mod results;
mod run;
mod scope;
mod sequential;
mod stream;

pub use collect::Fallible;
pub(crate) use feed::{Feed, Next};
pub use run::Nothing;
pub use scope::Scoped;
pub use stream::{NotReady, Stream};
