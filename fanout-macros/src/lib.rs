//! The attribute behind the [`fanout`](https://docs.rs/fanout) crate: `#[fan_out(..)]` turns a per-item function into a
//! correct worker pool.
//!
//! Use it through `fanout`, which has its documentation and everything that it expands to. Here are only the stages,
//! each a folder: [`parse`] what was written into the [`model`], [`check`] it, [`plan`] the expansion, [`expand`] the
//! plan. The team's [`policy`] comes in from the side, for checks and levels. [`pipeline::fan_out`] lists them in order; start reading there.

mod check;
mod diagnostics;
mod expand;
mod model;
mod options;
mod parse;
mod pipeline;
mod plan;
mod policy;
#[cfg(test)]
mod tests;

/// Turns a per-item function into a worker pool.
///
/// Its options and parameter roles are documented in `fanout::guide::options`, its messages in `fanout::guide::codes`.
#[proc_macro_attribute]
pub fn fan_out(
    options: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    pipeline::fan_out(options.into(), item.into()).into()
}
