//! A panic anywhere in user code stops the run at once, all workers end, and the original payload is resumed on the caller.

#[path = "../common/mod.rs"]
#[macro_use]
mod common;

#[cfg(unix)]
mod aborts;
mod chains;
mod destructors;
mod everywhere;
mod reuse;
mod several;
mod streams;

/// A payload that no other panic has.
#[derive(Debug, PartialEq)]
pub struct Mine(pub u64);

/// Panics with [`Mine`].
pub fn throw(number: u64) -> ! {
    std::panic::panic_any(Mine(number))
}

/// As [`throw`], for an item function that returns `()`.
pub fn throw_nothing(number: u64) {
    throw(number)
}

/// Runs `f`, which must panic with `Mine(number)`.
#[track_caller]
pub fn assert_thrown<R>(number: u64, what: &str, f: impl FnOnce() -> R) {
    let payload = common::caught(f);
    assert_eq!(
        payload.downcast_ref::<Mine>(),
        Some(&Mine(number)),
        "{what}: it was `{}`",
        common::payload_text(&*payload)
    );
}
