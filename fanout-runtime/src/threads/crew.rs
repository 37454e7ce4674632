//! The run's side of its helpers.

use super::chain::Chain;
use super::here;
use super::lend::{Help, Lent};
use super::roll::Roll;
#[cfg(test)]
use super::roll::Summoned;
use super::source::Style;
use crate::sync::Arc;

/// One run's helpers. Dropping it dismisses them.
#[derive(Debug)]
pub(crate) struct Crew {
    roll: Arc<Roll>,
    /// Nobody is to be waited for in `Drop`: that has been done, or the last helper out does the rest.
    settled: bool,
}

impl Crew {
    /// Starts no thread yet. `work` is called once on each helper, with its number below `limit`
    /// (numbers of helpers that were called off or refused are missing). It must not unwind: the
    /// process would be aborted.
    ///
    /// # Safety
    ///
    /// `work` must point to a live value, which is not moved, mutated or dropped until one of these
    /// has happened: [`dismiss`](Self::dismiss) has returned; the crew has been dropped; the engine
    /// given to [`abandon_to_last`](Self::abandon_to_last), which may own the work, is dropped by it.
    /// If the crew is leaked, `work` must stay for ever.
    pub(crate) unsafe fn new<'a>(
        work: *const (dyn Help + 'a),
        limit: usize,
        style: Style,
        chain: Chain,
    ) -> Self {
        // SAFETY: helpers call the work only while they are inside (`roll`, point 1). Both `dismiss`
        // and `Drop` return only when nobody is inside nor can get inside any more (points 2, 3), and
        // an abandoned engine is dropped only then (point 6). Until then the caller keeps the work.
        let work = unsafe { Lent::new(work) };
        Self {
            roll: Roll::new(work, limit, style, chain),
            settled: false,
        }
    }

    /// For the helpers themselves: whoever has begun may summon the next.
    pub(crate) fn handle(&self) -> Arc<Roll> {
        Arc::clone(&self.roll)
    }

    /// Asks for one more helper.
    #[cfg(test)]
    pub(crate) fn summon_one(&self) -> Summoned {
        self.roll.summon_one()
    }

    /// Whether the system has refused a thread to this run.
    #[cfg(test)]
    pub(crate) fn refused(&self) -> bool {
        self.roll.refused()
    }

    /// How many helpers have begun.
    #[cfg(test)]
    pub(crate) fn started(&self) -> usize {
        self.roll.started()
    }

    /// How many helpers have been asked, and not been refused.
    #[cfg(test)]
    pub(crate) fn asked(&self) -> usize {
        self.roll.asked()
    }

    /// Calls off the helpers that have not begun, and blocks until those that are inside have left.
    /// After it no helper touches the work. Called again it does nothing.
    pub(crate) fn dismiss(&self) {
        self.roll.dismiss();
    }

    /// Whether this thread is inside the crew's work right now, or that of a stage of the same chain,
    /// so that whoever ends the chain would wait for itself.
    pub(crate) fn is_inside(&self) -> bool {
        here::is_inside_chain(self.roll.chain())
    }

    /// Leaves `engine`, which may own the work and the stages before it, to the last helper out, which
    /// drops it. If nobody is inside, and this thread is in no stage, it is dropped here and now. Waits
    /// for nobody.
    pub(crate) fn abandon_to_last(mut self, engine: Box<dyn Send>) {
        self.settled = true;
        self.roll.abandon(engine);
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        if !self.settled {
            self.roll.dismiss();
        }
    }
}
