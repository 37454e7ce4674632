//! What a body does that it must not. The body is parsed for these rules only: it is emitted as the tokens that it was, and
//! where it cannot be parsed the compiler says so better.
//!
//! Left alone is what may be something else: what macros are given, items inside the body, and variables that only have the
//! name of a parameter.

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Arm, Block, Expr, ExprCall, ExprClosure, ExprForLoop, ExprIf, ExprLet, ExprMethodCall,
    ExprWhile, Ident, Item, Local, UnOp,
};

use super::names::Names;
use crate::diagnostics::{Diagnostic, Diagnostics, Problem};
use crate::model::Function;
use crate::model::function::shown;

/// A feed is for pushing. Whoever closed it, or could keep it from being closed, would decide for all workers.
pub(super) fn check_feed(function: &Function, diagnostics: &mut Diagnostics) {
    let Ok(mut body) = syn::parse2::<Block>(function.body.to_token_stream()) else {
        return;
    };
    for name in function.feeds.iter().filter_map(|feed| feed.name()) {
        let mut walk = Walk {
            parameter: name,
            names: Names::default(),
            found: Vec::new(),
        };
        walk.visit_block_mut(&mut body);
        for (problem, what) in walk.found {
            let found = Diagnostic::at(problem, &what).with("found", shown(&what));
            diagnostics.push(found.with("parameter", name.to_string()));
        }
    }
}

/// Goes through a body, knowing what names mean, and collects what is done to a parameter.
struct Walk<'a> {
    parameter: &'a Ident,
    names: Names,
    found: Vec<(Problem, Expr)>,
}

impl Walk<'_> {
    /// Whether `expr` is the parameter, or a reference to it.
    fn is_parameter(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Path(path) => {
                path.path.is_ident(self.parameter) && self.names.is_parameter(self.parameter)
            }
            Expr::Reference(inner) => self.is_parameter(&inner.expr),
            Expr::Paren(inner) => self.is_parameter(&inner.expr),
            Expr::Group(inner) => self.is_parameter(&inner.expr),
            Expr::Unary(inner) => {
                matches!(inner.op, UnOp::Deref(_)) && self.is_parameter(&inner.expr)
            }
            _ => false,
        }
    }

    /// What calling the function `called` with the parameter does to it.
    fn problem_of_call(&self, called: &Expr) -> Option<Problem> {
        let Expr::Path(called) = called else {
            return None;
        };
        if called.qself.is_some() {
            return None;
        }
        let path = self.names.called(&called.path)?;
        let words: Vec<&str> = path.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["drop"] | ["mem", "drop"] | ["std" | "core", "mem", "drop"] => {
                Some(Problem::FeedClosed)
            }
            ["mem", "forget"] | ["std" | "core", "mem", "forget"] => Some(Problem::FeedKept),
            [.., "Feed", "close"] => Some(Problem::FeedClosed),
            [.., "Feed" | "Clone", "clone"] => Some(Problem::FeedKept),
            _ => None,
        }
    }

    /// What `visit` goes through sees names that nothing after it sees.
    fn inside(&mut self, visit: impl FnOnce(&mut Self)) {
        self.names.enter();
        visit(self);
        self.names.leave();
    }
}

impl VisitMut for Walk<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let problem = match &*expr {
            Expr::Call(ExprCall { func, args, .. }) => match args.first() {
                Some(only) if args.len() == 1 && self.is_parameter(only) => {
                    self.problem_of_call(func)
                }
                _ => None,
            },
            Expr::MethodCall(ExprMethodCall {
                receiver, method, ..
            }) if self.is_parameter(receiver) => match method.to_string().as_str() {
                "close" => Some(Problem::FeedClosed),
                "clone" => Some(Problem::FeedKept),
                _ => None,
            },
            _ => None,
        };
        self.found
            .extend(problem.map(|problem| (problem, expr.clone())));
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        self.inside(|walk| {
            walk.names.bind_items(block);
            visit_mut::visit_block_mut(walk, block);
        });
    }

    // A variable is there after its `let`.
    fn visit_local_mut(&mut self, local: &mut Local) {
        visit_mut::visit_local_mut(self, local);
        self.names.bind(&local.pat);
    }

    fn visit_expr_let_mut(&mut self, condition: &mut ExprLet) {
        visit_mut::visit_expr_let_mut(self, condition);
        self.names.bind(&condition.pat);
    }

    fn visit_expr_if_mut(&mut self, whole: &mut ExprIf) {
        self.inside(|walk| {
            walk.visit_expr_mut(&mut whole.cond);
            walk.visit_block_mut(&mut whole.then_branch);
        });
        if let Some((_, other)) = &mut whole.else_branch {
            self.visit_expr_mut(other);
        }
    }

    fn visit_expr_while_mut(&mut self, whole: &mut ExprWhile) {
        self.inside(|walk| visit_mut::visit_expr_while_mut(walk, whole));
    }

    fn visit_expr_for_loop_mut(&mut self, whole: &mut ExprForLoop) {
        self.visit_expr_mut(&mut whole.expr);
        self.inside(|walk| {
            walk.names.bind(&whole.pat);
            walk.visit_block_mut(&mut whole.body);
        });
    }

    fn visit_arm_mut(&mut self, arm: &mut Arm) {
        self.inside(|walk| {
            walk.names.bind(&arm.pat);
            visit_mut::visit_arm_mut(walk, arm);
        });
    }

    fn visit_expr_closure_mut(&mut self, closure: &mut ExprClosure) {
        self.inside(|walk| {
            for input in &closure.inputs {
                walk.names.bind(input);
            }
            walk.visit_expr_mut(&mut closure.body);
        });
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}
