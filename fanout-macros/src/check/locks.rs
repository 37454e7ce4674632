//! Locks that all workers wait for: around a map that each item changes, or around a list that results are pushed into.

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprMethodCall, Ident, Item, Local, Pat, Type};

use super::types::{arguments, is_one_of, layers};
use crate::diagnostics::{Diagnostic, Diagnostics, Problem};
use crate::model::function::{bound_names, shown};
use crate::model::{Function, Parameter};

const LOCKS: [&str; 4] = ["Mutex", "RwLock", "FairMutex", "ReentrantMutex"];
const WRAPPERS: [&str; 7] = ["Arc", "Box", "Rc", "Option", "LazyLock", "Lazy", "OnceLock"];
const MAPS: [&str; 16] = [
    "HashMap",
    "BTreeMap",
    "HashSet",
    "BTreeSet",
    "IndexMap",
    "IndexSet",
    "LinkedHashMap",
    "FxHashMap",
    "FxHashSet",
    "FxIndexMap",
    "FxIndexSet",
    "AHashMap",
    "AHashSet",
    "FnvHashMap",
    "FnvHashSet",
    "HashBag",
];
const LISTS: [&str; 6] = [
    "Vec",
    "VecDeque",
    "LinkedList",
    "BinaryHeap",
    "SmallVec",
    "String",
];

/// A `#[shared]` lock around a map, or around a list that the body pushes into.
pub(super) fn check_locks(function: &Function, diagnostics: &mut Diagnostics) {
    for shared in &function.shared {
        let Some((lock, inside)) = locked(&shared.ty) else {
            continue;
        };
        let problem = if is_one_of(inside, &MAPS) {
            Problem::LockedMap
        } else if is_one_of(inside, &LISTS) && is_pushed_into(function, shared) {
            Problem::LockedList
        } else {
            continue;
        };
        let found = Diagnostic::at(problem, lock)
            .with("parameter", shared.shown())
            .with("found", shown(inside));
        diagnostics.push(found);
    }
}

/// A lock, and the innermost type that it guards.
fn locked(ty: &Type) -> Option<(&Type, &Type)> {
    let lock = layers(ty, &WRAPPERS)
        .into_iter()
        .find(|layer| is_one_of(layer, &LOCKS))?;
    let inside = arguments(lock).last().copied()?;
    let innermost = layers(inside, &WRAPPERS).last().copied()?;
    Some((lock, innermost))
}

/// Whether the body adds to what `shared` guards and takes nothing out, as far as it shows: a pool of buffers is no list of
/// results.
fn is_pushed_into(function: &Function, shared: &Parameter) -> bool {
    let Some(name) = shared.name() else {
        return false;
    };
    let Ok(mut body) = syn::parse2::<Block>(function.body.to_token_stream()) else {
        return false;
    };
    let mut uses = Uses {
        guards: Vec::new(),
        lock: name,
        adds: false,
        takes: false,
    };
    uses.visit_block_mut(&mut body);
    uses.adds && !uses.takes
}

const ADD: [&str; 9] = [
    "push",
    "push_back",
    "push_front",
    "push_str",
    "extend",
    "extend_from_slice",
    "append",
    "insert",
    "insert_str",
];
const TAKE: [&str; 12] = [
    "pop",
    "pop_back",
    "pop_front",
    "remove",
    "swap_remove",
    "drain",
    "take",
    "split_off",
    "retain",
    "clear",
    "truncate",
    "dedup",
];

const LOCK: [&str; 5] = ["lock", "write", "try_lock", "try_write", "get_mut"];
/// What gives the guard out of the `Result` that it is in, or what it guards.
const THROUGH: [&str; 8] = [
    "unwrap",
    "expect",
    "unwrap_or_else",
    "map_err",
    "ok",
    "deref_mut",
    "as_mut",
    "by_ref",
];

fn is(call: &ExprMethodCall, names: &[&str]) -> bool {
    names.iter().any(|name| call.method == name)
}

/// What is done with a lock's guard.
struct Uses<'a> {
    lock: &'a Ident,
    /// The variables that hold the guard.
    guards: Vec<Ident>,
    adds: bool,
    takes: bool,
}

impl Uses<'_> {
    /// Whether `expr` is the lock's guard, or what it guards.
    fn is_guarded(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Path(path) => self.guards.iter().any(|guard| path.path.is_ident(guard)),
            Expr::MethodCall(call) if is(call, &LOCK) => self.is_lock(&call.receiver),
            Expr::MethodCall(call) if is(call, &THROUGH) => self.is_guarded(&call.receiver),
            Expr::Try(inner) => self.is_guarded(&inner.expr),
            Expr::Unary(inner) => self.is_guarded(&inner.expr),
            Expr::Paren(inner) => self.is_guarded(&inner.expr),
            Expr::Reference(inner) => self.is_guarded(&inner.expr),
            _ => false,
        }
    }

    fn is_lock(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Path(path) => path.path.is_ident(self.lock),
            Expr::MethodCall(call) => self.is_lock(&call.receiver),
            Expr::Unary(inner) => self.is_lock(&inner.expr),
            Expr::Paren(inner) => self.is_lock(&inner.expr),
            Expr::Reference(inner) => self.is_lock(&inner.expr),
            _ => false,
        }
    }

    fn bind(&mut self, pattern: &Pat, value: &Expr) {
        let names = bound_names(pattern);
        self.guards.retain(|guard| !names.contains(guard));
        if self.is_guarded(value) {
            self.guards.extend(names);
        }
    }
}

impl VisitMut for Uses<'_> {
    fn visit_local_mut(&mut self, local: &mut Local) {
        visit_mut::visit_local_mut(self, local);
        if let Some(begins) = &local.init {
            self.bind(&local.pat, &begins.expr);
        }
    }

    fn visit_expr_let_mut(&mut self, condition: &mut syn::ExprLet) {
        visit_mut::visit_expr_let_mut(self, condition);
        self.bind(&condition.pat, &condition.expr);
    }

    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        if self.is_guarded(&call.receiver) {
            self.adds |= is(call, &ADD);
            self.takes |= is(call, &TAKE);
        }
        visit_mut::visit_expr_method_call_mut(self, call);
    }

    // `mem::take(&mut *guard)` and its like.
    fn visit_expr_call_mut(&mut self, call: &mut syn::ExprCall) {
        self.takes |= call.args.iter().any(|argument| self.is_guarded(argument));
        visit_mut::visit_expr_call_mut(self, call);
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}
