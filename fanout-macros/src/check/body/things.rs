//! What the rules know of a value: that it is the feed, the context, or came from one of them.

use syn::Ident;

use crate::check::channel_ends::is_one_end;
use crate::model::Function;

/// A value that rules are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thing {
    /// The `#[feed]`.
    Feed,
    /// The `#[ctx]`.
    Context,
    /// What the context gave out: its token, the receiver that says that it is done.
    OfContext,
    /// An end of a channel that is `#[shared]` or `#[local]`.
    Channel,
    /// What such a parameter has inside: what is under its lock.
    InChannel,
    /// A run that has not begun, and was given no token.
    Run,
    /// What starts a thread by its method `spawn`.
    Builder,
    /// What starts a task by its method `spawn`.
    Runtime,
}

/// Methods of locks, cells and options that give what is inside.
const INTO: &[&str] = &[
    "lock",
    "read",
    "write",
    "unwrap",
    "expect",
    "as_ref",
    "as_mut",
    "borrow",
    "borrow_mut",
];

/// Methods of a thread's builder that give it back.
const CONFIGURES: &[&str] = &["name", "stack_size"];
/// What leads from a runtime, or from trying to get one, to its handle.
const HANDLES: &[&str] = &["unwrap", "expect", "handle", "clone"];

impl Thing {
    /// What calling `method` on it gives.
    pub(super) fn after(self, method: &str) -> Option<Self> {
        match self {
            Self::Context | Self::OfContext => Some(Self::OfContext),
            Self::Channel | Self::InChannel if leads_inside(method) => Some(Self::InChannel),
            Self::Builder if CONFIGURES.contains(&method) => Some(self),
            Self::Runtime if HANDLES.contains(&method) => Some(self),
            _ => None,
        }
    }
}

/// Whether `method` gives what is inside, under a lock or in an option.
pub(super) fn leads_inside(method: &str) -> bool {
    INTO.contains(&method)
}

/// Whether the `method` of a builder or a runtime starts something.
pub(super) fn is_spawn(method: &str) -> bool {
    ["spawn", "spawn_blocking", "spawn_unchecked"].contains(&method)
}

/// The parameters of `function` that rules are about, each by its name.
pub(super) fn of_parameters(function: &Function) -> Vec<(&Ident, Thing)> {
    let feeds = function.feeds.iter().map(|feed| (feed, Thing::Feed));
    let contexts = function.contexts.iter().map(|cx| (cx, Thing::Context));
    let locals = function.locals.iter().map(|local| &local.parameter);
    let others = function.shared.iter().chain(locals);
    let channels = others
        .filter(|parameter| is_one_end(&parameter.ty))
        .map(|parameter| (parameter, Thing::Channel));
    feeds
        .chain(contexts)
        .chain(channels)
        .filter_map(|(parameter, thing)| Some((parameter.name()?, thing)))
        .collect()
}
