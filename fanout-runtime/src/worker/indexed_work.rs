//! [`IndexedWork`]: results with the position of their item.

use core::marker::PhantomData;

use super::context::Context;
use super::work::{Merge, Work};
use crate::feed::Fed;
use crate::outcome::ending::Ending;
use crate::stop::Stop;
use crate::sync::Arc;

/// What [`indexed`](crate::FanOut::indexed) makes of the work.
#[derive(Debug)]
pub struct IndexedWork<W, E> {
    pub(crate) work: W,
    pub(crate) ending: PhantomData<fn() -> E>,
}

impl<Item, W, E> Work<Item> for IndexedWork<W, E>
where
    W: Work<Item>,
    E: Ending<W::Out>,
{
    type Local = W::Local;
    type Out = E::IndexedOut;
    type Lane = W::Lane;
    const FEEDS: bool = W::FEEDS;
    const STATELESS: bool = W::STATELESS;

    fn init(&self) -> Result<W::Local, E::IndexedOut> {
        // A state that failed to begin has no item; the position is never seen, as only an `Err` comes this way.
        self.work.init().map_err(|out| E::with_index(0, out))
    }
    fn fed(&self) -> Option<&Arc<Fed<Item>>> {
        self.work.fed()
    }
    fn lane(&self, stop: &Arc<Stop>) -> W::Lane {
        self.work.lane(stop)
    }
    #[inline]
    fn call(
        &self,
        item: Item,
        local: &mut W::Local,
        lane: &W::Lane,
        cx: &Context,
    ) -> E::IndexedOut {
        let out = self.work.call(item, local, lane, cx);
        E::with_index(cx.index(), out)
    }
}

#[diagnostic::do_not_recommend]
impl<L, W: Merge<L>, E> Merge<L> for IndexedWork<W, E> {
    fn merge(&self, first: L, second: L) -> L {
        self.work.merge(first, second)
    }
}
