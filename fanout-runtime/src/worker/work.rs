//! [`Work`]: the item function with its per-worker state, as the engine sees it.

use core::marker::PhantomData;

use super::context::Context;
use super::has_state::HasState;
use crate::feed::{Fed, HasFeed};
use crate::stop::Stop;
use crate::sync::Arc;

/// What a run does to one item: the item function, and how a worker's state begins.
///
/// Made by [`map`](crate::FanOut::map); named in the return type of a function with `#[fan_out]`.
pub trait Work<Item>: Send + Sync {
    /// What a worker keeps between its items; `()` where there is none.
    type Local;
    /// What the item function returns.
    type Out;
    /// What a worker has to push further items with; `()` where there is no feed.
    #[doc(hidden)]
    type Lane: HasFeed<Item> + Send;

    /// Whether items push further items.
    #[doc(hidden)]
    const FEEDS: bool = false;

    /// Whether a worker has no state, so that any thread can stand in for it.
    #[doc(hidden)]
    const STATELESS: bool;
    /// A worker's state; or, where making it can fail, what the item function would have returned.
    #[doc(hidden)]
    fn init(&self) -> Result<Self::Local, Self::Out>;
    /// What all workers' lanes come together in.
    #[doc(hidden)]
    fn fed(&self) -> Option<&Arc<Fed<Item>>> {
        None
    }
    #[doc(hidden)]
    fn lane(&self, stop: &Arc<Stop>) -> Self::Lane;
    #[doc(hidden)]
    fn call(
        &self,
        item: Item,
        local: &mut Self::Local,
        lane: &Self::Lane,
        cx: &Context,
    ) -> Self::Out;
}

/// How two workers' states become one (`merge = path`).
#[diagnostic::on_unimplemented(
    message = "FO410: nothing says how two states of the type `{L}` become one",
    label = "a run without `merge`",
    note = "add `merge = path` to the attribute (`.merge_with(..)` to the builder), a function `fn({L}, {L}) -> {L}`; or call `.merge(f)` with one",
    note = "FO410 is explained in `fanout::guide::fo410`"
)]
pub trait Merge<L>: HasState {
    /// Makes one state of two. The workers' states are merged in worker order.
    fn merge(&self, first: L, second: L) -> L;
}

/// A worker inside the item function of a run that has per-worker state.
///
/// Reads like a [`Context`]; [`local`](Self::local) is the worker's own state.
#[derive(Debug)]
pub struct Worker<'a, L> {
    /// This worker's state: nobody else sees it.
    pub local: &'a mut L,
    /// Cancellation, deadline, index and worker number.
    pub cx: &'a Context,
}

impl<L> core::ops::Deref for Worker<'_, L> {
    type Target = Context;
    fn deref(&self) -> &Context {
        self.cx
    }
}

/// An item function without state.
#[derive(Debug, Clone, Copy)]
pub struct Map<F>(pub(crate) F);

impl<Item, Out, F> Work<Item> for Map<F>
where
    F: Fn(Item, &Context) -> Out + Send + Sync,
{
    type Local = ();
    type Out = Out;
    type Lane = ();
    const STATELESS: bool = true;

    fn init(&self) -> Result<(), Out> {
        Ok(())
    }
    fn lane(&self, _: &Arc<Stop>) {}
    #[inline]
    fn call(&self, item: Item, (): &mut (), (): &(), cx: &Context) -> Out {
        (self.0)(item, cx)
    }
}

/// An item function with state that cannot fail to begin.
#[derive(Debug, Clone, Copy)]
pub struct MapLocal<I, F> {
    pub(crate) init: I,
    pub(crate) work: F,
}

impl<Item, L, Out, I, F> Work<Item> for MapLocal<I, F>
where
    I: Fn() -> L + Send + Sync,
    F: Fn(Item, &mut Worker<'_, L>) -> Out + Send + Sync,
{
    type Local = L;
    type Out = Out;
    type Lane = ();
    const STATELESS: bool = false;

    fn init(&self) -> Result<L, Out> {
        Ok((self.init)())
    }
    fn lane(&self, _: &Arc<Stop>) {}
    #[inline]
    fn call(&self, item: Item, local: &mut L, (): &(), cx: &Context) -> Out {
        (self.work)(item, &mut Worker { local, cx })
    }
}

/// An item function with state that can fail to begin.
#[derive(Debug, Clone, Copy)]
pub struct MapTryLocal<I, F> {
    pub(crate) init: I,
    pub(crate) work: F,
}

impl<Item, L, T, E, I, F> Work<Item> for MapTryLocal<I, F>
where
    I: Fn() -> Result<L, E> + Send + Sync,
    F: Fn(Item, &mut Worker<'_, L>) -> Result<T, E> + Send + Sync,
{
    type Local = L;
    type Out = Result<T, E>;
    type Lane = ();
    const STATELESS: bool = false;

    fn init(&self) -> Result<L, Result<T, E>> {
        (self.init)().map_err(Err)
    }
    fn lane(&self, _: &Arc<Stop>) {}
    #[inline]
    fn call(&self, item: Item, local: &mut L, (): &(), cx: &Context) -> Result<T, E> {
        (self.work)(item, &mut Worker { local, cx })
    }
}

/// Both closures in one, for a state whose beginning and whose item function use the same captured value.
///
/// `#[shared] x: T` is a place of type `T` inside the body, so the closure that is the body has to own it; an init
/// closure beside it could not. One closure that answers both questions owns it once.
#[derive(Debug)]
pub enum Call<'a, 'w, Item, L> {
    /// Make a worker's state.
    Init,
    /// Run one item.
    Item(Item, &'a mut Worker<'w, L>),
}

/// The answer to a [`Call`].
#[derive(Debug)]
pub enum Reply<L, Out> {
    /// The worker's state.
    Local(L),
    /// What the item function returned, or what it would have, where the state failed to begin.
    Out(Out),
}

/// A closure from [`Call`] to [`Reply`].
#[derive(Debug, Clone, Copy)]
pub struct MapJoint<F, L, Out> {
    pub(crate) work: F,
    pub(crate) answers: PhantomData<fn() -> (L, Out)>,
}

impl<Item, L, Out, F> Work<Item> for MapJoint<F, L, Out>
where
    F: Fn(Call<'_, '_, Item, L>) -> Reply<L, Out> + Send + Sync,
{
    type Local = L;
    type Out = Out;
    type Lane = ();
    const STATELESS: bool = false;

    fn init(&self) -> Result<L, Out> {
        match (self.work)(Call::Init) {
            Reply::Local(local) => Ok(local),
            Reply::Out(out) => Err(out),
        }
    }
    fn lane(&self, _: &Arc<Stop>) {}
    #[inline]
    fn call(&self, item: Item, local: &mut L, (): &(), cx: &Context) -> Out {
        match (self.work)(Call::Item(item, &mut Worker { local, cx })) {
            Reply::Out(out) => out,
            Reply::Local(_) => {
                unreachable!("fanout: an item was answered with a state; this is a bug in fanout")
            }
        }
    }
}

/// Work that also knows how to merge its states.
#[derive(Debug, Clone, Copy)]
pub struct Merging<W, M> {
    pub(crate) work: W,
    pub(crate) merge: M,
}

impl<Item, W: Work<Item>, M: Send + Sync> Work<Item> for Merging<W, M> {
    type Local = W::Local;
    type Out = W::Out;
    type Lane = W::Lane;
    const FEEDS: bool = W::FEEDS;
    const STATELESS: bool = W::STATELESS;

    fn init(&self) -> Result<W::Local, W::Out> {
        self.work.init()
    }
    fn fed(&self) -> Option<&Arc<Fed<Item>>> {
        self.work.fed()
    }
    fn lane(&self, stop: &Arc<Stop>) -> W::Lane {
        self.work.lane(stop)
    }
    #[inline]
    fn call(&self, item: Item, local: &mut W::Local, lane: &W::Lane, cx: &Context) -> W::Out {
        self.work.call(item, local, lane, cx)
    }
}

#[diagnostic::do_not_recommend]
impl<L, W: HasState, M: Fn(L, L) -> L> Merge<L> for Merging<W, M> {
    fn merge(&self, first: L, second: L) -> L {
        (self.merge)(first, second)
    }
}
