//! A little workspace in a folder of its own, for cargo.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A workspace whose packages use fanout.
pub struct Project {
    folder: PathBuf,
}

impl Project {
    /// An empty folder, called by the test's name.
    pub fn new(test: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("policy")
            .join(test);
        // What an earlier run left.
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        // Cargo may not ask anybody for versions.
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        fs::copy(lock, folder.join("Cargo.lock")).expect("the versions of this workspace");
        Self { folder }
    }

    pub fn write(&self, file: &str, text: &str) {
        let file = self.folder.join(file);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }

    /// Writes the root's manifest.
    pub fn workspace(&self, members: &[&str], policy: &str) {
        let text = format!("{policy}\n[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
        self.write("Cargo.toml", &text);
    }

    /// Writes the manifest of a member, its policy first, so that lines are counted as in `policy`.
    pub fn manifest(&self, member: &str, policy: &str) {
        let fanout = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let fanout = fanout.display();
        let text = format!(
            "{policy}\n[package]\nname = \"{member}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
             [dependencies]\nfanout.path = '{fanout}'\n"
        );
        self.write(&format!("{member}/Cargo.toml"), &text);
    }

    /// A member that is a library.
    pub fn member(&self, member: &str, policy: &str, code: &str) {
        self.manifest(member, policy);
        self.write(&format!("{member}/src/lib.rs"), code);
    }

    /// `cargo check` of a member.
    pub fn check(&self, member: &str) -> Said {
        self.cargo("check", member)
    }

    /// `cargo` with a command for a member.
    pub fn cargo(&self, command: &str, member: &str) -> Said {
        let test = std::env::current_exe().expect("this test");
        // Where this test was built: what it depends on is there already.
        let target = test.ancestors().nth(3).expect("target/debug/deps/test");
        let output = Command::new(env!("CARGO"))
            .args([
                command,
                "--quiet",
                "--offline",
                "--color=never",
                "-p",
                member,
            ])
            .arg("--target-dir")
            .arg(target)
            .current_dir(&self.folder)
            .env_remove("RUSTFLAGS")
            .output()
            .expect("cargo");
        Said::new(&output)
    }
}

/// What cargo said.
#[derive(Debug)]
pub struct Said {
    pub succeeded: bool,
    pub text: String,
}

impl Said {
    fn new(output: &Output) -> Self {
        let said = String::from_utf8_lossy(&output.stderr);
        // The compiler's words, without cargo's sums of them.
        let sum = |line: &&str| {
            line.starts_with("error: could not compile") || line.contains(" (lib) generated ")
        };
        let lines: Vec<&str> = said.lines().filter(|line| !sum(line)).collect();
        let text = lines.join("\n").trim().to_owned();
        Self {
            succeeded: output.status.success(),
            text,
        }
    }

    /// That it is an error, and which.
    #[track_caller]
    pub fn fails_with(&self, words: &str) {
        assert!(!self.succeeded, "it compiles, without {words}");
        assert!(self.text.contains(words), "no {words} in:\n{}", self.text);
    }

    /// That nothing was said at all.
    #[track_caller]
    pub fn passes(&self) {
        assert!(self.succeeded && self.text.is_empty(), "{}", self.text);
    }
}
