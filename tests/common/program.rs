//! An example as a program that runs, and how it ends.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::examples::build;

/// How soon a program has to be over once there is nothing left to do.
const AT_ONCE: Duration = Duration::from_secs(15);

/// The example of this name, built once for each test binary. Its input is empty, its output is the test's.
pub fn example(name: &'static str) -> Command {
    static BUILT: Mutex<BTreeMap<&str, PathBuf>> = Mutex::new(BTreeMap::new());
    let mut built = BUILT.lock().expect("the examples compile");
    let mut command = Command::new(built.entry(name).or_insert_with(|| build(name)));
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// What a program did.
#[derive(Debug)]
pub struct Finished {
    pub code: Option<i32>,
    pub output: Vec<u8>,
    pub messages: String,
}

impl Finished {
    pub fn lines(&self) -> impl Iterator<Item = &[u8]> {
        let output = self.output.strip_suffix(b"\n").unwrap_or(&self.output);
        output
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
    }

    /// The exit code, and whatever was not expected.
    #[track_caller]
    pub fn assert_silent(&self, code: i32) {
        assert_eq!((self.code, self.messages.as_str()), (Some(code), ""));
    }

    /// For outputs that are too long to be shown.
    #[track_caller]
    pub fn assert_output(&self, expected: &[u8], what: &str) {
        assert!(
            self.output == expected,
            "{what}: {} bytes instead of {}, the first difference is in {:?}",
            self.output.len(),
            expected.len(),
            self.first_difference(expected)
        );
    }

    pub fn first_difference(&self, expected: &[u8]) -> Option<(String, String)> {
        let text = |line: &[u8]| String::from_utf8_lossy(line).into_owned();
        self.lines()
            .zip(expected.split(|byte| *byte == b'\n'))
            .find(|(ours, theirs)| ours != theirs)
            .map(|(ours, theirs)| (text(ours), text(theirs)))
    }
}

pub fn finished(command: &mut Command) -> Finished {
    let output = command.output().expect("the program");
    Finished {
        code: output.status.code(),
        output: output.stdout,
        messages: String::from_utf8(output.stderr).expect("messages are text"),
    }
}

/// What `sh` does with `script`, in which `$1` and so on are the arguments: the counterpart of an example.
pub fn shell(script: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script, "sh"]).env("LC_ALL", "C");
    command
}

/// A program while it runs; ended when dropped, so that a failed test leaves none behind.
pub struct Running(Child);

impl Running {
    pub fn start(command: &mut Command) -> Self {
        Self(command.spawn().expect("the program"))
    }

    pub fn id(&self) -> u32 {
        self.0.id()
    }

    pub fn stdin(&mut self) -> ChildStdin {
        self.0.stdin.take().expect("asked for once")
    }

    pub fn stdout(&mut self) -> ChildStdout {
        self.0.stdout.take().expect("asked for once")
    }

    /// Whether it has opened a file of this name; where the system does not tell, so that nobody waits for it.
    pub fn has_open(&self, name: &str) -> bool {
        let Ok(open) = fs::read_dir(format!("/proc/{}/fd", self.0.id())) else {
            return true;
        };
        open.flatten()
            .filter_map(|one| fs::read_link(one.path()).ok())
            .any(|path| path.ends_with(name))
    }

    pub fn interrupt(&self) {
        let id = self.0.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).status();
        assert!(sent.expect("kill").success());
    }

    pub fn interrupt_until_it_ends(&mut self) -> Option<i32> {
        let start = Instant::now();
        while start.elapsed() < AT_ONCE {
            self.interrupt();
            sleep(Duration::from_millis(50));
            if let Some(status) = self.0.try_wait().expect("a child") {
                return status.code();
            }
        }
        panic!("still running {AT_ONCE:?} after the first of many ctrl-c");
    }

    /// The exit code and the messages, once it is over, which must be soon.
    pub fn wait(&mut self, after: &str) -> (Option<i32>, String) {
        let start = Instant::now();
        while start.elapsed() < AT_ONCE {
            if let Some(status) = self.0.try_wait().expect("a child") {
                let mut messages = String::new();
                let mut stderr = self.0.stderr.take().expect("asked for once");
                stderr
                    .read_to_string(&mut messages)
                    .expect("messages are text");
                return (status.code(), messages);
            }
            sleep(Duration::from_millis(5));
        }
        panic!("still running {AT_ONCE:?} after {after}");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail when it has ended, which is what this is for.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
