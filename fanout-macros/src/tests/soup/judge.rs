//! What has to hold for every input.

use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::{Span, TokenStream, TokenTree};

use super::super::diagnose::diagnose;
use crate::diagnostics::{Diagnostic, Level, Problem};
use crate::pipeline::fan_out;

/// What became of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Accepted,
    Rejected,
    /// No function, or one with a body that cannot be read.
    Unreadable,
}

/// Expands `#[fan_out(options)] item`; panics if something about that is wrong.
pub(crate) fn judge(options: TokenStream, item: TokenStream) -> Verdict {
    // To say what went wrong with which input.
    let input = || format!("#[fan_out({options})]\n{item}");
    let out = catch_unwind(AssertUnwindSafe(|| fan_out(options.clone(), item.clone())));
    let out = out.unwrap_or_else(|_| panic!("it panics:\n{}", input()));
    let errors = count_compile_errors(&out);
    let rejected = errors > 0;
    let is_function = syn::parse2::<syn::ItemFn>(item.clone()).is_ok();
    // A body that cannot be read is emitted as it is: the compiler says where it is wrong.
    let emitted = syn::parse2::<syn::File>(out.clone());
    if let (Err(error), true) = (emitted, is_function) {
        panic!("it becomes what is no Rust ({error}):\n{}\n{out}", input());
    }
    if rejected {
        let found = diagnose(options.clone(), item.clone());
        // Of half a function the compiler's own words are repeated, which are no diagnostics of ours.
        assert!(
            !found.is_empty() || !is_function,
            "nobody is told why:\n{}",
            input()
        );
        let ours = found
            .iter()
            .filter(|found| found.problem.row().level != Level::Warning);
        assert!(
            !is_function || errors == ours.count(),
            "an error is not said once:\n{}\n{out}",
            input()
        );
        // Built for a fuzzer, proc-macro2 does not keep where tokens are.
        let places_are_known = item.clone().into_iter().any(|token| has_text(token.span()));
        for diagnostic in found.iter().filter(|_| places_are_known) {
            assert!(
                points_into_input(diagnostic),
                "{} points elsewhere:\n{}",
                diagnostic.text(),
                input()
            );
        }
    }
    match (is_function, rejected) {
        (false, _) => Verdict::Unreadable,
        (true, true) => Verdict::Rejected,
        (true, false) => Verdict::Accepted,
    }
}

fn has_text(span: Span) -> bool {
    span.source_text().is_some()
}

fn count_compile_errors(out: &TokenStream) -> usize {
    let tokens = out.clone().into_iter();
    let counts = tokens.map(|token| match token {
        TokenTree::Group(group) => count_compile_errors(&group.stream()),
        TokenTree::Ident(word) => usize::from(word == "compile_error"),
        TokenTree::Punct(_) | TokenTree::Literal(_) => 0,
    });
    counts.sum()
}

/// Only what was parsed from a text has a text: what the macro makes itself has none.
fn points_into_input(diagnostic: &Diagnostic) -> bool {
    let (start, end) = diagnostic.ends();
    if has_text(start) && has_text(end) {
        return true;
    }
    // Where the mistake is that nothing is there, the compiler shows the attribute itself.
    matches!(
        diagnostic.problem,
        Problem::NotAnOption | Problem::MalformedValue | Problem::LocalMalformed
    )
}
