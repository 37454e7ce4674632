//! [`IntoToken`]: what [`cancel_with`](crate::FanOut::cancel_with) takes.

use super::CancelToken;

/// A token, a reference to one, or an `Option` of a reference.
///
/// Not `Into<Option<..>>`, so that `cancel_with(cx.token())`, `cancel_with(&token)`, `cancel_with(maybe.as_ref())` and
/// `cancel_with(None)` all work and infer.
pub trait IntoToken: sealed::Sealed {
    #[doc(hidden)]
    fn into_token(self) -> Option<CancelToken>;
}

impl IntoToken for CancelToken {
    fn into_token(self) -> Option<CancelToken> {
        Some(self)
    }
}
impl IntoToken for &CancelToken {
    fn into_token(self) -> Option<CancelToken> {
        Some(self.clone())
    }
}
impl IntoToken for Option<&CancelToken> {
    fn into_token(self) -> Option<CancelToken> {
        self.cloned()
    }
}

mod sealed {
    use super::CancelToken;
    pub trait Sealed {}
    impl Sealed for CancelToken {}
    impl Sealed for &CancelToken {}
    impl Sealed for Option<&CancelToken> {}
}
