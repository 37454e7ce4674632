//! What a node of the tree has to tell: children and callbacks, under stable keys.
//!
//! A vector with a list of free places, so that making and dropping a million children, one after
//! another, uses one place.

use super::Node;
use crate::sync::{Arc, Weak};

pub(super) type Callback = Arc<dyn Fn() + Send + Sync>;
pub(super) type Key = usize;

pub(super) enum Watcher {
    Child(Weak<Node>),
    Callback(Callback),
}

enum Place {
    Taken(Watcher),
    /// Links to the next free place.
    Free(Option<Key>),
}

pub(super) struct Watchers {
    places: Vec<Place>,
    free: Option<Key>,
    taken: usize,
}

/// Below this many places an empty list keeps its memory, to be used again.
const KEEP: usize = 64;

impl Watchers {
    pub(super) const fn new() -> Self {
        Self {
            places: Vec::new(),
            free: None,
            taken: 0,
        }
    }

    pub(super) fn add(&mut self, watcher: Watcher) -> Key {
        self.taken += 1;
        let Some(key) = self.free else {
            self.places.push(Place::Taken(watcher));
            return self.places.len() - 1;
        };
        if let Place::Free(next) = std::mem::replace(&mut self.places[key], Place::Taken(watcher)) {
            self.free = next;
            return key;
        }
        unreachable!("fanout bug: the list of free places names a taken one")
    }

    /// Each key that `add` gave is removed once at most.
    pub(super) fn remove(&mut self, key: Key) -> Watcher {
        let place = std::mem::replace(&mut self.places[key], Place::Free(self.free));
        let Place::Taken(watcher) = place else {
            unreachable!("fanout bug: a watcher was removed twice")
        };
        self.free = Some(key);
        self.taken -= 1;
        if self.taken == 0 && self.places.len() > KEEP {
            *self = Self::new();
        }
        watcher
    }

    pub(super) fn into_all(self) -> impl Iterator<Item = Watcher> {
        self.places.into_iter().filter_map(|place| match place {
            Place::Taken(watcher) => Some(watcher),
            Place::Free(_) => None,
        })
    }

    #[cfg(test)]
    pub(super) fn places(&self) -> usize {
        self.places.len()
    }
}
