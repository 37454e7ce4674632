//! A directory with everything in it that `du` has an opinion on.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

const ODD_NAMES: &[&[u8]] = &[
    b" two  spaces ",
    b"\"quoted\" $HOME `id` *",
    b"--help",
    b"back\\slash",
    b"line\nfeed",
    b"not \xff UTF-8",
    b"tab\tulator",
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

    pub fn directory(&self, below: impl AsRef<[u8]>) {
        fs::create_dir_all(self.path(below)).expect("directories");
    }

    /// On the disk when this returns: before, a file system may not know how many blocks it will take.
    pub fn file(&self, below: impl AsRef<[u8]>, length: usize) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().expect("below the root")).expect("directories");
        let mut file = File::create(path).expect("a file");
        file.write_all(&vec![b'x'; length]).expect("to be written");
        file.sync_all().expect("to be on the disk");
    }

    pub fn grow(&self) {
        for (number, odd) in ODD_NAMES.iter().enumerate() {
            self.file([b"odd/", *odd, b"/", *odd].concat(), number * 3000);
        }
        for depth in 1..50 {
            self.file(format!("{}file", "deep/".repeat(depth)), depth * 100);
        }
        for number in 0..300 {
            self.directory(format!("wide/{}/{number}", number % 7));
        }
        for number in 0..100 {
            self.file(format!("files/{number}"), number * 97);
        }
        self.one_file_with_many_names();
        for (name, target) in [
            ("links/self", "self"),
            ("links/up", ".."),
            ("links/there", "back"),
            ("links/back", "there"),
            ("links/broken", "nowhere"),
            ("links/file", "../files/99"),
            ("links/directory", "../wide"),
        ] {
            self.directory("links");
            symlink(target, self.path(name)).expect("a link");
        }
        // Long enough not to fit beside the name of the link.
        symlink("n".repeat(1000), self.path("links/long")).expect("a link");
        // Large to look at, and next to nothing on the disk.
        let hole = File::create(self.path("files/hole")).expect("a file");
        hole.set_len(1 << 30).expect("a file with a hole");
        hole.sync_all().expect("to be on the disk");
        let pipe = Command::new("mkfifo").arg(self.path("files/pipe")).status();
        assert!(pipe.expect("mkfifo").success());
    }

    /// In one directory, beside it, above it and below it; so it matters which of them is the first.
    fn one_file_with_many_names(&self) {
        self.file("names/2/3/first", 50_000);
        for number in 0..20 {
            self.directory(format!("names/{number}/3/4"));
        }
        let first = self.path("names/2/3/first");
        for name in [
            "2/3/second",
            "2/3/4/x",
            "2/x",
            "0/x",
            "11/3/x",
            "19/3/4/x",
            "x",
        ] {
            fs::hard_link(&first, self.path(format!("names/{name}"))).expect("another name");
        }
    }
}
