//! The examples as programs.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Cargo puts examples beside the directory that this test is in. `cargo test` has built them; but asked for this test
/// alone it has not, and what is there may be of another day. So cargo is asked again, which costs nothing if all is new.
pub fn build(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("this test");
    let profile = test
        .parent()
        .and_then(Path::parent)
        .expect("target/<profile>/deps/<test>");
    let mut build = Command::new(env!("CARGO"));
    build
        .args(["build", "--quiet", "--workspace", "--example", name])
        .arg("--target-dir")
        .arg(profile.parent().expect("target"))
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    if profile.ends_with("release") {
        build.arg("--release");
    }
    let built = build.status().expect("cargo");
    assert!(built.success(), "the example does not compile");
    profile.join("examples").join(name)
}
