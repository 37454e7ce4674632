//! [`Intake`]: where pulled items go.

use core::ops::Range;

use crate::deliver::slots::Places;
use crate::stop::Stop;
use crate::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use crate::sync::fence::Fence;

/// Room for a number of items. A source puts items in while [`has_room`](Self::has_room).
#[doc(hidden)]
pub struct Intake<'a, I> {
    place: Place<'a, I>,
}

enum Place<'a, I> {
    One(&'a mut Option<I>),
    Batch(Batch<'a, I>),
}

struct Batch<'a, I> {
    items: Places<'a, I>,
    grown: &'a AtomicU32,
    keys: &'a [AtomicU64],
    key: Option<&'a dyn Fn(&I) -> u64>,
    next: u32,
    end: u32,
    /// There if the source may block after an item, so that who is idle has to be told of it.
    tells: Option<Fence>,
    stop: &'a Stop,
}

impl<'a, I> Intake<'a, I> {
    pub(crate) fn one(place: &'a mut Option<I>) -> Self {
        Self {
            place: Place::One(place),
        }
    }

    /// Room for an item in each of the empty `places`; `grown` tells thieves how many there are. Where those who sleep have
    /// to be told, `tells` is the fence against them. In `keys` there is room for the hash of each item's key, where items
    /// have keys.
    ///
    /// # Safety
    /// The places are empty and below the length of `items`, `grown` is where they begin, and only the intake writes to either.
    pub(crate) unsafe fn batch(
        items: Places<'a, I>,
        grown: &'a AtomicU32,
        keys: &'a [AtomicU64],
        places: Range<u32>,
        tells: Option<Fence>,
        stop: &'a Stop,
    ) -> Self {
        Self {
            place: Place::Batch(Batch {
                items,
                grown,
                keys,
                key: None,
                next: places.start,
                end: places.end,
                tells,
                stop,
            }),
        }
    }

    /// Lets `pull` put items in, each with the hash of its key beside it. (A lone item needs none: there is nothing that it
    /// could run beside.)
    pub(crate) fn with_keys<R>(
        &mut self,
        key: &dyn Fn(&I) -> u64,
        pull: impl FnOnce(&mut Intake<'_, I>) -> R,
    ) -> R {
        match &mut self.place {
            Place::One(place) => pull(&mut Intake {
                place: Place::One(place),
            }),
            Place::Batch(batch) => {
                let mut keyed = Intake {
                    place: Place::Batch(Batch {
                        key: Some(key),
                        ..*batch
                    }),
                };
                let result = pull(&mut keyed);
                if let Place::Batch(keyed) = keyed.place {
                    batch.next = keyed.next;
                }
                result
            }
        }
    }

    /// Whether one more item can be put in. Not after a stop: the source is not to be asked again then.
    #[inline]
    pub fn has_room(&self) -> bool {
        match &self.place {
            Place::One(place) => place.is_none(),
            Place::Batch(batch) => batch.has_room(),
        }
    }

    /// Puts an item in.
    ///
    /// # Panics
    /// If there is no room.
    #[inline]
    pub fn push(&mut self, item: I) {
        match &mut self.place {
            Place::One(place) => **place = Some(item),
            Place::Batch(batch) => batch.push(item),
        }
    }

    /// Puts in what `next` gives, as long as there is room. Returns whether `next` had no more.
    #[inline]
    pub fn fill(&mut self, mut next: impl FnMut() -> Option<I>) -> bool {
        match &mut self.place {
            Place::One(place) => {
                if place.is_none() {
                    **place = next();
                }
                place.is_none()
            }
            Place::Batch(batch) => {
                // A copy, in registers: where the next item goes is written for nobody to see in between.
                let mut filling = Batch { ..*batch };
                // If `next` panics nothing more is put here: where it would go was not written down.
                batch.next = batch.end;
                let mut ended = false;
                while !ended && filling.has_room() {
                    match next() {
                        Some(item) => filling.push(item),
                        None => ended = true,
                    }
                }
                batch.next = filling.next;
                ended
            }
        }
    }
}

impl<I> Batch<'_, I> {
    #[inline(always)]
    fn has_room(&self) -> bool {
        self.next < self.end && !self.stop.ends_pulling()
    }

    #[inline(always)]
    fn push(&mut self, item: I) {
        assert!(
            self.next < self.end,
            "fanout: an intake was overfilled; this is a bug in fanout"
        );
        if let Some(key) = self.key {
            // User code, so before the item is anybody's but this frame's. Relaxed: published with the item.
            self.keys[self.next as usize].store(key(&item), Ordering::Relaxed);
        }
        // SAFETY: places from `next` to `end` are empty and ours (`Intake::batch`), and `next < end`.
        unsafe { self.items.put(self.next as usize, item) };
        self.next += 1;
        // Release: a thief that acquires `grown` finds the item.
        self.grown.store(self.next, Ordering::Release);
        if let Some(fence) = self.tells {
            // The source may block after this item, so who sleeps has to be told: either it sees the item in its last
            // look, or this thread sees that it sleeps (`State::settle`). Who has made way for the consumer is left
            // alone: it looks again within a nap.
            fence.light();
            self.stop.idle.notify_one_of_the_sound();
        }
    }
}

impl<I> core::fmt::Debug for Intake<'_, I> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Intake").finish_non_exhaustive()
    }
}
