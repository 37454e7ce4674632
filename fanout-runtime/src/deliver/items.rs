//! [`Indexed`]: items in memory that are taken out by index.

use super::slots::{Places, Slots};

/// Items that are claimed by index.
#[doc(hidden)]
pub trait Indexed: Send + Sync {
    /// One item.
    type Item;
    /// Where they are, by value: so that a loop knows it without a look into memory at each step.
    type Places<'s>: Copy
    where
        Self: 's;
    fn len(&self) -> usize;
    fn places(&self) -> Self::Places<'_>;
    /// The item at `index`.
    ///
    /// # Safety
    /// `index` is below the [`len`](Self::len) of whose places these are, and is given once in the life of that.
    unsafe fn take(places: Self::Places<'_>, index: usize) -> Self::Item;
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
    type Places<'s>
        = Places<'s, T>
    where
        T: 's;
    #[inline]
    fn len(&self) -> usize {
        self.0.len()
    }
    #[inline]
    fn places(&self) -> Places<'_, T> {
        self.0.places()
    }
    #[inline]
    unsafe fn take(places: Places<'_, T>, index: usize) -> T {
        // SAFETY: the slots began full, and the caller gives each index once.
        unsafe { places.take(index) }
    }
}

impl<'a, T: Sync> Indexed for &'a [T] {
    type Item = &'a T;
    type Places<'s>
        = &'a [T]
    where
        'a: 's;
    #[inline]
    fn len(&self) -> usize {
        <[T]>::len(self)
    }
    #[inline]
    fn places(&self) -> &'a [T] {
        self
    }
    #[inline]
    unsafe fn take(places: &'a [T], index: usize) -> &'a T {
        // SAFETY: below the length, by the caller's promise.
        unsafe { places.get_unchecked(index) }
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
    type Places<'s>
        = core::convert::Infallible
    where
        T: 's;
    fn len(&self) -> usize {
        match *self {
            Self::Impossible(never, _) => match never {},
        }
    }
    fn places(&self) -> core::convert::Infallible {
        match *self {
            Self::Impossible(never, _) => never,
        }
    }
    unsafe fn take(never: core::convert::Infallible, _: usize) -> T {
        match never {}
    }
}
