//! What is said, without what is emitted.

use proc_macro2::TokenStream;

use crate::diagnostics::{Diagnostic, Diagnostics, Settled};
use crate::policy::Policy;
use crate::{check, parse};

/// What is said about `#[fan_out(options)] item`: errors first.
pub(crate) fn diagnose(options: TokenStream, item: TokenStream) -> Vec<Diagnostic> {
    let policy = Policy::default();
    let mut diagnostics = Diagnostics::default();
    let parsed = parse::parse(options, item, &mut diagnostics);
    let allowed = match &parsed {
        Ok(model) => {
            check::check(model, &policy, &mut diagnostics);
            model.options.allowed()
        }
        Err(_) => &[],
    };
    let Settled {
        mut errors,
        warnings,
    } = diagnostics.settle(allowed, &policy);
    errors.extend(warnings);
    errors
}
