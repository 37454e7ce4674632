//! Vectors, slices and arrays: claimed by index, without a lock.

use super::{ByIndex, Input, IteratorPull, Open, Opened};
use crate::deliver::slots::Slots;
use crate::pull::Never;
use crate::stop::StageLink;

/// Items in memory.
#[derive(Debug)]
pub struct IndexedSource<A>(A);

/// Items that workers claim by index.
///
/// # Safety
/// Whoever calls [`take`](Self::take) or [`discard`](Self::discard) gives each index below `len` at most once in all.
#[doc(hidden)]
pub trait Indexed: Send + Sync {
    /// One item.
    type Item;
    fn len(&self) -> usize;
    /// The item at `index`.
    ///
    /// # Safety
    /// `index` is below [`len`](Self::len), and is given to `take` or `discard` once in the life of `self`.
    unsafe fn take(&self, index: usize) -> Self::Item;
}

/// The items of a vector or an array, each taken out once. What is not taken is the caller's to take and drop.
#[derive(Debug)]
pub struct ArrayItems<T>(Slots<T>);

impl<T> ArrayItems<T> {
    pub(crate) fn new(items: Vec<T>) -> Self {
        Self(Slots::full(items))
    }
}

impl<T: Send> Indexed for ArrayItems<T> {
    type Item = T;
    #[inline]
    fn len(&self) -> usize {
        self.0.len()
    }
    #[inline]
    unsafe fn take(&self, index: usize) -> T {
        // SAFETY: the slots began full, and the caller gives each index once.
        unsafe { self.0.take(index) }
    }
}

impl<'a, T: Sync> Indexed for &'a [T] {
    type Item = &'a T;
    #[inline]
    fn len(&self) -> usize {
        <[T]>::len(self)
    }
    #[inline]
    unsafe fn take(&self, index: usize) -> &'a T {
        &self[index]
    }
}

/// What has no indexes.
#[derive(Debug)]
#[doc(hidden)]
pub enum NotIndexed<T> {
    /// Cannot be made.
    Impossible(
        core::convert::Infallible,
        core::marker::PhantomData<fn() -> T>,
    ),
}

impl<T> Indexed for NotIndexed<T> {
    type Item = T;
    fn len(&self) -> usize {
        match *self {
            Self::Impossible(never, _) => match never {},
        }
    }
    unsafe fn take(&self, _: usize) -> T {
        match *self {
            Self::Impossible(never, _) => match never {},
        }
    }
}

impl<T: Send> Open for IndexedSource<Vec<T>> {
    type Item = T;
    type Shared = IteratorPull<std::vec::IntoIter<T>, false>;
    type Here = Never<T>;
    type ByIndex = ArrayItems<T>;

    fn open(self, _: &StageLink) -> Opened<Self::Shared, Never<T>> {
        Opened::Shared(IteratorPull::new(self.0.into_iter()))
    }
    fn by_index(self) -> Result<ArrayItems<T>, Self> {
        Ok(ArrayItems::new(self.0))
    }
    fn advice(&self) -> Option<u64> {
        Some(self.0.len() as u64)
    }
}

impl<'a, T: Sync> Open for IndexedSource<&'a [T]> {
    type Item = &'a T;
    type Shared = IteratorPull<core::slice::Iter<'a, T>, false>;
    type Here = Never<&'a T>;
    type ByIndex = &'a [T];

    fn open(self, _: &StageLink) -> Opened<Self::Shared, Never<&'a T>> {
        Opened::Shared(IteratorPull::new(self.0.iter()))
    }
    fn by_index(self) -> Result<&'a [T], Self> {
        Ok(self.0)
    }
    fn advice(&self) -> Option<u64> {
        Some(self.0.len() as u64)
    }
}

/// `$input` owns its items, and `$into` makes a vector of it.
macro_rules! owned_input {
    ([$($generics:tt)*] $input:ty, $into:expr) => {
        #[diagnostic::do_not_recommend]
        impl<T: Send, $($generics)*> Input<ByIndex> for $input {
            type Item = T;
            type Source = IndexedSource<Vec<T>>;
            fn into_source(self) -> IndexedSource<Vec<T>> {
                IndexedSource($into(self))
            }
        }
    };
}

owned_input!([] Vec<T>, core::convert::identity);
owned_input!([] Box<[T]>, <[T]>::into_vec);
owned_input!([const N: usize] [T; N], Vec::from);

/// `$input` lends its items.
macro_rules! lent_input {
    ([$($generics:tt)*] $input:ty) => {
        #[diagnostic::do_not_recommend]
        impl<'a, T: Sync, $($generics)*> Input<ByIndex> for &'a $input {
            type Item = &'a T;
            type Source = IndexedSource<&'a [T]>;
            fn into_source(self) -> IndexedSource<&'a [T]> {
                IndexedSource(self)
            }
        }
    };
}

lent_input!([][T]);
lent_input!([] Vec<T>);
lent_input!([const N: usize] [T; N]);
