//! Whether results come in input order: a type, because it decides what a run can be collected into.

/// Results in the order of the input, with a bounded reorder window.
#[derive(Debug, Clone, Copy)]
pub struct Ordered;

/// Results in the order in which they are finished (the default).
#[derive(Debug, Clone, Copy)]
pub struct Unordered;

/// [`Ordered`] or [`Unordered`].
pub trait Order: sealed::Sealed + Send + Sync + 'static {
    #[doc(hidden)]
    const ORDERED: bool;
}

impl Order for Ordered {
    const ORDERED: bool = true;
}
impl Order for Unordered {
    const ORDERED: bool = false;
}

/// [`Unordered`].
#[diagnostic::on_unimplemented(
    message = "FO412: this run is ordered, and this terminal asks for results in any order",
    label = "an ordered run",
    note = "call `.collect()`, which gives them in input order; or leave `ordered` out, if any order will do",
    note = "FO412 is explained in `fanout::guide::fo412`"
)]
pub trait AnyOrder: Order {}

#[diagnostic::do_not_recommend]
impl AnyOrder for Unordered {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Ordered {}
    impl Sealed for super::Unordered {}
}
