//! [`Place`]: where the result of an item that was claimed goes.
//!
//! A loop over items gives each item's place away, and is given back that something was [`Put`] there. So a result goes from
//! the item function to its place: one that passed through an `Option` on its way would be copied once more, and results may
//! be large.

use core::marker::PhantomData;

use super::slots::Places;

/// A place for one result. `'p` is one call's alone.
#[derive(Debug)]
pub(crate) struct Place<'p, O> {
    outs: Places<'p, O>,
    index: usize,
    call: Call<'p>,
}

/// That a result was put into the place of this call.
#[derive(Debug)]
pub(crate) struct Put<'p>(Call<'p>);

/// Neither longer nor shorter than `'p`, so that what one call has put does not pass for what another has.
type Call<'p> = PhantomData<fn(&'p ()) -> &'p ()>;

impl<'p, O> Place<'p, O> {
    /// # Safety
    /// `index` is below the length of the slots that `outs` are of, the place is empty, and nobody else touches it until the
    /// caller has published what was put.
    #[inline(always)]
    pub(super) unsafe fn new(outs: Places<'p, O>, index: u32) -> Self {
        Self {
            outs,
            index: index as usize,
            call: PhantomData,
        }
    }

    #[inline(always)]
    pub(crate) fn put(self, out: O) -> Put<'p> {
        // SAFETY: what was promised when this was made, and there is one of it, which is used up.
        unsafe { self.outs.put(self.index, out) };
        Put(self.call)
    }
}
