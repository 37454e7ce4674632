//! `std::cell::UnsafeCell` with loom's interface, so that loom can watch the accesses. For the back ends that do not watch.

/// Transparent, so that memory can be made and taken apart as cells: see `deliver::slots`.
#[derive(Debug)]
#[repr(transparent)]
pub(crate) struct UnsafeCell<T>(std::cell::UnsafeCell<T>);

impl<T> UnsafeCell<T> {
    /// Hands out the pointer for a shared access; dereferencing it is up to the caller's proof.
    #[inline]
    pub(crate) fn with<R>(&self, access: impl FnOnce(*const T) -> R) -> R {
        access(self.0.get())
    }

    /// Hands out the pointer for an exclusive access.
    #[inline]
    pub(crate) fn with_mut<R>(&self, access: impl FnOnce(*mut T) -> R) -> R {
        access(self.0.get())
    }
}
