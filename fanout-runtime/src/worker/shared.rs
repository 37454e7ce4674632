//! [`Shared`]: what all workers may see at once, and the one place where a `#[shared]` argument is asked for it.

use crate::no_type::NoType;

/// What can be a `#[shared]` argument: a value that all workers may see at the same time, from their own threads.
///
/// It is there for every type that is `Send` and `Sync`, and exists for the message about the others. `M` is inferred.
#[diagnostic::on_unimplemented(
    message = "FO407: `{Self}` cannot be shared by the workers",
    label = "all workers would see this at the same time, from different threads",
    note = "for a state that each worker has to itself, write `#[local(initial value)] state: &mut State`",
    note = "to share it after all, use what is made for it: `Arc` for `Rc`, an atomic or a `Mutex` for `Cell` and `RefCell`; a type parameter needs `Send + Sync`",
    note = "it may be something inside of it that cannot be shared; and a `dyn Fn()` may be anything: write `dyn Fn() + Send + Sync`",
    note = "FO407 is explained in `fanout::guide::fo407`"
)]
pub trait Shared<M>: Sized {
    /// The same type.
    ///
    /// As what cannot be shared has no such type, the compiler knows nothing about the value after [`shared`], and so
    /// has nothing more to say about the closure that holds it: one mistake, one message.
    #[doc(hidden)]
    type Itself;
    #[doc(hidden)]
    fn itself(self) -> Self::Itself;
    /// `F`, which captures such a value: a `self`, which cannot be handed back by another name.
    #[doc(hidden)]
    type By<F>;
    #[doc(hidden)]
    fn by<F>(closure: F) -> Self::By<F>;
}

/// Marks what can be shared.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum CanBeShared {}

/// Marks nothing. With one implementation alone the compiler would commit to it and complain about its bounds, once for
/// each; with two it finds that neither fits and says what the trait says.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum NeverShared {}

#[diagnostic::do_not_recommend]
impl<T: Send + Sync> Shared<CanBeShared> for T {
    type Itself = T;
    #[inline]
    fn itself(self) -> T {
        self
    }
    type By<F> = F;
    #[inline]
    fn by<F>(closure: F) -> F {
        closure
    }
}

#[diagnostic::do_not_recommend]
impl<T: NoType> Shared<NeverShared> for T {
    type Itself = T;
    fn itself(self) -> T {
        self
    }
    type By<F> = F;
    fn by<F>(closure: F) -> F {
        closure
    }
}

/// Hands `value` back, if all workers may see it.
#[inline]
pub fn shared<T: Shared<M>, M>(value: T) -> T::Itself {
    value.itself()
}
