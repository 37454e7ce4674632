//! Where an expression uses a variable.

use proc_macro2::{Ident, Span};
use syn::parse::{ParseStream, Parser};
use syn::visit_mut::VisitMut;
use syn::{Block, Expr, ExprCall, ExprClosure, ExprMatch, ExprPath, Macro, Token};

/// Macros that take expressions and nothing else.
const TAKE_EXPRESSIONS: [&str; 9] = [
    "vec",
    "format",
    "dbg",
    "assert",
    "smallvec",
    "arrayvec",
    "array_vec",
    "tiny_vec",
    "debug_assert",
];

/// Where `expr` uses `name` as a variable, in the plain case. What is inside closures, blocks and other macros may be another
/// thing of that name; there the compiler finds what is not in scope.
pub(super) fn first_mention(expr: &Expr, name: &Ident) -> Option<Span> {
    let mut find = FindVariable { name, found: None };
    find.visit_expr_mut(&mut expr.clone());
    find.found
}

struct FindVariable<'a> {
    name: &'a Ident,
    found: Option<Span>,
}

impl VisitMut for FindVariable<'_> {
    fn visit_expr_path_mut(&mut self, path: &mut ExprPath) {
        if path.path.is_ident(self.name) && self.found.is_none() {
            self.found = path.path.get_ident().map(Ident::span);
        }
    }
    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}
    fn visit_block_mut(&mut self, _: &mut Block) {}
    fn visit_expr_match_mut(&mut self, _: &mut ExprMatch) {}
    fn visit_expr_call_mut(&mut self, call: &mut ExprCall) {
        // `item()` may call a function of that name.
        for argument in &mut call.args {
            self.visit_expr_mut(argument);
        }
    }
    fn visit_macro_mut(&mut self, call: &mut Macro) {
        let known = call.path.segments.last().is_some_and(|last| {
            let mut names = TAKE_EXPRESSIONS.iter();
            names.any(|name| last.ident == name)
        });
        let given = known.then(|| expressions.parse2(call.tokens.clone()));
        for mut expr in given.and_then(Result::ok).unwrap_or_default() {
            match &mut expr {
                // `format!("{size}", size = 1)` says what it means by that.
                Expr::Assign(named) => self.visit_expr_mut(&mut named.right),
                expr => self.visit_expr_mut(expr),
            }
        }
    }
}

/// `a, b, c` and `a; n`.
fn expressions(input: ParseStream<'_>) -> syn::Result<Vec<Expr>> {
    let mut found = Vec::new();
    while !input.is_empty() {
        found.push(input.parse()?);
        if input.peek(Token![;]) {
            let _: Token![;] = input.parse()?;
        } else if !input.is_empty() {
            let _: Token![,] = input.parse()?;
        }
    }
    Ok(found)
}
