//! The policy of the crate that is being compiled, read once. A compiler is a process for each crate; an editor's server is
//! one for many, and lives while the files change: so what is kept is by package, for as long as its files are as old.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::Policy;
use super::find::{Stamp, age, find};

/// What was read for one package.
struct Kept {
    folder: PathBuf,
    stamps: Vec<Stamp>,
    policy: Arc<Policy>,
}

static KEPT: Mutex<Vec<Kept>> = Mutex::new(Vec::new());

/// The policy that holds where the attribute is being expanded.
pub(crate) fn of_this_crate() -> Arc<Policy> {
    // Cargo sets it for each package; whoever calls the compiler by hand has no manifest, and no policy.
    match std::env::var_os("CARGO_MANIFEST_DIR") {
        Some(folder) => of(Path::new(&folder)),
        None => Arc::default(),
    }
}

pub(super) fn of(folder: &Path) -> Arc<Policy> {
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let known = kept.iter().position(|one| one.folder == folder);
    if let Some(known) = known {
        let as_old = |(file, then): &Stamp| age(file) == *then;
        if kept[known].stamps.iter().all(as_old) {
            return Arc::clone(&kept[known].policy);
        }
        kept.swap_remove(known);
    }
    let (policy, stamps) = find(folder);
    let policy = Arc::new(policy);
    kept.push(Kept {
        folder: folder.to_owned(),
        stamps,
        policy: Arc::clone(&policy),
    });
    policy
}
