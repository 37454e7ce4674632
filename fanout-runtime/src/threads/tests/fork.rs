//! A forked child has none of its parent's threads, and starts afresh.

use super::*;
use crate::stop::timer::cancel_at;
use crate::stop::token::CancelToken;
use std::time::{Duration, Instant};

unsafe extern "C" {
    fn fork() -> i32;
    fn waitpid(pid: i32, status: *mut i32, options: i32) -> i32;
    fn _exit(status: i32) -> !;
}

/// In the child: a run with helpers, and a deadline. The parent has kept threads, and a timer.
#[test]
fn a_child_runs_with_threads_of_its_own() {
    watched(|| {
        let far = Instant::now() + Duration::from_secs(3_600);
        let deadline = cancel_at(&CancelToken::new(), far);
        keep_idle_threads();
        let before = gather(2, Style::default());
        // SAFETY: takes nothing. In the child only this thread goes on; it touches what this crate
        // owns, allocates (glibc keeps its allocator usable after a fork), and leaves by `_exit`,
        // without destructors, unwinding or the test harness.
        let child = unsafe { fork() };
        if child == 0 {
            let ok = std::panic::catch_unwind(|| {
                drop(deadline);
                let token = CancelToken::new();
                let soon = cancel_at(&token, Instant::now() + Duration::from_millis(5));
                keep_idle_threads();
                let helpers = gather(2, Style::default());
                let again = gather(2, Style::default());
                let disconnected = token.done().recv().is_err();
                release_threads();
                drop(soon);
                helpers == again && disconnected
            });
            // SAFETY: ends the process, as it should.
            unsafe { _exit(if matches!(ok, Ok(true)) { 0 } else { 1 }) };
        }
        assert!(child > 0, "fork failed");
        let mut status = 0;
        // SAFETY: `status` is valid for the write, and the child is ours. If the child hangs this
        // waits, until the watchdog ends both.
        let waited = unsafe { waitpid(child, &mut status, 0) };
        assert_eq!((waited, status), (child, 0));
        assert_eq!(gather(2, Style::default()), before);
    });
}
