//! The item functions that are given a [`Feed`]: one for each of those in [`super::work`].

use core::marker::PhantomData;

use super::context::Context;
use super::work::{Reply, Work, Worker};
use crate::feed::{Fed, Feed};
use crate::stop::Stop;
use crate::sync::Arc;

/// What the four below have in common.
macro_rules! fed_lane {
    () => {
        type Lane = Feed<Item>;
        const FEEDS: bool = true;

        fn fed(&self) -> Option<&Arc<Fed<Item>>> {
            Some(&self.fed)
        }
        fn lane(&self, stop: &Arc<Stop>) -> Feed<Item> {
            self.fed.feed(stop)
        }
    };
}

/// An item function with a feed and without state.
pub struct MapFeed<F, Item> {
    pub(crate) work: F,
    pub(crate) fed: Arc<Fed<Item>>,
}

impl<Item, Out, F> Work<Item> for MapFeed<F, Item>
where
    Item: Send,
    F: Fn(Item, &Feed<Item>, &Context) -> Out + Send + Sync,
{
    type Local = ();
    type Out = Out;
    const STATELESS: bool = true;
    fed_lane!();

    fn init(&self) -> Result<(), Out> {
        Ok(())
    }
    #[inline]
    fn call(&self, item: Item, (): &mut (), feed: &Feed<Item>, cx: &Context) -> Out {
        (self.work)(item, feed, cx)
    }
}

/// An item function with a feed, and with state that cannot fail to begin.
pub struct MapLocalFeed<I, F, Item> {
    pub(crate) init: I,
    pub(crate) work: F,
    pub(crate) fed: Arc<Fed<Item>>,
}

impl<Item, L, Out, I, F> Work<Item> for MapLocalFeed<I, F, Item>
where
    Item: Send,
    I: Fn() -> L + Send + Sync,
    F: Fn(Item, &Feed<Item>, &mut Worker<'_, L>) -> Out + Send + Sync,
{
    type Local = L;
    type Out = Out;
    const STATELESS: bool = false;
    fed_lane!();

    fn init(&self) -> Result<L, Out> {
        Ok((self.init)())
    }
    #[inline]
    fn call(&self, item: Item, local: &mut L, feed: &Feed<Item>, cx: &Context) -> Out {
        (self.work)(item, feed, &mut Worker { local, cx })
    }
}

/// An item function with a feed, and with state that can fail to begin.
pub struct MapTryLocalFeed<I, F, Item> {
    pub(crate) init: I,
    pub(crate) work: F,
    pub(crate) fed: Arc<Fed<Item>>,
}

impl<Item, L, T, E, I, F> Work<Item> for MapTryLocalFeed<I, F, Item>
where
    Item: Send,
    I: Fn() -> Result<L, E> + Send + Sync,
    F: Fn(Item, &Feed<Item>, &mut Worker<'_, L>) -> Result<T, E> + Send + Sync,
{
    type Local = L;
    type Out = Result<T, E>;
    const STATELESS: bool = false;
    fed_lane!();

    fn init(&self) -> Result<L, Result<T, E>> {
        (self.init)().map_err(Err)
    }
    #[inline]
    fn call(&self, item: Item, local: &mut L, feed: &Feed<Item>, cx: &Context) -> Result<T, E> {
        (self.work)(item, feed, &mut Worker { local, cx })
    }
}

/// As [`Call`](super::work::Call), with a feed.
#[derive(Debug)]
pub enum FedCall<'a, 'w, Item, L> {
    /// Make a worker's state.
    Init,
    /// Run one item.
    Item(Item, &'a Feed<Item>, &'a mut Worker<'w, L>),
}

/// A closure from [`FedCall`] to [`Reply`].
pub struct MapJointFeed<F, L, Out, Item> {
    pub(crate) work: F,
    pub(crate) fed: Arc<Fed<Item>>,
    pub(crate) answers: PhantomData<fn() -> (L, Out)>,
}

impl<Item, L, Out, F> Work<Item> for MapJointFeed<F, L, Out, Item>
where
    Item: Send,
    F: Fn(FedCall<'_, '_, Item, L>) -> Reply<L, Out> + Send + Sync,
{
    type Local = L;
    type Out = Out;
    const STATELESS: bool = false;
    fed_lane!();

    fn init(&self) -> Result<L, Out> {
        match (self.work)(FedCall::Init) {
            Reply::Local(local) => Ok(local),
            Reply::Out(out) => Err(out),
        }
    }
    #[inline]
    fn call(&self, item: Item, local: &mut L, feed: &Feed<Item>, cx: &Context) -> Out {
        match (self.work)(FedCall::Item(item, feed, &mut Worker { local, cx })) {
            Reply::Out(out) => out,
            Reply::Local(_) => {
                unreachable!("fanout: an item was answered with a state; this is a bug in fanout")
            }
        }
    }
}
