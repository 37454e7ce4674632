//! The example as a program that runs.

use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::common::examples::build;

/// How soon the program has to be over once there is nothing left to do.
const AT_ONCE: Duration = Duration::from_secs(15);

/// The program, asked for the files below `dir`.
pub fn checksums(dir: impl AsRef<OsStr>) -> Command {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    let mut command = Command::new(PROGRAM.get_or_init(|| build("checksums")));
    command
        .arg(dir)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// What the program did.
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

    pub fn names_below(&self, root: &Path) -> Vec<String> {
        self.lines()
            .map(|line| {
                let path = Path::new(OsStr::from_bytes(&line[66..]));
                let below = path.strip_prefix(root).expect("a path below the root");
                below.display().to_string()
            })
            .collect()
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

/// The program while it runs; ended when dropped, so that a failed test leaves none behind.
pub struct Running(Child);

impl Running {
    pub fn start(command: &mut Command) -> Self {
        Self(command.spawn().expect("the program"))
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
