//! What is read in texts, which files are looked at, and what comes of it.

mod applied;
mod files;
mod texts;

use proc_macro2::Span;
use toml::de::DeTable;

use super::Policy;
use super::combine::combine;
use super::parse::{Source, metadata, parse};
use super::written::Written;

/// What `text`, a whole manifest, says as `owner`'s.
fn written(text: &str, owner: &str) -> Written {
    let document = DeTable::parse(text).expect("TOML").into_inner();
    let value = metadata(&document, owner).expect("a policy");
    let file = "Cargo.toml";
    parse(Source { file, text }, value)
}

/// The policy of a package with `keys`.
fn policy(keys: &str) -> Policy {
    let text = format!("[package.metadata.fanout]\n{keys}");
    combine(Written::default(), written(&text, "package"))
}

/// What is said to be wrong, a line each.
fn mistakes(policy: &Policy) -> Vec<String> {
    let lines = policy.take_mistakes(Span::call_site());
    lines.iter().map(|mistake| mistake.line()).collect()
}
