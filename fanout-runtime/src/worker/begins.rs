//! [`Begins`]: a state whose beginning can fail, `#[local(try ..)]`, and the one place where its `Result` is asked for.

use core::marker::PhantomData;

use crate::no_type::NoType;
use crate::outcome::fallible::Fallible;

/// What `#[local(try ..)]` takes: a `Result` whose error becomes the item function's, `Fault`, by `From`. `M` is inferred.
///
/// It is there for every such `Result`, and exists for the message about everything else.
#[diagnostic::on_unimplemented(
    message = "FO414: `try` takes a `Result` whose error becomes `{Fault}`, and this is `{Self}`",
    label = "no `Result`, or one with another error",
    note = "`{Fault}` is the error of what the item function returns: it ends the run, whether it is an item's or a state's",
    note = "leave `try` out if the beginning cannot fail; convert its error with `.map_err(..)`, or implement `From` for `{Fault}`",
    note = "FO414 is explained in `fanout::guide::fo414`"
)]
pub trait Tries<Fault, M> {
    /// The state. What `try` does not take has none, so that the compiler has nothing more to say about it.
    #[doc(hidden)]
    type State;
    #[doc(hidden)]
    fn tried(self) -> Result<Self::State, Fault>;
}

/// Marks what `try` takes.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum CanBeTried {}

/// Marks nothing. With one implementation alone the compiler would commit to it, and complain about its bounds.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum NeverTried {}

#[diagnostic::do_not_recommend]
impl<T, Fault> Tries<Fault, CanBeTried> for T
where
    T: Fallible,
    Fault: From<T::Error>,
{
    type State = T::Value;
    #[inline]
    fn tried(self) -> Result<T::Value, Fault> {
        self.into_result().map_err(Fault::from)
    }
}

#[diagnostic::do_not_recommend]
impl<T: NoType, Fault> Tries<Fault, NeverTried> for T {
    type State = T;
    fn tried(self) -> Result<T, Fault> {
        Ok(self)
    }
}

/// The beginning of a state for items that return `Out`.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Begins<Out>(PhantomData<Out>);

impl<Out: Fallible> Begins<Out> {
    /// `begin`, with an error of the items'.
    ///
    /// # Errors
    /// That of `begin`.
    #[inline]
    pub fn with<T: Tries<Out::Error, M>, M>(begin: T) -> Result<T::State, Out::Error> {
        begin.tried()
    }
}
