//! [`bounded`]: crossbeam's channel. Only the waiting is done here, so that it can be seen.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use crossbeam_channel::{RecvError, SendError, TryRecvError, TrySendError};

use super::scene::Scene;

/// A channel for `capacity` messages, which the watchdog calls `name`.
pub fn bounded<T>(name: &'static str, capacity: usize) -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = crossbeam_channel::bounded(capacity);
    let about = Arc::new(About {
        name,
        scene: Scene::current(),
        senders: AtomicUsize::new(1),
        receivers: AtomicUsize::new(1),
    });
    let sender = Sender {
        inner: Some(sender),
        about: about.clone(),
    };
    let receiver = Receiver {
        inner: Some(receiver),
        about,
    };
    (sender, receiver)
}

/// What both ends of a channel know of it.
struct About {
    name: &'static str,
    scene: Arc<Scene>,
    senders: AtomicUsize,
    receivers: AtomicUsize,
}

fn counted(ends: &AtomicUsize, what: &str) -> String {
    match ends.load(Relaxed) {
        1 => format!("1 {what}"),
        n => format!("{n} {what}s"),
    }
}

/// As crossbeam's.
pub struct Sender<T> {
    /// Gone only while it is dropped.
    inner: Option<crossbeam_channel::Sender<T>>,
    about: Arc<About>,
}

impl<T> Sender<T> {
    /// Sends, and waits for room if there is none.
    pub fn send(&self, message: T) -> Result<(), SendError<T>> {
        let Self { inner, about } = self;
        let inner = inner.as_ref().expect("it is not dropped");
        let mut unsent = Some(message);
        let sent = about.scene.wait(
            || {
                let receivers = counted(&about.receivers, "receiver");
                format!(
                    "to send to `{}`, which is full and has {receivers}",
                    about.name
                )
            },
            || match inner.try_send(unsent.take().expect("it was not sent")) {
                Ok(()) => Some(Ok(())),
                Err(TrySendError::Disconnected(message)) => Some(Err(SendError(message))),
                Err(TrySendError::Full(message)) => {
                    unsent = Some(message);
                    None
                }
            },
        );
        sent.unwrap_or_else(|| Err(SendError(unsent.take().expect("it was not sent"))))
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.about.senders.fetch_add(1, Relaxed);
        Self {
            inner: self.inner.clone(),
            about: self.about.clone(),
        }
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.inner = None;
        self.about.senders.fetch_sub(1, Relaxed);
        self.about.scene.tell();
    }
}

/// As crossbeam's.
pub struct Receiver<T> {
    /// Gone only while it is dropped.
    inner: Option<crossbeam_channel::Receiver<T>>,
    about: Arc<About>,
}

impl<T> Receiver<T> {
    /// The next message. Waits for one while there are senders.
    pub fn recv(&self) -> Result<T, RecvError> {
        let Self { inner, about } = self;
        let inner = inner.as_ref().expect("it is not dropped");
        let received = about.scene.wait(
            || {
                let senders = counted(&about.senders, "sender");
                format!(
                    "to receive from `{}`, which is empty and has {senders}",
                    about.name
                )
            },
            || match inner.try_recv() {
                Ok(message) => Some(Ok(message)),
                Err(TryRecvError::Disconnected) => Some(Err(RecvError)),
                Err(TryRecvError::Empty) => None,
            },
        );
        received.unwrap_or(Err(RecvError))
    }

    /// All messages, until the last sender is gone.
    pub fn iter(&self) -> impl Iterator<Item = T> + '_ {
        std::iter::from_fn(|| self.recv().ok())
    }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;
    fn into_iter(self) -> IntoIter<T> {
        IntoIter(self)
    }
}

/// All messages of a [`Receiver`], until the last sender is gone.
pub struct IntoIter<T>(Receiver<T>);

impl<T> Iterator for IntoIter<T> {
    type Item = T;
    fn next(&mut self) -> Option<T> {
        self.0.recv().ok()
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Self {
        self.about.receivers.fetch_add(1, Relaxed);
        Self {
            inner: self.inner.clone(),
            about: self.about.clone(),
        }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.inner = None;
        self.about.receivers.fetch_sub(1, Relaxed);
        self.about.scene.tell();
    }
}
