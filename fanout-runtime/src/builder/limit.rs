//! [`Limit`]: a span of time that is a constant, looked at while the program is compiled.

use core::time::Duration;

/// Asks a constant whether it lasts, which the attribute does for `timeout = LIMIT`.
///
/// What is no span of time lasts, too: that is another mistake, and said where the builder is given it. A trait would say it for
/// all types, but constants cannot call one; so these are the types that people take for one.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Limit<T>(pub T);

impl Limit<Duration> {
    /// Whether it is more than nothing.
    #[must_use]
    pub const fn lasts(&self) -> bool {
        !self.0.is_zero()
    }
}

impl Limit<Option<Duration>> {
    /// Whether it is more than nothing, if there is one.
    #[must_use]
    pub const fn lasts(&self) -> bool {
        !matches!(self.0, Some(limit) if limit.is_zero())
    }
}

macro_rules! no_span_of_time {
    ($($other:ty)*) => {
        $(impl Limit<$other> {
            /// Nothing to say here.
            #[must_use]
            pub const fn lasts(&self) -> bool {
                true
            }
        })*
    };
}

no_span_of_time!(&str u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64);
