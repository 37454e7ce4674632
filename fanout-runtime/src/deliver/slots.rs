//! Places for values, written and taken out by different threads: all the raw memory of the pool.
//!
//! A slot knows nothing: whether it is full, and whose it is, follows from the claim words ([`super::claim`]). So each
//! operation is `unsafe`, and each caller says which claim makes it right.

use core::mem::MaybeUninit;

use crate::sync::cell::UnsafeCell;

/// A fixed number of places for `T`. Dropping the slots does not drop what is in them.
pub(crate) struct Slots<T> {
    places: Box<[Cell<T>]>,
}

// SAFETY: a value is put in by one thread and taken out by another (so `T: Send`), and a place is only touched by the
// one thread that the claim words give it to at that time; `&T` is never handed to two threads.
unsafe impl<T: Send> Sync for Slots<T> {}
// SAFETY: the slots own what is in them like a `Vec` does; the cells are what keeps this from being derived under loom.
unsafe impl<T: Send> Send for Slots<T> {}

type Cell<T> = UnsafeCell<MaybeUninit<T>>;

/// The places of some [`Slots`], by value: so that a loop knows where they are without a look into memory at each step.
#[doc(hidden)]
pub struct Places<'s, T>(&'s [Cell<T>]);

impl<T> Clone for Places<'_, T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Places<'_, T> {}

impl<T> Slots<T> {
    /// `len` empty places.
    pub(crate) fn empty(len: usize) -> Self {
        Self {
            places: empty_places(len),
        }
    }

    /// A place for each item, full.
    pub(crate) fn full(items: Vec<T>) -> Self {
        Self {
            places: full_places(items),
        }
    }

    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// The places themselves.
    #[inline(always)]
    pub(crate) fn places(&self) -> Places<'_, T> {
        Places(&self.places)
    }

    /// The values of all places as a vector, in place.
    ///
    /// # Safety
    /// The places are full, and nobody else has the slots.
    pub(crate) unsafe fn into_vec(self) -> Vec<T> {
        // SAFETY: full by the caller's promise.
        unsafe { values(self.places) }
    }
}

impl<'s, T> Places<'s, T> {
    /// Puts a value into the place at `index`.
    ///
    /// # Safety
    /// `index` is below the length of the slots, the place is empty, and nobody else touches it until the caller has published the
    /// value.
    #[inline]
    pub(crate) unsafe fn put(self, index: usize, value: T) {
        // SAFETY: below the length, by the caller's promise.
        unsafe { self.place(index) }.with_mut(|place| {
            // SAFETY: exclusive by the caller's promise; writing to an empty place drops nothing.
            unsafe { (*place).write(value) };
        });
    }

    /// Takes the value out of the place at `index`.
    ///
    /// # Safety
    /// `index` is below the length of the slots, the place is full, its value was published to this thread, nobody else touches it,
    /// and it counts as empty from now on.
    #[inline]
    pub(crate) unsafe fn take(self, index: usize) -> T {
        // SAFETY: below the length, by the caller's promise.
        unsafe { self.place(index) }.with(|place| {
            // SAFETY: full and exclusive by the caller's promise, and not read again as a value.
            unsafe { (*place).assume_init_read() }
        })
    }

    /// Drops the value in the place at `index`, where it is: values may be larger than the stack has room for.
    ///
    /// # Safety
    /// As for [`take`](Self::take).
    pub(crate) unsafe fn drop_at(self, index: usize) {
        // SAFETY: below the length, by the caller's promise.
        unsafe { self.place(index) }.with_mut(|place| {
            // SAFETY: full and exclusive by the caller's promise, and not read again as a value.
            unsafe { (*place).assume_init_drop() };
        });
    }

    /// Without a comparison: for what is tiny that is much.
    ///
    /// # Safety
    /// `index` is below the length.
    #[inline]
    unsafe fn place(self, index: usize) -> &'s Cell<T> {
        debug_assert!(index < self.0.len());
        // SAFETY: the caller's promise.
        unsafe { self.0.get_unchecked(index) }
    }
}

#[cfg(not(fanout_loom))]
fn empty_places<T>(len: usize) -> Box<[Cell<T>]> {
    let places = Box::<[Cell<T>]>::new_uninit_slice(len);
    // SAFETY: the cell is transparent over a value that is allowed to be uninitialised. (Built one by one, each place
    // would pass over the stack in builds without optimisation, and a place may be larger than the stack.)
    unsafe { places.assume_init() }
}

#[cfg(not(fanout_loom))]
fn full_places<T>(items: Vec<T>) -> Box<[Cell<T>]> {
    let items = Box::into_raw(items.into_boxed_slice());
    // SAFETY: from the box just taken apart, with the same layout: the cell is transparent over `MaybeUninit<T>`, which is
    // transparent over `T`. Each value is one that `T` allows, so it is one that the cell allows.
    unsafe { Box::from_raw(items as *mut [Cell<T>]) }
}

/// # Safety
/// Every place is full.
#[cfg(not(fanout_loom))]
unsafe fn values<T>(places: Box<[Cell<T>]>) -> Vec<T> {
    let places = Box::into_raw(places);
    // SAFETY: as in `full_places`, the other way: every place is full by the caller's promise.
    unsafe { Box::from_raw(places as *mut [T]) }.into_vec()
}

// Under loom a cell keeps a log of who touched it, so it has to be made and taken apart one by one.

#[cfg(fanout_loom)]
fn empty_places<T>(len: usize) -> Box<[Cell<T>]> {
    (0..len)
        .map(|_| UnsafeCell::new(MaybeUninit::uninit()))
        .collect()
}

#[cfg(fanout_loom)]
fn full_places<T>(items: Vec<T>) -> Box<[Cell<T>]> {
    items
        .into_iter()
        .map(|item| UnsafeCell::new(MaybeUninit::new(item)))
        .collect()
}

/// # Safety
/// Every place is full.
#[cfg(fanout_loom)]
unsafe fn values<T>(places: Box<[Cell<T>]>) -> Vec<T> {
    places
        .into_vec()
        .into_iter()
        .map(|place| {
            // SAFETY: full by the caller's promise.
            unsafe { place.into_inner().assume_init() }
        })
        .collect()
}

impl<T> core::fmt::Debug for Slots<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Slots").field("len", &self.len()).finish()
    }
}

impl<T> core::fmt::Debug for Places<'_, T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Places")
            .field("len", &self.0.len())
            .finish()
    }
}
