//! [`MergeFn`]: what the option `merge` names, and the one place where it is asked.

use crate::no_type::NoType;

/// A function that makes one state of two, for the option `merge`: `fn(State, State) -> State`. `M` is inferred.
///
/// It is there for every such function, and exists for the message about the others.
#[diagnostic::on_unimplemented(
    message = "FO413: `merge` takes a function `fn({L}, {L}) -> {L}`, and this one is another",
    label = "does not make one `{L}` of two",
    note = "it takes two workers' states by value and returns one: `fn merge(mut one: {L}, other: {L}) -> {L} {{ .. }}`",
    note = "the state's type is what the parameter `#[local(..)]` is a `&mut` to",
    note = "FO413 is explained in `fanout::guide::fo413`"
)]
pub trait MergeFn<L, M> {
    /// The same type. What is no such function has none, so that the compiler has nothing more to say about the run.
    #[doc(hidden)]
    type Itself;
    #[doc(hidden)]
    fn itself(self) -> Self::Itself;
}

/// Marks what merges.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Merges {}

/// Marks nothing. With one implementation alone the compiler would commit to it, and complain about its bounds.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum NeverMerges {}

#[diagnostic::do_not_recommend]
impl<L, F: Fn(L, L) -> L> MergeFn<L, Merges> for F {
    type Itself = F;
    #[inline]
    fn itself(self) -> F {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<L, F: NoType> MergeFn<L, NeverMerges> for F {
    type Itself = F;
    fn itself(self) -> F {
        self
    }
}

/// Hands `f` back, if it makes one `L` of two.
#[inline]
pub fn merge_fn<L, F: MergeFn<L, M>, M>(f: F) -> F::Itself {
    f.itself()
}
