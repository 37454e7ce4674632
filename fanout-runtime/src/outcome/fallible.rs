//! [`Fallible`]: what has an error in it.

/// A `Result`.
#[diagnostic::on_unimplemented(
    message = "FO403: `{Self}` is no `Result`, so there is no error in it that could end the run",
    label = "not a `Result`",
    note = "with `cancel_on_error`, and for `.collect_all_errors()`, the item function returns a `Result<T, E>`",
    note = "return one (`.ok_or(..)` makes it of an `Option`), or leave `cancel_on_error` out",
    note = "FO403 is explained in `fanout::guide::fo403`"
)]
pub trait Fallible {
    /// What there is without an error.
    type Value;
    /// The error.
    type Error;
    #[doc(hidden)]
    fn into_result(self) -> Result<Self::Value, Self::Error>;
}

impl<T, E> Fallible for Result<T, E> {
    type Value = T;
    type Error = E;
    #[inline]
    fn into_result(self) -> Self {
        self
    }
}
