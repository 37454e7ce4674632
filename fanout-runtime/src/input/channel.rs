//! A crossbeam channel: waiting for a message ends when the run stops.

use crossbeam_channel::{Receiver, TryRecvError};

use super::{ByChannel, Input, NotIndexed, Open, Opened};
use crate::pull::{Intake, Never, Pull, Supply};
use crate::stop::{StageLink, Stop};
use crate::sync::time::Instant;

/// The receiving end of a channel.
#[derive(Debug)]
pub struct ChannelSource<T>(Receiver<T>);

#[diagnostic::do_not_recommend]
impl<T: Send> Input<ByChannel> for Receiver<T> {
    type Item = T;
    type Source = ChannelSource<T>;
    fn into_source(self) -> ChannelSource<T> {
        ChannelSource(self)
    }
}

impl<T: Send> Open for ChannelSource<T> {
    type Item = T;
    type Shared = ChannelPull<T>;
    type Here = Never<T>;
    type ByIndex = NotIndexed<T>;

    fn open(self, _: &StageLink) -> Opened<ChannelPull<T>, Never<T>> {
        Opened::Shared(ChannelPull::new(self.0))
    }
    fn advice(&self) -> Option<u64> {
        None
    }
}

/// A channel that is being read. The receiver is dropped as soon as the senders are gone.
#[derive(Debug)]
pub struct ChannelPull<T>(Option<Receiver<T>>);

impl<T> ChannelPull<T> {
    pub(crate) fn new(messages: Receiver<T>) -> Self {
        Self(Some(messages))
    }
}

impl<T> Pull for ChannelPull<T> {
    type Item = T;
    const BLOCKS: bool = false;
    const FLOWS: bool = true;

    fn pull(&mut self, intake: &mut Intake<'_, T>) -> Supply {
        let Some(messages) = &self.0 else {
            return Supply::End;
        };
        let mut empty = TryRecvError::Empty;
        let stopped = intake.fill(|| messages.try_recv().map_err(|error| empty = error).ok());
        match (stopped, empty) {
            (false, _) => Supply::More,
            (true, TryRecvError::Empty) => Supply::Dry,
            (true, TryRecvError::Disconnected) => {
                self.0 = None;
                Supply::End
            }
        }
    }

    fn wait(&mut self, stop: &Stop, until: Option<Instant>) {
        if let Some(messages) = &self.0 {
            stop.wait_for_message(messages, until);
        }
    }
}
