//! The examples on the pages of the policy's codes, each with its manifest.

use std::fs;
use std::path::Path;

use crate::project::Project;

/// The blocks of `text` that begin with three quotes and `language`.
fn blocks(text: &str, language: &str) -> String {
    let mut found = String::new();
    let mut inside = false;
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some("") if inside => inside = false,
            Some(start) => inside = start == language,
            None if inside => {
                found.push_str(line);
                found.push('\n');
            }
            None => {}
        }
    }
    found
}

#[test]
fn wrong_and_right() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/codes");
    let project = Project::new("pages");
    let codes = ["fo131", "fo132", "fo133"];
    let mut members = Vec::new();
    for code in codes {
        let page = fs::read_to_string(docs.join(code).with_extension("md")).expect("a page");
        let (_, page) = page.split_once("# Wrong\n").expect("a wrong example");
        let (wrong, right) = page.split_once("# Right\n").expect("a right example");
        for (kind, part, language) in [("wrong", wrong, "text"), ("right", right, "")] {
            let member = format!("{code}-{kind}");
            let code = blocks(part, language);
            // The page on policies that cannot be read is about any function.
            let any = "#[fanout::fan_out] pub fn double(n: u32) -> u32 { n * 2 }";
            let code = if code.is_empty() { any } else { &code };
            let code = format!("#![allow(dead_code)]\n{code}");
            project.member(&member, &blocks(part, "toml"), &code);
            members.push(member);
        }
    }
    let names: Vec<&str> = members.iter().map(String::as_str).collect();
    project.workspace(&names, "");
    for code in codes {
        let wrong = project.check(&format!("{code}-wrong"));
        wrong.fails_with(&format!("error: {}: ", code.to_uppercase()));
        project.check(&format!("{code}-right")).passes();
    }
}

#[test]
fn the_guides_example_is_a_policy() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/policy.md");
    let page = fs::read_to_string(page).expect("a page");
    let project = Project::new("guide");
    project.workspace(&["member"], &blocks(&page, "toml"));
    let function = |options: &str| {
        format!("#[fanout::fan_out({options})] pub fn double(n: u32) -> u32 {{ n * 2 }}")
    };
    project.member("member", "", &function("workers = 2, timeout = \"1s\""));
    project.check("member").passes();
    for (options, code) in [
        ("workers = 1, timeout = \"1s\"", "FO114"),
        ("workers = 65, timeout = \"1s\"", "FO132"),
        ("workers = 2", "FO133"),
    ] {
        project.member("member", "", &function(options));
        let said = project.check("member");
        said.fails_with(&format!("error: {code}: "));
        said.fails_with("= note: ask in #concurrency");
        said.fails_with("= note: see https://wiki.example.com/concurrency");
    }
}
