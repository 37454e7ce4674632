//! The stages, in order. Start here.

use proc_macro2::{Span, TokenStream};

use crate::diagnostics::{Diagnostic, Diagnostics, Settled, attribute_as_seen_by, compile_errors};
use crate::policy::{self, Policy};
use crate::{check, expand, parse, plan};

/// The attribute, over tokens that tests can make.
pub(crate) fn fan_out(options: TokenStream, item: TokenStream) -> TokenStream {
    let policy = policy::of_this_crate();
    let first = item.clone().into_iter().next();
    let users = first.map_or_else(Span::call_site, |first| first.span());
    let mistakes = policy.take_mistakes(attribute_as_seen_by(users));
    let mut out = expand_under(&policy, options, item);
    // Whatever is wrong with the policy, the function is not at fault, and is expanded.
    out.extend(compile_errors(&mistakes));
    out
}

/// The attribute where `policy` holds.
pub(crate) fn expand_under(
    policy: &Policy,
    options: TokenStream,
    item: TokenStream,
) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let parsed = parse::parse(options, item, &mut diagnostics);
    if let Ok(model) = &parsed {
        check::check(model, policy, &mut diagnostics);
    }
    let allowed = match &parsed {
        Ok(model) => model.options.allowed(),
        Err(_) => &[],
    };
    let Settled { errors, warnings } = diagnostics.settle(allowed, policy);
    let plan = match parsed {
        Ok(model) if errors.is_empty() => plan::plan(&model, policy, warnings),
        // Errors in a body keep the compiler from looking for its own, and what the body imports is not unused.
        Ok(model) if errors.iter().all(Diagnostic::compiles) => {
            return expand::expand(&plan::plan_doubted(&model, policy, compile_errors(&errors)));
        }
        Ok(model) => {
            let (plan, unsaid) = plan::plan_rejected(model, &errors);
            let mut out = expand::expand(&plan);
            out.extend(unsaid);
            return out;
        }
        Err(unreadable) => {
            let mut out = unreadable.emit;
            out.extend(compile_errors(&errors));
            return out;
        }
    };
    expand::expand(&plan)
}
