//! Items with equal keys one at a time: any source, with the key of each item hashed as it comes out of it.

use core::hash::{BuildHasher, Hash};

use super::{NotIndexed, Open, Opened};
use crate::no_type::NoType;
use crate::pull::{Intake, Pull, Supply, Unmade};
use crate::stop::{StageLink, Stop};
use crate::sync::hash;
use crate::sync::time::Instant;

/// A key function for `Item`, for [`shard_by`](crate::FanOut::shard_by): from `&Item` to the item's key, which is
/// `Hash + Eq` and may borrow from the item. `M` is inferred.
///
/// It is there for every such function, and exists for the message about the others.
#[diagnostic::on_unimplemented(
    message = "FO408: `{Self}` does not give `{Item}` a key",
    label = "not a key function",
    note = "a key function takes `&{Item}` and returns something that is `Hash + Eq`, which may borrow from the item",
    note = "a closure needs the type of its parameter: `|item: &{Item}| ..`",
    note = "FO408 is explained in `fanout::guide::fo408`"
)]
pub trait KeyFn<Item, M> {
    /// The same type. What is no key function has none, so that the compiler has nothing more to say about the run.
    #[doc(hidden)]
    type Itself;
    #[doc(hidden)]
    fn itself(self) -> Self::Itself;
}

/// Marks what gives keys.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum GivesKeys {}

#[diagnostic::do_not_recommend]
impl<Item, F> KeyFn<Item, GivesKeys> for F
where
    F: for<'a> KeyOf<'a, Item> + Send + Sync,
{
    type Itself = F;
    fn itself(self) -> F {
        self
    }
}

/// Marks nothing. With one implementation alone the compiler would commit to it, and complain about its bounds.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum NeverGives {}

#[diagnostic::do_not_recommend]
impl<Item, F: NoType> KeyFn<Item, NeverGives> for F {
    type Itself = F;
    fn itself(self) -> F {
        self
    }
}

/// A key function for one lifetime of the item. For each by itself, so that a key that borrows (`&'a Event -> &'a str`)
/// has a type; a plain `Fn(&Item) -> K` would want one `K` for all of them. `Implied` says that the item outlives the
/// lifetime, where a bound would ask it to outlive all.
#[doc(hidden)]
pub trait KeyOf<'a, Item: ?Sized, Implied = &'a Item> {
    type Key: Hash + Eq;
    fn key(&self, item: &'a Item) -> Self::Key;
}

#[diagnostic::do_not_recommend]
impl<'a, Item, K, F> KeyOf<'a, Item, &'a Item> for F
where
    Item: ?Sized,
    K: Hash + Eq,
    F: Fn(&'a Item) -> K,
{
    type Key = K;
    fn key(&self, item: &'a Item) -> K {
        self(item)
    }
}

/// A source whose items have keys.
#[derive(Debug)]
pub struct ShardedSource<S, F> {
    source: S,
    key: F,
}

impl<S, F> ShardedSource<S, F> {
    pub(crate) fn new(source: S, key: F) -> Self {
        Self { source, key }
    }
}

impl<S, F> Open for ShardedSource<S, F>
where
    S: Open,
    F: for<'a> KeyOf<'a, S::Item> + Send + Sync,
{
    type Item = S::Item;
    type Shared = ShardedPull<S::Shared, F>;
    type Here = ShardedPull<S::Here, F>;
    type ByIndex = NotIndexed<S::Item>;

    fn open(self, link: &StageLink) -> Opened<Self::Shared, Self::Here> {
        let hashes = hash::State::default();
        let key = self.key;
        match self.source.open(link) {
            Opened::Shared(pull) => Opened::Shared(ShardedPull { pull, key, hashes }),
            Opened::Here(pull) => Opened::Here(ShardedPull { pull, key, hashes }),
        }
    }
    fn advice(&self) -> Option<u64> {
        self.source.advice()
    }
}

/// A running source whose items have keys.
#[derive(Debug)]
pub struct ShardedPull<P, F> {
    pull: P,
    key: F,
    hashes: hash::State,
}

impl<P, F> Pull for ShardedPull<P, F>
where
    P: Pull,
    F: for<'a> KeyOf<'a, P::Item>,
{
    type Item = P::Item;
    const BLOCKS: bool = P::BLOCKS;
    const SHARDED: bool = true;

    fn pull(&mut self, intake: &mut Intake<'_, P::Item>) -> Supply {
        let Self { pull, key, hashes } = self;
        let shard = |item: &P::Item| hashes.hash_one(key.key(item));
        intake.with_keys(&shard, |intake| pull.pull(intake))
    }

    fn wait(&mut self, stop: &Stop, until: Option<Instant>) {
        self.pull.wait(stop, until);
    }
}

impl<P: Unmade, F> Unmade for ShardedPull<P, F> {
    fn unmade(&self) -> ! {
        self.pull.unmade()
    }
}
