//! [`IntoTimeout`]: what [`timeout`](crate::FanOut::timeout) takes.

use core::time::Duration;

/// A span of time, or an `Option` of one where `None` is no limit.
///
/// Not `Into<Option<Duration>>`, so that there are words for the text or the number that somebody writes in its place.
///
/// ```
/// use std::time::Duration;
///
/// let ends = fanout_runtime::over([1, 2]).timeout(Duration::from_secs(4)).map(|n, _| n + 1).ordered();
/// assert_eq!(ends.collect::<Vec<i32>>().unwrap(), [2, 3]);
/// ```
#[diagnostic::on_unimplemented(
    message = "FO107: `{Self}` is no span of time",
    label = "expected a `Duration`, or an `Option` of one",
    note = "write `Duration::from_secs(30)` or `Duration::from_millis(500)`; only the attribute reads a text, as in `#[fan_out(timeout = \"30s\")]`",
    note = "FO107 is explained in `fanout::guide::fo107`"
)]
pub trait IntoTimeout: sealed::Sealed {
    #[doc(hidden)]
    fn into_timeout(self) -> Option<Duration>;
}

impl IntoTimeout for Duration {
    fn into_timeout(self) -> Option<Duration> {
        Some(self)
    }
}
impl IntoTimeout for Option<Duration> {
    fn into_timeout(self) -> Option<Duration> {
        self
    }
}

mod sealed {
    use core::time::Duration;
    pub trait Sealed {}
    impl Sealed for Duration {}
    impl Sealed for Option<Duration> {}
}
