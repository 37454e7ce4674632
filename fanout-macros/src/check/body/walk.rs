//! Goes through a body in the order in which it is written, keeps the scene, and asks each rule about each expression.

use syn::visit_mut::{self, VisitMut};
use syn::{
    Arm, Block, Expr, ExprAwait, ExprClosure, ExprForLoop, ExprIf, ExprLet, ExprUnsafe, ExprWhile,
    Ident, Item, Local, Macro, Pat,
};

use super::scene::Scene;
use super::seen::Seen;
use super::things::Thing;
use super::{closing, context, runs, starting, statics, waiting};

/// What the rules see in `body`, which begins at `scene`. It is not changed.
pub(super) fn walk(body: &mut Block, scene: Scene<'_>, seen: &mut Seen) {
    Walk { scene, seen }.visit_block_mut(body);
}

struct Walk<'a, 's> {
    scene: Scene<'a>,
    seen: &'s mut Seen,
}

impl Walk<'_, '_> {
    /// Each rule, on this expression alone.
    fn look(&mut self, expr: &Expr) {
        let (scene, seen) = (&self.scene, &mut *self.seen);
        closing::look(scene, expr, seen);
        starting::look(scene, expr, seen);
        waiting::look(scene, expr, seen);
        statics::look(scene, expr, seen);
        context::look(scene, expr, seen);
    }

    /// What `visit` goes through sees names that nothing after it sees.
    fn inside(&mut self, visit: impl FnOnce(&mut Self)) {
        self.scene.names.enter();
        visit(self);
        self.scene.names.leave();
    }

    /// `expr`, and whether it begins a run that does not hear of the stop.
    fn visit_maybe_run(&mut self, expr: &mut Expr, begins: bool) {
        let Some(run) = runs::of(&self.scene, expr) else {
            self.visit_plain(expr);
            return;
        };
        let before = self.seen.looks_at_stop();
        self.visit_run(expr);
        let looks = self.seen.looks_at_stop().saturating_sub(before);
        if (begins || run.begins) && run.is_deaf(looks) {
            run.report(&self.scene, self.seen);
        }
    }

    /// The calls of a run's builder, from the outside to its beginning, which are one run. So are those of its input.
    fn visit_run(&mut self, expr: &mut Expr) {
        self.look(expr);
        match expr {
            Expr::MethodCall(call) => {
                self.visit_run(&mut call.receiver);
                for argument in &mut call.args {
                    self.visit_expr_mut(argument);
                }
            }
            Expr::Call(call) => {
                for argument in &mut call.args {
                    if runs::of(&self.scene, argument).is_some() {
                        self.visit_run(argument);
                    } else {
                        self.visit_expr_mut(argument);
                    }
                }
            }
            Expr::Try(inner) => self.visit_run(&mut inner.expr),
            Expr::Paren(inner) => self.visit_run(&mut inner.expr),
            Expr::Group(inner) => self.visit_run(&mut inner.expr),
            Expr::Reference(inner) => self.visit_run(&mut inner.expr),
            _ => {}
        }
    }

    fn visit_plain(&mut self, expr: &mut Expr) {
        self.look(expr);
        if !context::is_discarded(&self.scene, expr) {
            visit_mut::visit_expr_mut(self, expr);
        }
    }
}

impl VisitMut for Walk<'_, '_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        self.visit_maybe_run(expr, false);
    }

    fn visit_macro_mut(&mut self, macro_call: &mut Macro) {
        context::look_at_macro(&self.scene, macro_call, self.seen);
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        self.inside(|walk| {
            walk.scene.names.bind_items(block);
            visit_mut::visit_block_mut(walk, block);
        });
    }

    // A variable is there after its `let`.
    fn visit_local_mut(&mut self, local: &mut Local) {
        let first = local.init.as_ref().map(|init| &*init.expr);
        let thing = first.and_then(|first| self.scene.thing(first));
        let run = first.and_then(|first| runs::of(&self.scene, first));
        let discarded = thing == Some(Thing::Context) && matches!(local.pat, Pat::Wild(_));
        let before = self.seen.looks_at_stop();
        if !discarded {
            visit_mut::visit_local_mut(self, local);
        }
        let looks = self.seen.looks_at_stop().saturating_sub(before);
        let thing = match run {
            Some(run) => (!run.begins && run.is_deaf(looks)).then_some(Thing::Run),
            None => thing,
        };
        match (thing, plain_name(&local.pat)) {
            (Some(thing), Some(name)) => self.scene.names.bind_thing(name, thing),
            _ => self.scene.names.bind(&local.pat),
        }
    }

    fn visit_expr_let_mut(&mut self, condition: &mut ExprLet) {
        visit_mut::visit_expr_let_mut(self, condition);
        self.scene.names.bind(&condition.pat);
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
        self.visit_maybe_run(&mut whole.expr, true);
        self.inside(|walk| {
            walk.scene.names.bind(&whole.pat);
            walk.visit_block_mut(&mut whole.body);
        });
    }

    fn visit_arm_mut(&mut self, arm: &mut Arm) {
        self.inside(|walk| {
            walk.scene.names.bind(&arm.pat);
            visit_mut::visit_arm_mut(walk, arm);
        });
    }

    fn visit_expr_closure_mut(&mut self, closure: &mut ExprClosure) {
        self.inside(|walk| {
            for input in &closure.inputs {
                walk.scene.names.bind(input);
            }
            walk.visit_expr_mut(&mut closure.body);
        });
    }

    fn visit_expr_unsafe_mut(&mut self, whole: &mut ExprUnsafe) {
        self.scene.unsafes += 1;
        visit_mut::visit_expr_unsafe_mut(self, whole);
        self.scene.unsafes -= 1;
    }

    fn visit_expr_await_mut(&mut self, whole: &mut ExprAwait) {
        match &*whole.base {
            // Waiting in a task keeps no thread from anything.
            Expr::MethodCall(call) if waiting::is_recv(call) => {
                visit_mut::visit_expr_mut(self, &mut whole.base);
            }
            _ => self.visit_expr_mut(&mut whole.base),
        }
    }

    // Their bodies are another function's.
    fn visit_item_mut(&mut self, item: &mut Item) {
        statics::look_at_item(item, self.seen);
    }
}

/// The name in `let name = ..` and `let name: Type = ..`.
fn plain_name(pattern: &Pat) -> Option<&Ident> {
    match pattern {
        Pat::Ident(pattern) if pattern.subpat.is_none() => Some(&pattern.ident),
        Pat::Type(typed) => plain_name(&typed.pat),
        _ => None,
    }
}
