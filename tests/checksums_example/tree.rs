//! Directories with files in them, for as long as a test runs.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::common::Dice;

/// The SHA-256 of nothing.
pub const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// In the order of their bytes.
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

    /// `files` files: wide, deep, empty, large, with odd names and with names whose order depends on how `/` sorts.
    pub fn grow(&self, files: usize) {
        let mut dice = Dice::new(1);
        let mut names: Vec<Vec<u8>> = Vec::new();
        for (number, odd) in ODD_NAMES.iter().enumerate() {
            names.push(odd.to_vec());
            names.push([format!("odd {number}/").as_bytes(), odd, b"/", odd].concat());
        }
        for order in ["a", "a!", "a-b", "a.b", "a0", "aa"] {
            names.push(format!("order/{order}.file").into_bytes());
            names.push(format!("order/{order}/file").into_bytes());
        }
        for depth in 0..60 {
            let deep = "deeper/".repeat(depth);
            names.extend((0..20).map(|number| format!("{deep}{number}").into_bytes()));
        }
        let wide = (files - names.len()) / 2;
        names.extend((0..wide).map(|number| format!("wide/{number}").into_bytes()));
        let rest = files - names.len();
        names.extend(
            (0..rest).map(|number| {
                format!("tree/{}/{}/{number}", number % 12, number % 35).into_bytes()
            }),
        );

        let noise: Vec<u8> = (0..400_000).map(|_| dice.below(256) as u8).collect();
        for (number, name) in names.iter().enumerate() {
            let length = match number % 500 {
                0 => 300_000,
                1..100 => 0,
                _ => dice.below(1000),
            };
            let start = dice.below(100_000) as usize;
            self.file(name, &noise[start..start + length as usize]);
        }
    }

    /// A directory whose path is longer than the system takes: made by moving one half below the other.
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
