//! Which manifest counts, where cargo decides what a member is.

use crate::project::Project;

const DENIED: &str = "[workspace.metadata.fanout]\ndeny = [\"FO114\"]\nmax-workers = 4";
const ONE: &str = "#[fanout::fan_out(workers = 1)] pub fn double(n: u32) -> u32 { n * 2 }";

#[test]
fn members_have_the_workspaces_policy_and_a_word_of_their_own() {
    let project = Project::new("members");
    project.workspace(&["ws-plain", "ws-own"], DENIED);
    project.member("ws-plain", "", ONE);
    let own = "[package.metadata.fanout]\nallow = [\"FO114\"]";
    project.member("ws-own", own, ONE);
    let denied = project.check("ws-plain");
    denied.fails_with("error: FO114: ");
    denied.fails_with("in Cargo.toml:2");
    project.check("ws-own").passes();
    let many = ONE.replace("= 1", "= 5");
    project.member("ws-own", own, &many);
    project
        .check("ws-own")
        .fails_with("`max-workers` in Cargo.toml:3");
}

#[test]
fn what_only_the_running_program_knows() {
    let project = Project::new("running");
    project.workspace(&["ws-running"], DENIED);
    project.manifest("ws-running", "");
    let code = "#[fanout::fan_out(workers = count())]
        fn double(n: u32) -> u32 { n * 2 }
        fn count() -> usize { COUNT }
        fn main() { assert_eq!(double(0..4).collect_unordered().len(), 4); }";
    project.write("ws-running/src/main.rs", &code.replace("COUNT", "4"));
    project.cargo("run", "ws-running").passes();
    project.write("ws-running/src/main.rs", &code.replace("COUNT", "5"));
    let stopped = project.cargo("run", "ws-running");
    stopped.fails_with("FO132: `workers` is `count()`, and the team's policy allows at most 4");
    stopped.fails_with("; it is 5");
}
