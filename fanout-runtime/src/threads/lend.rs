//! A run's work, lent to threads that outlive the borrow.
//!
//! The closure borrows from the caller's frame. Helpers are threads of their own and know nothing of
//! that frame's lifetime, so it is erased here, and the ticket protocol of `roll` takes its place:
//! between the moment a helper has entered and the moment it has left, `dismiss` does not return.

/// What helpers do for a run.
pub(crate) trait Help: Sync {
    /// Called once on each helper, with its number.
    fn help(&self, helper: usize);
}

impl<F: Fn(usize) + Sync> Help for F {
    fn help(&self, helper: usize) {
        self(helper);
    }
}

/// A pointer to a run's work, without the lifetime of what the work borrows.
#[derive(Clone, Copy)]
pub(super) struct Lent(*const (dyn Help + 'static));

// SAFETY: the pointer is used for one thing only, calling the `Help` behind it through a shared
// reference; the pointee is `Sync`, so doing that on another thread is what it allows. When it may be
// dereferenced at all is the contract of `call`.
unsafe impl Send for Lent {}
// SAFETY: as for `Send`; a `&Lent` gives no more than a copy of the pointer.
unsafe impl Sync for Lent {}

impl Lent {
    /// # Safety
    ///
    /// Whenever [`call`](Self::call) runs on the result or a copy of it, `work` must point to a live
    /// value, which nobody moves, mutates or drops until that call has returned.
    pub(super) unsafe fn new<'a>(work: *const (dyn Help + 'a)) -> Self {
        // SAFETY: the two types differ only in the lifetime bound of the trait object, which has no
        // representation: address and vtable stay the same. The bound would limit for how long the
        // pointee may be used; the caller promises that limit instead.
        let work = unsafe {
            std::mem::transmute::<*const (dyn Help + 'a), *const (dyn Help + 'static)>(work)
        };
        Self(work)
    }

    /// Calls the work as helper `number`.
    pub(super) fn call(self, number: usize, _inside: &super::roll::Inside<'_>) {
        // SAFETY: `new`'s caller promised that the pointee is alive, in place and not mutated during
        // this call. `Crew::new` rests that promise on its own contract, "until `dismiss` has
        // returned": an `Inside` exists only between a successful `enter` and the `leave` that
        // consumes it; `enter` succeeds only before the dismissal; and `dismiss` returns only when
        // nobody is inside. After `abandon_to_last` the work lives in an engine that is dropped only
        // when nobody is inside.
        let work = unsafe { &*self.0 };
        work.help(number);
    }
}
