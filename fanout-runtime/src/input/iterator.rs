//! Any iterator: one worker at a time pulls a batch.

use super::{ByIterator, Input, NotIndexed, Open, Opened};
use crate::pull::{Intake, Never, Pull, Supply};
use crate::stop::{StageLink, Stop};
use crate::sync::time::Instant;

/// An iterator that has not been started.
#[derive(Debug)]
pub struct IteratorSource<I>(I);

#[diagnostic::do_not_recommend]
impl<I> Input<ByIterator> for I
where
    I: Iterator + Send,
    I::Item: Send,
{
    type Item = I::Item;
    type Source = IteratorSource<I>;
    fn into_source(self) -> IteratorSource<I> {
        IteratorSource(self)
    }
}

impl<I> Open for IteratorSource<I>
where
    I: Iterator + Send,
    I::Item: Send,
{
    type Item = I::Item;
    type Shared = IteratorPull<I>;
    type Here = Never<I::Item>;
    type ByIndex = NotIndexed<I::Item>;

    fn open(self, _: &StageLink) -> Opened<IteratorPull<I>, Never<I::Item>> {
        Opened::Shared(IteratorPull::new(self.0))
    }
    fn advice(&self) -> Option<u64> {
        exact_advice(&self.0)
    }
}

/// What an iterator says about its length, where both of its bounds agree. It may be a lie: nothing but a progress bar
/// depends on it.
pub(crate) fn exact_advice<I: Iterator>(iterator: &I) -> Option<u64> {
    match iterator.size_hint() {
        (low, Some(high)) if low == high => Some(low as u64),
        _ => None,
    }
}

/// A running iterator. It is dropped when it ends, and never asked again after `None` or a panic.
///
/// `BLOCKS` is false for iterators of ours over memory, whose `next` is known to return at once.
#[derive(Debug)]
pub struct IteratorPull<I, const BLOCKS: bool = true> {
    iterator: Option<I>,
}

impl<I, const BLOCKS: bool> IteratorPull<I, BLOCKS> {
    pub(crate) fn new(iterator: I) -> Self {
        Self {
            iterator: Some(iterator),
        }
    }
}

impl<I: Iterator, const BLOCKS: bool> Pull for IteratorPull<I, BLOCKS> {
    type Item = I::Item;
    const BLOCKS: bool = BLOCKS;

    fn pull(&mut self, intake: &mut Intake<'_, I::Item>) -> Supply {
        // Taken out while user code runs: if `next` panics, the iterator is not there to be asked again.
        let Some(mut iterator) = self.iterator.take() else {
            return Supply::End;
        };
        if intake.fill(|| iterator.next()) {
            return Supply::End;
        }
        self.iterator = Some(iterator);
        Supply::More
    }

    fn wait(&mut self, _: &Stop, _: Option<Instant>) {
        // Never dry: an iterator waits in its own `next`.
    }

    /// As by `pull`, without what a batch needs. Inlined: an item that is moved as soon as it is made costs a processor more
    /// than the move, which has to wait until what was written in pieces can be read as one.
    #[inline(always)]
    fn one(&mut self) -> Result<I::Item, Supply> {
        let last = Last(&mut self.iterator);
        let item = last.0.as_mut().and_then(Iterator::next);
        match item {
            Some(item) => {
                core::mem::forget(last);
                Ok(item)
            }
            None => Err(Supply::End),
        }
    }
}

/// Drops the iterator when it is dropped: after its end, or if its `next` panics, so that nobody asks it again.
struct Last<'a, I>(&'a mut Option<I>);

impl<I> Drop for Last<'_, I> {
    fn drop(&mut self) {
        *self.0 = None;
    }
}
