//! Our own mistakes end the process, loudly, rather than corrupt it.

use super::*;
use std::process::Command;

const CHILD: &str = "FANOUT_TEST_CHILD";

/// Runs `body`, which is to end its process, in a process that runs only the calling test; it must end by a signal and say
/// why.
fn aborts(test: &str, saying: &str, body: impl FnOnce()) {
    let (_crate, module) = module_path!().split_once("::").unwrap();
    let test = format!("{module}::{test}");
    if std::env::var_os(CHILD).is_some_and(|child| child == *test) {
        body();
        return;
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", &test])
        .env(CHILD, &test)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{said}");
    assert!(said.contains(saying), "{said}");
}

#[test]
fn work_that_unwinds() {
    aborts(
        "work_that_unwinds",
        "fanout bug: a helper's work unwound",
        || {
            let work = |_| panic!("what a worker should have caught");
            with_crew(1, Style::default(), &work, |crew| {
                crew.summon_one();
                eventually(|| false);
            });
        },
    );
}

#[test]
fn waiting_for_oneself() {
    aborts(
        "waiting_for_oneself",
        "fanout bug: a helper waits for itself",
        || {
            let roll: Mutex<Option<Arc<Roll>>> = Mutex::new(None);
            let work = |_| {
                let roll = roll.lock().unwrap().clone().unwrap();
                roll.dismiss();
            };
            with_crew(1, Style::default(), &work, |crew| {
                *roll.lock().unwrap() = Some(crew.handle());
                crew.summon_one();
                eventually(|| false);
            });
        },
    );
}
