//! [`CanBeKept`]: states that may leave the thread of their worker.

/// A worker's state that its terminal takes away from the worker: `.locals()`, `.merge(..)`, `.merged()`,
/// `.collect_with_locals()`, `.stream()` and `.scope(..)` do, and so does a fan-out that is the input of another.
///
/// It is there for every type that is `Send`, and exists for the message about the others.
#[diagnostic::on_unimplemented(
    message = "FO409: a worker's state of type `{Self}` cannot leave the worker's thread, and this terminal takes it away",
    label = "made, used and dropped on one thread; it cannot be merged, returned or streamed beside",
    note = "use a terminal that leaves the states where they are (`.run()`, `.for_each(..)`, `.collect()`), or a state that is `Send`: `Arc` for `Rc`, an atomic or a `Mutex` for `Cell` and `RefCell`",
    note = "FO409 is explained in `fanout::guide::fo409`"
)]
pub trait CanBeKept: Send {}

#[diagnostic::do_not_recommend]
impl<L: Send> CanBeKept for L {}
