//! Places for values, written and taken out by different threads: all the raw memory of the pool.
//!
//! A slot knows nothing: whether it is full, and whose it is, follows from the claim words ([`super::claim`]). So each
//! operation is `unsafe`, and each caller says which claim makes it right.

use core::mem::MaybeUninit;

use crate::sync::cell::UnsafeCell;

/// A fixed number of places for `T`. Dropping the slots does not drop what is in them.
pub(crate) struct Slots<T> {
    places: Box<[UnsafeCell<MaybeUninit<T>>]>,
}

// SAFETY: a value is put in by one thread and taken out by another (so `T: Send`), and a place is only touched by the
// one thread that the claim words give it to at that time; `&T` is never handed to two threads.
unsafe impl<T: Send> Sync for Slots<T> {}
// SAFETY: the slots own what is in them like a `Vec` does; the cells are what keeps this from being derived under loom.
unsafe impl<T: Send> Send for Slots<T> {}

impl<T> Slots<T> {
    /// `len` empty places.
    pub(crate) fn empty(len: usize) -> Self {
        Self {
            places: (0..len)
                .map(|_| UnsafeCell::new(MaybeUninit::uninit()))
                .collect(),
        }
    }

    /// A place for each item, full.
    pub(crate) fn full(items: Vec<T>) -> Self {
        // In place: the cell of a possibly uninitialised value has the layout of the value, and the standard library's
        // collect reuses the allocation then.
        Self {
            places: items
                .into_iter()
                .map(|item| UnsafeCell::new(MaybeUninit::new(item)))
                .collect(),
        }
    }

    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// Puts a value into the place at `index`.
    ///
    /// # Safety
    /// The place is empty, and nobody else touches it until the caller has published the value.
    #[inline]
    pub(crate) unsafe fn put(&self, index: usize, value: T) {
        self.places[index].with_mut(|place| {
            // SAFETY: exclusive by the caller's promise; writing to an empty place drops nothing.
            unsafe { (*place).write(value) };
        });
    }

    /// Takes the value out of the place at `index`.
    ///
    /// # Safety
    /// The place is full, its value was published to this thread, nobody else touches it, and it counts as empty from
    /// now on.
    #[inline]
    pub(crate) unsafe fn take(&self, index: usize) -> T {
        self.places[index].with(|place| {
            // SAFETY: full and exclusive by the caller's promise, and not read again as a value.
            unsafe { (*place).assume_init_read() }
        })
    }

    /// The values of the first `len` places as a vector, in place.
    ///
    /// # Safety
    /// These places are full, and nobody else has the slots.
    pub(crate) unsafe fn into_vec(self, len: usize) -> Vec<T> {
        self.places
            .into_vec()
            .into_iter()
            .take(len)
            .map(|place| {
                // SAFETY: full by the caller's promise.
                unsafe { place.into_inner().assume_init() }
            })
            .collect()
    }
}

impl<T> core::fmt::Debug for Slots<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Slots").field("len", &self.len()).finish()
    }
}
