//! [`scope`]: std's scoped threads, whose end can be waited for in sight of the watchdog.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread::{self, Builder, ScopedJoinHandle};

use super::scene::Scene;

/// Calls `f`, which may start threads that borrow, and waits for them.
pub fn scope<'env, R>(f: impl for<'scope> FnOnce(&Scope<'scope, 'env>) -> R) -> R {
    thread::scope(|inner| {
        let scope = Scope {
            inner,
            scene: Scene::current(),
            alive: Arc::default(),
        };
        let _last = AtEnd(&scope);
        f(&scope)
    })
}

/// As std's.
pub struct Scope<'scope, 'env: 'scope> {
    inner: &'scope thread::Scope<'scope, 'env>,
    scene: Arc<Scene>,
    alive: Arc<AtomicUsize>,
}

impl<'scope> Scope<'scope, '_> {
    /// Starts a thread, which the watchdog calls `name`.
    pub fn spawn<T, F>(&self, name: &str, f: F) -> ScopedJoinHandle<'scope, T>
    where
        T: Send + 'scope,
        F: FnOnce() -> T + Send + 'scope,
    {
        // From here on and not only in the thread: nobody must think before that all wait.
        let alive = Alive::new(&self.scene, &self.alive);
        Builder::new()
            .name(name.to_owned())
            .spawn_scoped(self.inner, move || {
                let _here = alive.scene.make_current();
                let value = f();
                drop(alive);
                value
            })
            .expect("a few threads")
    }
}

/// A thread of a scope, from before its start until its end, also by a panic.
struct Alive {
    scene: Arc<Scene>,
    alive: Arc<AtomicUsize>,
}

impl Alive {
    fn new(scene: &Arc<Scene>, alive: &Arc<AtomicUsize>) -> Self {
        scene.enter();
        alive.fetch_add(1, SeqCst);
        Self {
            scene: scene.clone(),
            alive: alive.clone(),
        }
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        self.alive.fetch_sub(1, SeqCst);
        self.scene.leave();
    }
}

/// Std waits for the threads as well, but the watchdog would not see it.
struct AtEnd<'a, 'scope, 'env>(&'a Scope<'scope, 'env>);

impl Drop for AtEnd<'_, '_, '_> {
    fn drop(&mut self) {
        let Scope { scene, alive, .. } = self.0;
        scene.wait(
            || "for its threads to end".to_owned(),
            || (alive.load(SeqCst) == 0).then_some(()),
        );
    }
}
