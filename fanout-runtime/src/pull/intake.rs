//! [`Intake`]: where pulled items go.

use core::ops::Range;

use crate::deliver::slots::Slots;
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
    items: &'a Slots<I>,
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
    /// The places are empty, `grown` is where they begin, and only the intake writes to either.
    pub(crate) unsafe fn batch(
        items: &'a Slots<I>,
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
            Place::Batch(batch) => batch.next < batch.end && !batch.stop.ends_pulling(),
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
            Place::Batch(batch) => {
                assert!(
                    batch.next < batch.end,
                    "fanout: an intake was overfilled; this is a bug in fanout"
                );
                if let Some(key) = batch.key {
                    // User code, so before the item is anybody's but this frame's. Relaxed: published with the item.
                    batch.keys[batch.next as usize].store(key(&item), Ordering::Relaxed);
                }
                // SAFETY: places from `next` to `end` are empty and ours (`batch`), and `next < end`.
                unsafe { batch.items.put(batch.next as usize, item) };
                batch.next += 1;
                // Release: a thief that acquires `grown` finds the item.
                batch.grown.store(batch.next, Ordering::Release);
                if let Some(fence) = batch.tells {
                    // The source may block after this item, so who sleeps has to be told: either it sees the item in its last
                    // look, or this thread sees that it sleeps (`State::settle`). Who has made way for the consumer is left
                    // alone: it looks again within a nap.
                    fence.light();
                    batch.stop.idle.notify_one_of_the_sound();
                }
            }
        }
    }
}

impl<I> core::fmt::Debug for Intake<'_, I> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Intake").finish_non_exhaustive()
    }
}
