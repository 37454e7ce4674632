//! Items that push further items.

use core::marker::PhantomData;

use super::{FanOut, NoWork, NoWorkYet, NoWorkYetTry};
use crate::feed::{Fed, Feed};
use crate::input::Open;
use crate::outcome::ending::Ending;
use crate::outcome::ends::Ends;
use crate::worker::context::Context;
use crate::worker::feeding::{FedCall, MapFeed, MapJointFeed, MapLocalFeed, MapTryLocalFeed};
use crate::worker::work::{Reply, Worker};

impl<S: Open, O, E, H> FanOut<S, NoWork, O, E, H> {
    /// As [`map`](Self::map), for items that make further items: the item function is given a [`Feed`] to push them into.
    /// The run ends when the input has ended, nothing is left in the feed and nothing is running.
    ///
    /// The newest item is taken first, by the worker that pushed it; idle workers take the oldest of others. The input is not
    /// asked for more while the feed has any. So memory follows the depth of a tree and not its breadth.
    ///
    /// There is no order in which such items could come out: `ordered` and `shard_by` do not compile with it. Items are
    /// numbered in the order in which they come in, from the input or the feed.
    ///
    /// ```
    /// use std::{fs, io, path::PathBuf};
    ///
    /// // The sizes of all files below a directory.
    /// let sizes = fanout_runtime::over([PathBuf::from("src")])
    ///     .cancel_on_error()
    ///     .map_feed(|path: PathBuf, feed, _cx| {
    ///         if path.is_dir() {
    ///             for entry in fs::read_dir(path)? {
    ///                 feed.push(entry?.path());
    ///             }
    ///             return Ok(0);
    ///         }
    ///         Ok::<u64, io::Error>(path.metadata()?.len())
    ///     })
    ///     .collect_unordered()?;
    /// assert!(sizes.into_iter().sum::<u64>() > 100_000);
    /// # Ok::<(), io::Error>(())
    /// ```
    pub fn map_feed<F, Out, M>(self, f: F) -> FanOut<S, E::Of<MapFeed<F, S::Item>>, O, E, H>
    where
        E: Ends<Out, M>,
        F: Fn(S::Item, &Feed<S::Item>, &Context) -> Out + Send + Sync,
    {
        self.with_work(|NoWork| {
            E::of(MapFeed {
                work: f,
                fed: Fed::new(),
            })
        })
    }

    /// State and item function from one closure, with a feed; see [`FedCall`].
    #[doc(hidden)]
    pub fn map_joint_feed<F, L, Out, M>(
        self,
        f: F,
    ) -> FanOut<S, E::Of<MapJointFeed<F, L, Out, S::Item>>, O, E, H>
    where
        E: Ends<Out, M>,
        F: Fn(FedCall<'_, '_, S::Item, L>) -> Reply<L, Out> + Send + Sync,
    {
        self.with_work(|NoWork| {
            E::of(MapJointFeed {
                work: f,
                fed: Fed::new(),
                answers: PhantomData,
            })
        })
    }
}

impl<S: Open, I, O, E, H> FanOut<S, NoWorkYet<I>, O, E, H> {
    /// As [`map`](Self::map), with a [`Feed`] for further items.
    pub fn map_feed<F, L, Out, M>(
        self,
        f: F,
    ) -> FanOut<S, E::Of<MapLocalFeed<I, F, S::Item>>, O, E, H>
    where
        I: Fn() -> L + Send + Sync,
        E: Ends<Out, M>,
        F: Fn(S::Item, &Feed<S::Item>, &mut Worker<'_, L>) -> Out + Send + Sync,
    {
        self.with_work(|NoWorkYet(init)| {
            E::of(MapLocalFeed {
                init,
                work: f,
                fed: Fed::new(),
            })
        })
    }
}

impl<S: Open, I, O, E, H> FanOut<S, NoWorkYetTry<I>, O, E, H> {
    /// As [`map`](Self::map), with a [`Feed`] for further items.
    pub fn map_feed<F, L, T, Fault>(
        self,
        f: F,
    ) -> FanOut<S, MapTryLocalFeed<I, F, S::Item>, O, E, H>
    where
        I: Fn() -> Result<L, Fault> + Send + Sync,
        E: Ending<Result<T, Fault>, Error = Fault>,
        F: Fn(S::Item, &Feed<S::Item>, &mut Worker<'_, L>) -> Result<T, Fault> + Send + Sync,
    {
        self.with_work(|NoWorkYetTry(init)| MapTryLocalFeed {
            init,
            work: f,
            fed: Fed::new(),
        })
    }
}
