//! Policies in real manifests: what is said, which manifest counts, when cargo compiles again.

mod messages;
mod pages;
mod project;
mod rebuilds;
mod workspaces;
