//! [`Indexed`]: items in memory that are taken out by index.

use super::slots::Slots;

/// Items that are claimed by index.
#[doc(hidden)]
pub trait Indexed: Send + Sync {
    /// One item.
    type Item;
    fn len(&self) -> usize;
    /// The item at `index`.
    ///
    /// # Safety
    /// `index` is below [`len`](Self::len), and is given once in the life of `self`.
    unsafe fn take(&self, index: usize) -> Self::Item;
}

/// The items of a vector or an array, each taken out once. What is not taken is leaked: whoever has the items takes them
/// all, if only to drop them.
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
        // SAFETY: below the length, by the caller's promise.
        unsafe { self.get_unchecked(index) }
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
