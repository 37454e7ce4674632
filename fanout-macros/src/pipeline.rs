//! The stages, in order. Start here.

use proc_macro2::TokenStream;

use crate::diagnostics::{Diagnostic, Diagnostics, Settled, compile_errors};
use crate::{check, expand, parse, plan};

/// The attribute, over tokens that tests can make.
pub(crate) fn fan_out(options: TokenStream, item: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let parsed = parse::parse(options, item, &mut diagnostics);
    if let Ok(model) = &parsed {
        check::check(model, &mut diagnostics);
    }
    let allowed = match &parsed {
        Ok(model) => model.options.allowed(),
        Err(_) => &[],
    };
    let Settled { errors, warnings } = diagnostics.settle(allowed);
    let plan = match parsed {
        Ok(model) if errors.is_empty() => plan::plan(&model, warnings),
        // Errors in a body keep the compiler from looking for its own, and what the body imports is not unused.
        Ok(model) if errors.iter().all(Diagnostic::compiles) => {
            return expand::expand(&plan::plan_doubted(&model, compile_errors(&errors)));
        }
        Ok(model) => plan::plan_rejected(model),
        Err(unreadable) => {
            let mut out = unreadable.emit;
            out.extend(compile_errors(&errors));
            return out;
        }
    };
    let mut out = expand::expand(&plan);
    out.extend(compile_errors(&errors));
    out
}
