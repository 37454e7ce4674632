//! From a package's folder to its policy: which manifests have a word in it, by cargo's own rules.
//!
//! 1. The package's own `Cargo.toml`.
//! 2. That of its workspace: what `package.workspace` names, else the nearest above with a `[workspace]` table that does not
//!    `exclude` the package.
//!
//! Most crates have no policy, and should not pay for one: texts that do not even have the words are not parsed.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::combine::{combine, of_a_dependency};
use super::parse::{self, Source, metadata, table};
use super::written::Written;
use super::{Mistake, Policy};
use crate::diagnostics::Problem;

/// A file that was looked for, and the age that it had, if it was there.
pub(super) type Stamp = (PathBuf, Option<SystemTime>);

/// When `file` was last changed.
pub(super) fn age(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|found| found.modified()).ok()
}

/// A manifest that could be read.
struct Manifest {
    folder: PathBuf,
    path: PathBuf,
    text: String,
}

/// The policy of the package in `folder`, and the files that it depends on.
pub(super) fn find(folder: &Path) -> (Policy, Vec<Stamp>) {
    let mut reader = Reader::default();
    let policy = read(folder, &mut reader);
    (policy, reader.stamps)
}

fn read(folder: &Path, reader: &mut Reader) -> Policy {
    let Some(package) = reader.read(folder) else {
        return reader.refused();
    };
    let dependency = is_dependency(folder);
    let above = if dependency {
        Vec::new()
    } else {
        folders_above(folder)
            .filter_map(|folder| reader.read(folder))
            .collect()
    };
    let all = || above.iter().chain([&package]);
    if reader.mistakes.is_empty() && !points(&package.text) && !all().any(|one| speaks(&one.text)) {
        return Policy::default();
    }
    let document = reader.parse(&package);
    let own = reader.written(&package, document.as_ref(), "package");
    if dependency {
        return of_a_dependency(own.unwrap_or_default());
    }
    let of_workspace = match document.as_ref().map(workspace_of) {
        Some(Workspace::Here) => reader.written(&package, document.as_ref(), "workspace"),
        Some(Workspace::Named(path)) => reader.read(&folder.join(path)).and_then(|root| {
            let document = reader.parse(&root);
            reader.written(&root, document.as_ref(), "workspace")
        }),
        Some(Workspace::Above) => workspace_above(reader, &above, folder),
        None => None,
    };
    let mut policy = combine(of_workspace.unwrap_or_default(), own.unwrap_or_default());
    policy.mistakes.append(&mut reader.mistakes);
    policy.files.append(&mut reader.files);
    policy
}

/// The policy of the nearest workspace that the package is in.
fn workspace_above(reader: &mut Reader, above: &[Manifest], folder: &Path) -> Option<Written> {
    for manifest in above {
        let document = reader.parse(manifest)?;
        match workspace_of(&document) {
            Workspace::Here if !excludes(&document, &manifest.folder, folder) => {
                return reader.written(manifest, Some(&document), "workspace");
            }
            Workspace::Named(path) => {
                let root = reader.read(&manifest.folder.join(path))?;
                let document = reader.parse(&root);
                return reader.written(&root, document.as_ref(), "workspace");
            }
            Workspace::Here | Workspace::Above => {}
        }
    }
    None
}

/// Reads, and remembers what it looked at.
#[derive(Default)]
struct Reader {
    stamps: Vec<Stamp>,
    mistakes: Vec<Mistake>,
    files: Vec<PathBuf>,
}

impl Reader {
    /// The manifest in `folder`, if there is one.
    fn read(&mut self, folder: &Path) -> Option<Manifest> {
        let path = folder.join("Cargo.toml");
        let text = fs::read_to_string(&path);
        self.stamps.push((path.clone(), age(&path)));
        match text {
            Ok(text) => Some(Manifest {
                folder: folder.to_owned(),
                path,
                text,
            }),
            Err(error) => {
                if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) {
                    let unreadable = Mistake::new(Problem::PolicyUnreadable)
                        .with("place", shown(&path))
                        .with("why", error.to_string());
                    self.mistakes.push(unreadable);
                }
                None
            }
        }
    }

    fn parse<'t>(&mut self, manifest: &'t Manifest) -> Option<DeTable<'t>> {
        match DeTable::parse(&manifest.text) {
            Ok(document) => Some(document.into_inner()),
            Err(error) => {
                let start = error.span().map_or(0, |span| span.start);
                let file = shown(&manifest.path);
                let place = source(&file, manifest).place_at(start);
                let unreadable = Mistake::new(Problem::PolicyUnreadable)
                    .with("place", place.to_string())
                    .with("why", error.message());
                self.mistakes.push(unreadable);
                self.files.push(manifest.path.clone());
                None
            }
        }
    }

    /// What `manifest` says as a package's or a workspace's.
    fn written(
        &mut self,
        manifest: &Manifest,
        document: Option<&DeTable<'_>>,
        owner: &str,
    ) -> Option<Written> {
        let value = metadata(document?, owner)?;
        if !self.files.contains(&manifest.path) {
            self.files.push(manifest.path.clone());
        }
        let file = shown(&manifest.path);
        Some(parse::parse(source(&file, manifest), value))
    }

    /// A policy of nothing but what could not be read.
    fn refused(&mut self) -> Policy {
        Policy {
            mistakes: core::mem::take(&mut self.mistakes),
            ..Policy::default()
        }
    }
}

fn source<'t>(file: &'t str, manifest: &'t Manifest) -> Source<'t> {
    Source {
        file,
        text: &manifest.text,
    }
}

/// `path` as the compiler shows paths: from where cargo started it.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir();
    let short = here
        .as_ref()
        .ok()
        .and_then(|here| path.strip_prefix(here).ok());
    short.unwrap_or(path).display().to_string()
}

/// Whether `text` may have a policy: a quick look, so that most manifests are never parsed.
fn speaks(text: &str) -> bool {
    text.contains("fanout") && text.contains("metadata")
}

/// Whether `text` may have `workspace = "path"`.
fn points(text: &str) -> bool {
    text.lines().any(|line| {
        let parts = line.split_once('=');
        parts.is_some_and(|(key, value)| {
            key.trim_end().ends_with("workspace") && value.trim_start().starts_with(['"', '\''])
        })
    })
}

/// Whether cargo put the package in `folder` there: from a registry or a git repository, or as a vendored copy.
fn is_dependency(folder: &Path) -> bool {
    let marked = |folder: &Path| {
        folder.join(".cargo-ok").exists() || folder.join(".cargo-checksum.json").exists()
    };
    folder.ancestors().any(marked)
}

/// The folders whose manifests may be the workspace's; a package that is being checked before it is published is by itself.
fn folders_above(folder: &Path) -> impl Iterator<Item = &Path> {
    let above = folder.ancestors().skip(1);
    above.take_while(|folder| !folder.ends_with("target/package"))
}

/// Where the workspace of a package is.
enum Workspace {
    Here,
    Named(PathBuf),
    Above,
}

fn workspace_of(document: &DeTable<'_>) -> Workspace {
    if document.contains_key("workspace") {
        return Workspace::Here;
    }
    let package = document.get("package").and_then(table);
    match package
        .and_then(|package| package.get("workspace"))
        .map(Spanned::get_ref)
    {
        Some(DeValue::String(path)) => Workspace::Named(path.as_ref().into()),
        _ => Workspace::Above,
    }
}

/// Whether the workspace in `root` leaves out the package in `folder`.
fn excludes(document: &DeTable<'_>, root: &Path, folder: &Path) -> bool {
    let workspace = document.get("workspace").and_then(table);
    let names = |key: &str| {
        let list = workspace.and_then(|workspace| workspace.get(key));
        let DeValue::Array(list) = list.map(Spanned::get_ref)? else {
            return None;
        };
        let within = |part: &Spanned<DeValue<'_>>| match part.get_ref() {
            DeValue::String(path) => folder.starts_with(root.join(path.as_ref())),
            _ => false,
        };
        Some(list.iter().any(within))
    };
    names("exclude").unwrap_or(false) && !names("members").unwrap_or(false)
}
