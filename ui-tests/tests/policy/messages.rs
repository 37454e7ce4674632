//! One program for each mistake, with the manifest's lines at its head; beside it, in `.stderr`, what its author is told.
//!
//! `TRYBUILD=overwrite cargo test -p fanout-ui-tests` writes these messages anew, too.

use std::fs;
use std::path::Path;

use crate::project::Project;

/// The programs in a folder: name, manifest, code.
fn programs(folder: &Path) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for file in fs::read_dir(folder).expect("programs") {
        let file = file.expect("a file").path();
        if file.extension().is_some_and(|kind| kind == "rs") {
            let name = file
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            let code = fs::read_to_string(&file).expect("text");
            let head = code.lines().map_while(|line| line.strip_prefix("//! "));
            let policy: Vec<&str> = head.collect();
            found.push((name, policy.join("\n"), code));
        }
    }
    found.sort();
    assert!(!found.is_empty());
    found
}

#[test]
fn what_the_team_is_told() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policy");
    let programs = programs(&folder);
    let project = Project::new("messages");
    let names: Vec<&str> = programs.iter().map(|(name, ..)| name.as_str()).collect();
    project.workspace(&names, "");
    for (name, policy, code) in &programs {
        project.member(name, policy, code);
    }
    let overwrite = std::env::var_os("TRYBUILD").is_some_and(|what| what == "overwrite");
    let mut wrong = String::new();
    for name in names {
        let said = project.check(name);
        assert!(!said.succeeded, "{name} compiles");
        let text = said
            .text
            .replace(&format!("{name}/src/lib.rs"), &format!("policy/{name}.rs"));
        let file = folder.join(name).with_extension("stderr");
        if overwrite {
            fs::write(&file, text + "\n").expect("a file");
        } else {
            let wanted = fs::read_to_string(&file).unwrap_or_default();
            if wanted.trim_end() != text {
                wrong += &format!("\n{name}:\n{text}\n-- and not:\n{wanted}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_is_near_the_line_passes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policy/pass");
    let programs = programs(&folder);
    let project = Project::new("pass");
    let names: Vec<&str> = programs.iter().map(|(name, ..)| name.as_str()).collect();
    project.workspace(&names, "");
    for (name, policy, code) in &programs {
        project.member(name, policy, code);
    }
    for name in names {
        project.check(name).passes();
    }
}
