//! A policy that changes holds at the next build.

use crate::project::Project;

/// One worker is a warning, which is silenced where no policy makes it an error.
const CODE: &str =
    "#![allow(deprecated)]\n#[fanout::fan_out(workers = 1)] pub fn double(n: u32) -> u32 { n * 2 }";

#[test]
fn of_the_package() {
    let project = Project::new("of_the_package");
    project.workspace(&["rebuilt-package"], "");
    let policy = |keys: &str| {
        project.manifest(
            "rebuilt-package",
            &format!("[package.metadata.fanout]\n{keys}\n"),
        )
    };
    project.member("rebuilt-package", "", CODE);
    policy("max-workers = 4");
    project.check("rebuilt-package").passes();
    policy("deny = [\"FO114\"]");
    let denied = project.check("rebuilt-package");
    denied.fails_with("FO114 is in `deny` of the policy in rebuilt-package/Cargo.toml:2");
    policy("deny = []");
    project.check("rebuilt-package").passes();
    policy("dney = []");
    project
        .check("rebuilt-package")
        .fails_with("FO131: rebuilt-package/Cargo.toml:2: ");
}

#[test]
fn of_the_workspace() {
    let project = Project::new("of_the_workspace");
    let policy = |keys: &str| project.workspace(&["rebuilt-member"], keys);
    policy("[workspace.metadata.fanout]\nmax-workers = 4");
    project.member("rebuilt-member", "", CODE);
    project.check("rebuilt-member").passes();
    policy("[workspace.metadata.fanout]\ndeny = [\"FO114\"]");
    let denied = project.check("rebuilt-member");
    denied.fails_with("FO114 is in `deny` of the policy in Cargo.toml:2");
    policy("");
    project.check("rebuilt-member").passes();
}

/// What the guide says about a policy's first line: if cargo ever looks at it by itself, the guide can be shorter.
#[test]
fn the_first_policy_holds_when_the_crate_is_next_compiled() {
    let project = Project::new("the_first_policy");
    let policy = "[workspace.metadata.fanout]\ndeny = [\"FO114\"]";
    project.workspace(&["first-policy"], "");
    project.member("first-policy", "", CODE);
    project.check("first-policy").passes();
    project.workspace(&["first-policy"], policy);
    project.check("first-policy").passes();
    project.write("first-policy/src/lib.rs", &format!("{CODE}\n"));
    project.check("first-policy").fails_with("FO114");
}
