//! Where a run's helpers come from: the calling thread's cache, or made for the run.

use super::roll::Ticket;
use super::spawner::{self, Plan};
use crate::sync::thread::{JoinHandle, SpawnRequest};
use std::io;

/// What helpers are to be like. Either field set means threads made for this run: a cached thread
/// has a name and a stack already.
#[derive(Clone, Debug, Default)]
pub(crate) struct Style {
    /// Helper `k` is called `name-k`.
    pub(crate) name: Option<String>,
    pub(crate) stack_size: Option<usize>,
}

impl Style {
    #[cfg(not(any(fanout_loom, fanout_shuttle)))]
    fn is_plain(&self) -> bool {
        self.name.is_none() && self.stack_size.is_none()
    }
}

/// The name of threads that the user gave none.
pub(super) const NAME: &str = "fanout";

pub(super) enum Source {
    /// Kept after the run; not joined, but seen to have left.
    #[cfg(any(test, not(any(fanout_loom, fanout_shuttle))))]
    Cached(crate::sync::Arc<super::cache::Cache>),
    /// Ended and joined with the run.
    Fresh { style: Style, plan: Option<Plan> },
}

impl Source {
    /// Asked on the thread that first wants a helper. A plan to refuse threads wants them asked for.
    pub(super) fn choose(style: &Style, plan: Option<&Plan>) -> Self {
        #[cfg(not(any(fanout_loom, fanout_shuttle)))]
        if style.is_plain() && plan.is_none() {
            // There is none while the thread's locals are being destroyed.
            if let Some(cache) = super::cache::own::of_this_thread() {
                return Self::Cached(cache);
            }
        }
        Self::Fresh {
            style: style.clone(),
            plan: plan.cloned(),
        }
    }

    /// Whether the next helper is a thread that has to be started first.
    pub(super) fn starts_threads(&self) -> bool {
        match self {
            #[cfg(any(test, not(any(fanout_loom, fanout_shuttle))))]
            Self::Cached(cache) => cache.starts_threads(),
            Self::Fresh { .. } => true,
        }
    }

    /// Gives the ticket to a thread; returns the handle if the run is to join it.
    pub(super) fn start(&self, ticket: Ticket) -> io::Result<Option<JoinHandle<()>>> {
        match self {
            #[cfg(any(test, not(any(fanout_loom, fanout_shuttle))))]
            Self::Cached(cache) => {
                cache.start(ticket)?;
                Ok(None)
            }
            Self::Fresh { style, plan } => {
                let name = match &style.name {
                    Some(name) => format!("{name}-{}", ticket.number()),
                    None => NAME.to_owned(),
                };
                let request = SpawnRequest {
                    name: Some(name),
                    stack_size: style.stack_size,
                };
                let handle =
                    spawner::spawn(plan.as_ref(), request, move || ticket.serve(|| {}, || {}))?;
                Ok(Some(handle))
            }
        }
    }
}
