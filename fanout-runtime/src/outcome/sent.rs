//! [`Sent`]: what one thread makes and another uses, and the one place where results are asked for it.

use crate::no_type::NoType;

/// What goes from one thread to another: items on their way to the workers, results and errors on their way back.
///
/// It is there for every type that is `Send`, and exists for the message about the others. `M` is inferred.
#[diagnostic::on_unimplemented(
    message = "FO402: `{Self}` cannot be sent from one thread to another",
    label = "not `Send`",
    note = "items go to the workers, and what the item function returns comes back from them",
    note = "use what is `Send`: `Arc` for `Rc`, `Box<dyn Error + Send + Sync>` for `Box<dyn Error>`, the value itself for the guard of its lock; a type parameter needs `Send`",
    note = "FO402 is explained in `fanout::guide::fo402`"
)]
pub trait Sent<M = CanBeSent>: Send {
    /// `W`.
    ///
    /// As what cannot be sent has no such type, the compiler knows nothing about the run after it was asked, and so has
    /// nothing more to say about it: one mistake, one message.
    #[doc(hidden)]
    type Of<W>;
    #[doc(hidden)]
    fn of<W>(whole: W) -> Self::Of<W>;
}

/// Marks what can be sent.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum CanBeSent {}

/// Marks nothing. With one implementation alone the compiler would commit to it, and complain about its bounds.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum NeverSent {}

#[diagnostic::do_not_recommend]
impl<T: Send> Sent<CanBeSent> for T {
    type Of<W> = W;
    #[inline]
    fn of<W>(whole: W) -> W {
        whole
    }
}

#[diagnostic::do_not_recommend]
impl<T: NoType + Send> Sent<NeverSent> for T {
    type Of<W> = W;
    fn of<W>(whole: W) -> W {
        whole
    }
}
