//! The window: which items are taken in and not yet delivered, and who works on which of them.
//!
//! # Protocol
//!
//! One lock ([`Window`]) guards the state; it is taken a few times a *batch*, never for an item, and no user code runs under
//! it. Items and results themselves move under the claim words ([`crate::deliver::claim`]).
//!
//! 1. **One source.** Whoever pulls takes the source *out* of the state, pulls without the lock, and puts it back (or
//!    declares the end). So `next` is never called by two at once, and nobody waits for a lock while it blocks.
//! 2. **Room before the pull.** `alive` counts items taken in and not delivered, and rises by the whole batch *before* the
//!    pull; what the pull did not bring is given back. So `alive <= size` always, endless inputs included.
//! 3. **Order by place.** The segment for a pull is put at the back of `in_flight` when the pull begins; parts that are
//!    stolen from a segment stand right behind it (its back half) or before it (what a pull has brought so far). So
//!    `in_flight` is in input order at every moment, and the consumer reads it from the front.
//! 4. **Every unclaimed item can be found**: in a segment of `running` (one for each worker), `unowned` or `growing`.
//! 5. **Nobody sleeps on work.** A worker rests on `idle` only after it registered there and *then* found nothing. (Where it naps
//!    it may have missed what a pull that goes on has brought: it finds that a millisecond later.) Whoever adds something to
//!    be found (puts the source back, shows a segment, delivers) notifies `idle` after it let the lock go; or leaves it to somebody
//!    who naps, and so looks within a millisecond (8., [`cores`]). While somebody is at a source that flows room is told to nobody:
//!    who puts the source back tells of that, too.
//! 6. **Held back.** More workers than cores, or a worker whose place the consumer has taken, would only be in the way
//!    while items are cheap. They rest on `surplus`, one of them as the *watcher*, which looks each millisecond whether
//!    anything moves. If nothing has, somebody is inside a long item: all hands are called. So N workers do run when N
//!    items are at hand, a millisecond late at most; and where nothing moves nobody looks.
//! 7. **The end.** `ended` is set once, when the source said so (or must not be asked again). With `ended` and nothing to
//!    be found a worker quits; nothing can be added any more, because only a pull adds.
//! 8. **No small pieces.** While items are cheap and things move, less room than for a batch (or a quarter of the window) is not
//!    worth a pull, and what its owner is through with in some microseconds is not worth taking over: with a consumer that is
//!    slower than the workers they would pull item by item, and what costs least in a pool, the items of one batch on one
//!    thread, would be torn apart. A worker that could have had so little naps for a millisecond at most, and one that waits in
//!    a source which has nothing for now comes back from there as soon. If no worker has finished anything by then, little will
//!    do, as it comes, until one has. A little room is kept quiet only while somebody naps: otherwise one who sleeps is told,
//!    and naps or takes it. For the same reason who finds the source taken, or the window full, first waits some microseconds
//!    ([`turn`]); and who naps keeps its place, so that nobody who is held back (6.) comes in its stead.
//!    Who shares its core with a consumer that is at work makes way for it ([`cores`]).
//!    Of a source that others fill meanwhile a few batches are pulled before anybody needs them ([`reserve`]).
//! 9. **Alone.** The only worker over a source that may block runs each item before it asks for the next: what it has pulled
//!    nobody else could take. It does so a batch at a time all the same, so that the lock is taken once a batch.
//!
//! Where items have keys, what may run is decided by [`shards`]: there each item is a segment of its own, and nothing is
//! stolen from a worker.
//!
//! Why nobody waits for ever: a worker waits for work (5.), for room (delivery notifies, or it naps) or is held back (6.); the
//! consumer waits for a result whose segment has an owner (4. and 7.) or the end; a stop wakes all of them.

mod claim;
mod cores;
mod cost;
mod deliver;
mod feeding;
mod helping;
mod pace;
mod pulling;
mod reserve;
mod rest;
mod shards;
mod size;
mod state;
mod stealing;
#[cfg(all(test, not(any(fanout_loom, fanout_shuttle))))]
mod tests;
mod turn;
mod waiting;

pub(crate) use claim::{Elsewhere, Finished, Job};
pub(crate) use cost::TINY;
pub(crate) use deliver::{Found, Handed, Listed};
pub(crate) use helping::{Helping, Threads};
pub(crate) use pace::{NAP, Nap, ONE_BY_ONE};
pub(crate) use rest::{Resting, WORKER_NAP};
pub(crate) use size::most_of_short;
pub(crate) use state::{Limits, Supplier, Window};
