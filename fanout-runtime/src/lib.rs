//! The worker pool behind `fanout`.

#![cfg_attr(
    any(fanout_loom, fanout_shuttle),
    allow(dead_code, reason = "models leave out threads that are kept, and time")
)]

mod builder;
mod consumer;
mod deliver;
mod feed;
mod input;
mod no_type;
mod outcome;
mod pull;
mod run;
mod stop;
mod sync;
pub mod testing;
mod threads;
mod window;
mod worker;

pub use builder::given::Given;
#[doc(hidden)]
pub use builder::limit::Limit;
#[doc(hidden)]
pub use builder::over_items;
pub use builder::{FanOut, over, over_local};
pub use consumer::{Errors, NotReady, Nothing, Scoped, Stream};
pub use crossbeam_channel as channel;
pub use feed::Feed;
#[doc(hidden)]
pub use feed::HasFeed;
#[doc(hidden)]
pub use input::Open;
pub use input::{
    ByChannel, ByIndex, ByIterator, ByStage, Input, InputKind, InputOf, KeyFn, Of, Source,
};
pub use outcome::ending::{CancelOnError, Ending, EndingInto, EndingKind, RunsToEnd, Stoppable};
pub use outcome::ends::Ends;
pub use outcome::error::Error;
pub use outcome::fallible::Fallible;
pub use outcome::kept::CanBeKept;
pub use outcome::order::{AnyOrder, Order, Ordered, Unordered};
pub use outcome::order_free::OrderFree;
pub use outcome::report::{Ended, Progress, Report};
pub use outcome::sent::Sent;
pub use stop::{CancelReason, CancelToken, Cancelled, IntoTimeout, IntoToken};
pub use threads::release_threads;
#[doc(hidden)]
pub use worker::begins::Begins;
pub use worker::begins::Tries;
pub use worker::context::Context;
#[doc(hidden)]
pub use worker::feeding::FedCall;
pub use worker::has_state::{HasState, Stateful};
pub use worker::merge_fn::{MergeFn, merge_fn};
pub use worker::sends::{Delivers, SendTryWork, SendWork};
pub use worker::shared::{Shared, shared};
pub use worker::work::{Call, Merge, Reply, Work, Worker};

#[doc(hidden)]
pub mod testing_hooks {
    pub use crate::threads::spawner::refuse_threads;
}
