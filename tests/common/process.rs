//! Tests that need a process for themselves: to count its threads, or to see it end.

use std::any::type_name;
use std::process::{Command, Output};

use super::watchdog::{BARK, watch};

const CHILD: &str = "FANOUT_TEST_IN_OWN_PROCESS";
const DONE: &str = "the body of the test was run";

/// Runs `body`, which must be the whole of the calling test, in a process where nothing else runs.
///
/// The process is this test binary, asked for that one test; in it, `body` is called here.
#[track_caller]
pub fn own_process<F: FnOnce()>(body: F) {
    if let Some(output) = of_child(body) {
        let text = text(&output);
        // The mark shows that the child found the test: asked for one that it does not have, it is content, too.
        assert!(
            output.status.success() && text.contains(DONE),
            "in a process of its own the test ended with {}:\n{text}",
            output.status
        );
    }
}

/// As [`own_process`], for a body that must end its process at once by an abort.
#[cfg(unix)]
#[track_caller]
pub fn dies_of_abort<F: FnOnce()>(body: F) {
    use std::os::unix::process::ExitStatusExt;
    const SIGABRT: i32 = 6;
    if let Some(output) = of_child(body) {
        let text = text(&output);
        assert!(!text.contains(BARK), "it hung instead:\n{text}");
        assert_eq!(
            output.status.signal(),
            Some(SIGABRT),
            "it ended with {}:\n{text}",
            output.status
        );
    }
}

/// The child's output; `None` in the child.
fn of_child<F: FnOnce()>(body: F) -> Option<Output> {
    if std::env::var_os(CHILD).is_some() {
        let _dog = watch("the test in a process of its own");
        body();
        println!("{DONE}");
        return None;
    }
    // A closure is called `test_binary::module::test::{{closure}}`.
    let path = type_name::<F>().trim_end_matches("::{{closure}}");
    let (_, test) = path.split_once("::").expect("the path of a test");
    let child = std::env::current_exe().expect("the test binary");
    let output = Command::new(child)
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(CHILD, "1")
        .output()
        .expect("a process for the test");
    Some(output)
}

fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}
