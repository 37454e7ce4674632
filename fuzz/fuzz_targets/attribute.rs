//! Each input is a list of choices for the grammar that the macro's own tests use, so that every byte means something.

#![no_main]
#![allow(dead_code, reason = "not all of the macro's crate is needed")]

#[path = "../../fanout-macros/src/check/mod.rs"]
mod check;
#[path = "../../fanout-macros/src/tests/diagnose.rs"]
mod diagnose;
#[path = "../../fanout-macros/src/diagnostics/mod.rs"]
mod diagnostics;
#[path = "../../fanout-macros/src/expand/mod.rs"]
mod expand;
#[path = "../../fanout-macros/src/model/mod.rs"]
mod model;
#[path = "../../fanout-macros/src/options.rs"]
mod options;
#[path = "../../fanout-macros/src/parse/mod.rs"]
mod parse;
#[path = "../../fanout-macros/src/pipeline.rs"]
mod pipeline;
#[path = "../../fanout-macros/src/plan/mod.rs"]
mod plan;
#[path = "../../fanout-macros/src/policy/mod.rs"]
mod policy;
#[path = "../../fanout-macros/src/tests/soup/mod.rs"]
mod soup;

libfuzzer_sys::fuzz_target!(|choices: &[u8]| {
    soup::try_one(&mut soup::Dice::of_bytes(choices));
});
