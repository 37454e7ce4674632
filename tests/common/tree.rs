//! A directory with files in it, for as long as a test runs.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// Names that are hard to print, to escape or to take for a name, in the order of their bytes.
pub const ODD_NAMES: &[&[u8]] = &[
    b" two  spaces ",
    b"\"quoted\" $HOME `id` *",
    b"--check",
    b"back\\slash",
    b"both\\\n\r",
    b"carriage\rreturn",
    b"line\nfeed",
    b"not \xff\\ UTF-8",
    "schön ☃".as_bytes(),
];

pub struct Tree(TempDir);

impl Tree {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a directory for the test"))
    }

    pub fn root(&self) -> &Path {
        self.0.path()
    }

    pub fn path(&self, below: impl AsRef<[u8]>) -> PathBuf {
        self.root().join(OsStr::from_bytes(below.as_ref()))
    }

    pub fn file(&self, below: impl AsRef<[u8]>, content: &[u8]) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().expect("below the root")).expect("directories");
        fs::write(path, content).expect("a file");
    }

    /// A file that takes minutes to read and no space.
    pub fn huge_file(&self, below: &str) {
        let file = File::create(self.path(below)).expect("a file");
        file.set_len(1 << 38)
            .expect("a file system with holes in files");
    }

    /// Enough files that their lines fill a pipe, so that whoever writes them has to wait.
    pub fn more_than_a_pipe_holds(&self) {
        for number in 0..900 {
            self.file(format!("{number:0200}"), b"");
        }
    }

    /// A directory whose path is longer than the system takes: made by moving one half below the other. Nobody can list it,
    /// the superuser included.
    pub fn directory_below_the_longest_path(&self, below: &str) {
        let half = |name: &str| {
            let mut path = self.path(name);
            fs::create_dir(&path).expect("a directory");
            while path.as_os_str().len() < 3000 {
                path.push("n".repeat(250));
                fs::create_dir(&path).expect("a directory");
            }
            path
        };
        let end = half(below);
        half("other");
        fs::rename(self.path("other"), end.join("other")).expect("to be moved");
    }
}
