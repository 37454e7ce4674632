//! Which cache a thread has: made when it is first wanted, closed when the thread ends.

use super::Cache;
use crate::sync::{Arc, thread_local};
use std::cell::RefCell;

thread_local! {
    static OWN: RefCell<Option<Owner>> = const { RefCell::new(None) };
}

/// The thread-local end of a cache: closes it when its thread ends.
struct Owner(Option<Arc<Cache>>);

impl Owner {
    /// The cache, unless it was copied by a fork and has no threads.
    fn cache(&mut self) -> Option<&Arc<Cache>> {
        if self.0.as_ref().is_some_and(|cache| cache.is_foreign()) {
            // Even its drop is not to be trusted: the handles are of threads that are not here.
            std::mem::forget(self.0.take());
        }
        self.0.as_ref()
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        if let Some(cache) = self.cache() {
            cache.begin_closing();
            // On Windows destructors of thread-locals run under the loader's lock, which a thread
            // needs to start or to end: waiting for one here would be a deadlock.
            if !cfg!(windows) {
                cache.finish_closing(false);
            }
        }
    }
}

/// `None` while the thread's locals are being destroyed.
pub(in crate::threads) fn of_this_thread() -> Option<Arc<Cache>> {
    OWN.try_with(|own| {
        let mut own = own.borrow_mut();
        let owner = own.get_or_insert_with(|| Owner(None));
        if owner.cache().is_none() {
            owner.0 = Some(Arc::new(Cache::new()));
        }
        owner.0.clone()
    })
    .ok()
    .flatten()
}

/// Ends the idle threads of the calling thread's cache, and joins them.
pub(in crate::threads) fn release() {
    // The borrow ends before anything is waited for.
    let cache = OWN.try_with(|own| own.borrow_mut().as_mut()?.cache().cloned());
    if let Ok(Some(cache)) = cache {
        cache.begin_closing();
        cache.finish_closing(true);
    }
}
