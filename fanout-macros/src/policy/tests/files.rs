//! Which manifests count, in folders as cargo would see them.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::super::Policy;
use super::super::find::find;
use super::super::store::of;
use super::mistakes;

const PACKAGE: &str = "[package]\nname = \"a\"\n";
const TEN: &str = "[workspace.metadata.fanout]\nmax-workers = 10\n";
const TWO: &str = "[package.metadata.fanout]\nmax-workers = 2\n";

/// Folders with these manifests.
fn folders(manifests: &[(&str, &str)]) -> TempDir {
    let top = tempfile::tempdir().expect("a folder");
    for (folder, text) in manifests {
        write(&top.path().join(folder), text);
    }
    top
}

fn write(folder: &Path, text: &str) {
    fs::create_dir_all(folder).expect("a folder");
    fs::write(folder.join("Cargo.toml"), text).expect("a file");
}

fn most_workers(policy: &Policy) -> Option<u128> {
    assert_eq!(mistakes(policy), [""; 0]);
    policy.max_workers().map(|(most, _)| most)
}

/// What the policy of the package in `folder` is.
fn found(top: &TempDir, folder: &str) -> Option<u128> {
    most_workers(&find(&top.path().join(folder)).0)
}

fn files(policy: &Policy) -> Vec<PathBuf> {
    policy.files().map(PathBuf::from).collect()
}

#[test]
fn the_package_and_the_workspace_above_it() {
    let workspace = format!("[workspace]\nmembers = [\"crates/*\"]\n{TEN}");
    let own = format!("{PACKAGE}{TWO}");
    let top = folders(&[
        ("", &workspace),
        ("crates/plain", PACKAGE),
        ("crates/own", &own),
    ]);
    assert_eq!(found(&top, "crates/plain"), Some(10));
    assert_eq!(found(&top, "crates/own"), Some(2));
    assert_eq!(found(&top, "crates/nowhere"), None);
    let (policy, _) = find(&top.path().join("crates/own"));
    let root = top.path().join("Cargo.toml");
    assert_eq!(
        files(&policy),
        [top.path().join("crates/own/Cargo.toml"), root.clone()]
    );
    let (policy, _) = find(&top.path().join("crates/plain"));
    assert_eq!(files(&policy), [root]);
}

#[test]
fn a_root_package_has_both() {
    let both = format!("{PACKAGE}[workspace]\n{TEN}");
    let top = folders(&[("", &both)]);
    assert_eq!(found(&top, ""), Some(10));
}

#[test]
fn the_nearest_workspace_counts() {
    let inner = format!("{PACKAGE}[workspace]\n");
    let outer = format!("[workspace]\n{TEN}");
    let top = folders(&[("", &outer), ("inner", &inner), ("inner/member", PACKAGE)]);
    assert_eq!(found(&top, "inner"), None);
    assert_eq!(found(&top, "inner/member"), None);
}

#[test]
fn what_a_workspace_leaves_out() {
    let workspace =
        format!("[workspace]\nmembers = [\"out/in\"]\nexclude = [\"out\", \"other\"]\n{TEN}");
    let top = folders(&[
        ("", &workspace),
        ("out/in", PACKAGE),
        ("out/side", PACKAGE),
        ("other", PACKAGE),
        ("member", PACKAGE),
    ]);
    assert_eq!(found(&top, "out/in"), Some(10));
    assert_eq!(found(&top, "out/side"), None);
    assert_eq!(found(&top, "other"), None);
    assert_eq!(found(&top, "member"), Some(10));
}

#[test]
fn a_package_that_names_its_workspace() {
    let pointer = "[package]\nname = \"a\"\nworkspace = \"../roots/one\"\n";
    let root = format!("[workspace]\nmembers = [\"../../away\"]\n{TEN}");
    let top = folders(&[("away", pointer), ("roots/one", &root)]);
    assert_eq!(found(&top, "away"), Some(10));
}

#[test]
fn a_dependency_is_not_ours() {
    let workspace = format!("[workspace]\n{TEN}");
    let own = format!("{PACKAGE}{TWO}allow = [\"FO114\"]\n");
    let top = folders(&[("", &workspace), ("vendor/theirs", &own)]);
    let theirs = top.path().join("vendor/theirs");
    fs::write(theirs.join(".cargo-checksum.json"), "{}").expect("a file");
    let (policy, _) = find(&theirs);
    assert_eq!(most_workers(&policy), None);
    assert!(policy.ruled("FO114").is_some(), "its code may need that");
}

#[test]
fn a_package_that_is_checked_before_it_is_published_is_by_itself() {
    let workspace = format!("[workspace]\n{TEN}");
    let top = folders(&[("", &workspace), ("target/package/a-0.1.0", PACKAGE)]);
    assert_eq!(found(&top, "target/package/a-0.1.0"), None);
}

#[test]
fn files_without_the_words_are_not_parsed() {
    let top = folders(&[("", "this is [ no TOML"), ("a", PACKAGE)]);
    assert_eq!(found(&top, "a"), None);
}

#[test]
fn a_file_that_is_no_toml_is_named_with_its_line() {
    let text = "[package]\n\n[package.metadata.fanout\n";
    let top = folders(&[("a", text)]);
    let (policy, _) = find(&top.path().join("a"));
    let said = mistakes(&policy);
    let file = top.path().join("a/Cargo.toml");
    let wanted = format!(
        "FO131: the team's policy cannot be read: {}:3: ",
        file.display()
    );
    assert!(said.len() == 1 && said[0].starts_with(&wanted), "{said:?}");
    assert_eq!(files(&policy), [file]);
}

#[test]
fn a_file_that_cannot_be_read() {
    let top = folders(&[("", "")]);
    let manifest = top.path().join("Cargo.toml");
    fs::write(&manifest, b"\xFF").expect("a file");
    let said = mistakes(&find(top.path()).0);
    assert!(
        said[0].contains(&manifest.display().to_string()),
        "{said:?}"
    );
}

#[test]
fn what_is_kept_is_as_old_as_the_files() {
    let text = format!("{PACKAGE}{TWO}");
    let top = folders(&[("a", &text)]);
    let folder = top.path().join("a");
    let first = of(&folder);
    assert_eq!(most_workers(&first), Some(2));
    assert!(std::sync::Arc::ptr_eq(&first, &of(&folder)), "read once");
    // An editor's server lives on while the file changes; and while a workspace appears.
    fs::write(folder.join("Cargo.toml"), PACKAGE).expect("a file");
    let later = SystemTime::now() + Duration::from_secs(10);
    let file = fs::File::options()
        .append(true)
        .open(folder.join("Cargo.toml"));
    file.and_then(|file| file.set_modified(later))
        .expect("a time");
    assert_eq!(most_workers(&of(&folder)), None);
    write(top.path(), &format!("[workspace]\n{TEN}"));
    assert_eq!(most_workers(&of(&folder)), Some(10));
}
