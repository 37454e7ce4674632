//! The worker: what it is given ([`context`]), what it does ([`work`]), and its loop.

pub(crate) mod begins;
pub(crate) mod by_index;
pub(crate) mod context;
pub(crate) mod feeding;
pub(crate) mod has_state;
pub(crate) mod indexed_work;
pub(crate) mod merge_fn;
pub(crate) mod sends;
mod serve;
pub(crate) mod shared;
mod steps;
mod walk;
pub(crate) mod work;
