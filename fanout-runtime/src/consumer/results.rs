//! [`Results`]: the results of a run one by one, from a pool or from the plain loop.

use super::outlet::{Fault, Next, Out, Outlet};
use super::sequential::Sequential;
use crate::builder::FanOut;
use crate::builder::hooks::Hooks;
use crate::input::Open;
use crate::outcome::ending::Ending;
use crate::outcome::order::Order;
use crate::pull::Patience;
use crate::run::{End, Keep};
use crate::stop::Reason;
use crate::worker::work::Work;

/// The results of a run that ends on the calling thread.
pub(super) enum Results<S, W, E, H, K>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local>,
{
    Loop(Sequential<S, W, E, H, K>),
    Pool(Outlet<S, W, E, H, K>),
}

impl<S, W, E, H, K> Results<S, W, E, H, K>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local> + Send + Sync,
    S::Item: Send,
    E::Item: Send,
    E::Error: Send,
{
    #[track_caller]
    pub(super) fn start<O: Order>(fan_out: FanOut<S, W, O, E, H>, keep: K) -> Self {
        fan_out.settings.check();
        if fan_out.settings.caller_is_the_only_worker() {
            Self::Loop(Sequential::start(fan_out, keep))
        } else {
            Self::Pool(Outlet::start(fan_out, keep))
        }
    }
}

impl<S, W, E, H, K> Results<S, W, E, H, K>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local>,
{
    #[inline]
    fn next(&mut self) -> Option<(u64, Out<S, W, E>)> {
        match self {
            Self::Loop(run) => run.next(),
            Self::Pool(run) => match run.next(Patience::Wait) {
                Next::Result(out) => Some((run.last_index(), out)),
                Next::NotReady | Next::Over => None,
            },
        }
    }

    pub(super) fn end(mut self, reason: Reason) -> End<Fault<S, W, E>, K, W> {
        match &mut self {
            Self::Loop(run) => run.end(reason),
            Self::Pool(run) => run.end(reason),
        }
    }
}

/// The results with the indexes of their items, until there are no more.
impl<S, W, E, H, K> Iterator for &mut Results<S, W, E, H, K>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local>,
{
    type Item = (u64, Out<S, W, E>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        Results::next(self)
    }

    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, mut f: F) -> B {
        match self {
            Results::Loop(run) => run.fold(init, f),
            pool @ Results::Pool(_) => {
                let mut sum = init;
                while let Some(result) = pool.next() {
                    sum = f(sum, result);
                }
                sum
            }
        }
    }
}

/// Gathers the results with `f`, lets every item run that `f` did not ask for (a collection into a `Result` stops at the
/// first `Err`), and ends the run.
pub(super) fn gather<S, W, E, H, K, C>(
    mut results: Results<S, W, E, H, K>,
    f: impl FnOnce(&mut Results<S, W, E, H, K>) -> C,
) -> (C, End<Fault<S, W, E>, K, W>)
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local>,
{
    let whole = f(&mut results);
    (&mut results).for_each(drop);
    (whole, results.end(Reason::Over))
}
