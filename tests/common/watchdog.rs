//! A hang is a failure with a message.

use std::io::Write;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// What a dog says before it ends the process; `common::process` looks for it.
pub const BARK: &str = "watchdog:";

const LIMIT: Duration = Duration::from_secs(20);

/// Ends the process with a message if it is not dropped in time.
#[must_use = "the dog watches for as long as it is held"]
pub struct Watchdog {
    _leash: Sender<()>,
}

/// Watches what follows: `what` must be over within 20 seconds.
pub fn watch(what: impl Into<String>) -> Watchdog {
    watch_for(what, LIMIT)
}

/// As [`watch`], for the few tests that have much to do.
pub fn watch_for(what: impl Into<String>, limit: Duration) -> Watchdog {
    let what = what.into();
    let test = std::thread::current().name().unwrap_or("?").to_owned();
    let (leash, watched) = channel::<()>();
    std::thread::Builder::new()
        .name("watchdog".into())
        .spawn(move || guard(&watched, &test, &what, limit))
        .expect("a thread for the watchdog");
    Watchdog { _leash: leash }
}

fn guard(watched: &Receiver<()>, test: &str, what: &str, limit: Duration) {
    if watched.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
        // Not `eprintln!`, whose output the harness keeps for itself and loses when the process ends.
        let message = format!(
            "\n{BARK} test `{test}` hangs: {what} is not over after {limit:?}\n{}",
            super::threads::describe()
        );
        let _ = std::io::stderr().write_all(message.as_bytes());
        std::process::abort();
    }
}
