//! What the user wrote, each fact with the tokens it came from, so that any later rule can point at them. Nothing is
//! decided here: what is absent is `None`.

pub(crate) mod feed;
pub(crate) mod function;
pub(crate) mod lifetimes;
pub(crate) mod mentions;
pub(crate) mod options;

pub(crate) use function::{Function, Local, Parameter, Unclear};
pub(crate) use options::{Allow, Count, Folded, Options, Span, Value, Written};

/// The attribute and the function under it.
pub(crate) struct Model {
    pub(crate) options: Options,
    pub(crate) function: Function,
}
