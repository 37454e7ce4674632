//! Inputs that only the calling thread pulls from.

use super::iterator::exact_advice;
use super::{IteratorPull, NotIndexed, Open, Opened};
use crate::pull::{Never, Pull, Unmade};
use crate::stop::StageLink;

/// An iterator that stays on the calling thread; see [`over_local`](crate::over_local).
#[derive(Debug)]
pub struct LocalSource<I>(I);

impl<I> LocalSource<I> {
    pub(crate) fn new(iterator: I) -> Self {
        Self(iterator)
    }
}

impl<I> Open for LocalSource<I>
where
    I: Iterator,
{
    type Item = I::Item;
    type Shared = Never<I::Item>;
    type Here = IteratorPull<I>;
    type ByIndex = NotIndexed<I::Item>;

    fn open(self, _: &StageLink) -> Opened<Never<I::Item>, IteratorPull<I>> {
        Opened::Here(IteratorPull::new(self.0))
    }
    fn advice(&self) -> Option<u64> {
        exact_advice(&self.0)
    }
}

/// Any source, pulled by the calling thread alone; see [`pull_here`](crate::FanOut::pull_here).
#[derive(Debug)]
pub struct HereSource<S>(S);

impl<S> HereSource<S> {
    pub(crate) fn new(source: S) -> Self {
        Self(source)
    }
}

impl<S: Open<Here: Unmade>> Open for HereSource<S> {
    type Item = S::Item;
    type Shared = S::Shared;
    type Here = S::Shared;
    type ByIndex = NotIndexed<S::Item>;

    fn open(self, link: &StageLink) -> Opened<S::Shared, S::Shared> {
        match self.0.open(link) {
            // Whose `next` runs user code has to be called here; a channel or a vector has none, and is better shared.
            Opened::Shared(pull) if <S::Shared as Pull>::BLOCKS => Opened::Here(pull),
            Opened::Shared(pull) => Opened::Shared(pull),
            Opened::Here(pull) => pull.unmade(),
        }
    }
    fn advice(&self) -> Option<u64> {
        self.0.advice()
    }
}
