//! Ends of channels in the hands of workers. A channel is open as long as somebody can send: a worker that holds a sender
//! keeps whoever waits for the end waiting, and one that holds a receiver takes what was meant for the pool. Inside an item an
//! end is the item's own, as a place for its reply.

use syn::Type;

use super::types::{arguments, elements, is_one_of, layers};
use crate::diagnostics::{Diagnostic, Diagnostics, Problem};
use crate::model::Function;

/// Queues' ends, as std, crossbeam, tokio, flume, kanal and async-channel call them.
const SENDERS: [&str; 7] = [
    "Sender",
    "SyncSender",
    "UnboundedSender",
    "BoundedSender",
    "AsyncSender",
    "WeakSender",
    "WeakUnboundedSender",
];
const RECEIVERS: [&str; 5] = [
    "Receiver",
    "UnboundedReceiver",
    "BoundedReceiver",
    "AsyncReceiver",
    "WeakReceiver",
];
/// Words in a path that make an end of what has no type argument.
const CHANNELS: [&str; 7] = [
    "mpsc",
    "channel",
    "crossbeam_channel",
    "async_channel",
    "flume",
    "kanal",
    "tokio",
];
/// Channels that hold one value: nobody waits for their end.
const NO_QUEUES: [&str; 2] = ["watch", "oneshot"];
const WRAPPERS: [&str; 13] = [
    "Arc",
    "Rc",
    "Box",
    "Option",
    "Mutex",
    "RwLock",
    "Cell",
    "RefCell",
    "OnceLock",
    "OnceCell",
    "LazyLock",
    "ManuallyDrop",
    "CachePadded",
];

/// `#[shared]` and `#[local]` ends of channels.
pub(super) fn check_channel_ends(function: &Function, diagnostics: &mut Diagnostics) {
    let locals = function.locals.iter().map(|local| &local.parameter);
    for parameter in function.shared.iter().chain(locals) {
        let Some(end) = end_in(&parameter.ty) else {
            continue;
        };
        let problem = if is_one_of(end, &SENDERS) {
            Problem::SenderInHand
        } else {
            Problem::ReceiverInHand
        };
        let name = function.signature.ident.to_string();
        let held = Diagnostic::at(problem, end)
            .with("parameter", parameter.shown())
            .with("function", name);
        diagnostics.push(held);
    }
}

/// Whether `ty` is, or wraps, an end of a channel.
pub(crate) fn is_channel_end(ty: &Type) -> bool {
    end_in(ty).is_some()
}

/// Whether `ty` is an end of a channel or lends one out: not a list of them.
pub(super) fn is_one_end(ty: &Type) -> bool {
    layers(ty, &WRAPPERS).into_iter().any(is_end)
}

fn end_in(ty: &Type) -> Option<&Type> {
    layers(ty, &WRAPPERS).into_iter().find_map(|layer| {
        if is_end(layer) {
            return Some(layer);
        }
        match layer {
            Type::Tuple(tuple) => tuple.elems.iter().find_map(end_in),
            _ => elements(layer, &["Vec", "VecDeque"]).and_then(end_in),
        }
    })
}

/// By the last word of the path; a type of that name without an argument is an end only where its path says so.
fn is_end(ty: &Type) -> bool {
    let Type::Path(path) = ty else {
        return false;
    };
    let named = is_one_of(ty, &SENDERS) || is_one_of(ty, &RECEIVERS);
    let from = |words: &[&str]| {
        let mut segments = path.path.segments.iter();
        segments.any(|segment| words.iter().any(|word| segment.ident == word))
    };
    named && !from(&NO_QUEUES) && (!arguments(ty).is_empty() || from(&CHANNELS))
}
