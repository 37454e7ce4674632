//! Our own mistakes end the process, loudly, rather than corrupt it.

use super::*;
use std::process::Command;

const AS_CHILD: &str = "FANOUT_TEST_CHILD";

/// Runs the named test in a process of its own; it must end by a signal and say why.
fn aborts(test: &str, saying: &str) {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--ignored", "--nocapture", test])
        .env(AS_CHILD, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{said}");
    assert!(said.contains(saying), "{said}");
}

/// The full name of a test of this module.
fn name(test: &str) -> String {
    let module = module_path!();
    let (_crate, module) = module.split_once("::").unwrap();
    format!("{module}::{test}")
}

#[test]
fn work_that_unwinds() {
    aborts(
        &name("child_unwinds"),
        "fanout bug: a helper's work unwound",
    );
}

#[test]
#[ignore = "ends its process; run by `work_that_unwinds`"]
fn child_unwinds() {
    if std::env::var_os(AS_CHILD).is_none() {
        return;
    }
    let work = |_| panic!("what a worker should have caught");
    with_crew(1, Style::default(), &work, |crew| {
        crew.summon_one();
        eventually(|| false);
    });
}

#[test]
fn waiting_for_oneself() {
    aborts(
        &name("child_waits_for_itself"),
        "fanout bug: a helper waits for itself",
    );
}

#[test]
#[ignore = "ends its process; run by `waiting_for_oneself`"]
fn child_waits_for_itself() {
    if std::env::var_os(AS_CHILD).is_none() {
        return;
    }
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
}
