//! What names mean at a place in a body, as far as the body says it itself: a rule is about the marked parameter and about
//! functions of std, not about words. What was imported outside of the body cannot be seen.

use syn::ext::IdentExt;
use syn::{Block, Ident, Item, Pat, Path, Stmt, UseTree};

use super::things::Thing;
use crate::model::function::bound_names;

/// What a name was made to mean by the body.
#[derive(Clone)]
enum Meaning {
    /// A variable or a function of its own, and what is known of it.
    Value(Option<Thing>),
    /// A module or a type of its own.
    Place,
    /// Whatever is at this path.
    Import(Vec<String>),
}

/// What one block, closure or pattern says, in its order: the last word counts.
#[derive(Default)]
struct Scope {
    names: Vec<(String, Meaning)>,
    /// The paths of `use path::*`.
    globs: Vec<Vec<String>>,
}

/// The scopes around a place, the innermost last.
#[derive(Default)]
pub(super) struct Names {
    scopes: Vec<Scope>,
}

/// However often imports lead to others.
const FAR: usize = 8;

impl Names {
    pub(super) fn enter(&mut self) {
        self.scopes.push(Scope::default());
    }

    pub(super) fn leave(&mut self) {
        self.scopes.pop();
    }

    /// The variables of `pattern`, from here on.
    pub(super) fn bind(&mut self, pattern: &Pat) {
        for name in bound_names(pattern) {
            self.add(&name, Meaning::Value(None));
        }
    }

    /// The variable `name`, from here on, which is this thing.
    pub(super) fn bind_thing(&mut self, name: &Ident, thing: Thing) {
        self.add(name, Meaning::Value(Some(thing)));
    }

    /// The items of `block`, which are there from its beginning.
    pub(super) fn bind_items(&mut self, block: &Block) {
        for statement in &block.stmts {
            if let Stmt::Item(item) = statement {
                self.bind_item(item);
            }
        }
    }

    fn bind_item(&mut self, item: &Item) {
        match item {
            Item::Fn(item) => self.add(&item.sig.ident, Meaning::Value(None)),
            Item::Const(item) => self.add(&item.ident, Meaning::Value(None)),
            Item::Static(item) => self.add(&item.ident, Meaning::Value(None)),
            Item::Mod(item) => self.add(&item.ident, Meaning::Place),
            Item::Enum(item) => self.add(&item.ident, Meaning::Place),
            Item::Trait(item) => self.add(&item.ident, Meaning::Place),
            Item::Type(item) => self.add(&item.ident, Meaning::Place),
            Item::Struct(item) => {
                self.add(&item.ident, Meaning::Place);
                self.add(&item.ident, Meaning::Value(None));
            }
            Item::Use(item) => self.bind_use(&item.tree, &mut Vec::new()),
            _ => {}
        }
    }

    fn bind_use(&mut self, tree: &UseTree, before: &mut Vec<String>) {
        let mut path = before.clone();
        match tree {
            UseTree::Path(tree) => {
                before.push(tree.ident.unraw().to_string());
                self.bind_use(&tree.tree, before);
                before.pop();
            }
            UseTree::Name(tree) if tree.ident == "self" => {
                if let Some(name) = path.last().cloned() {
                    self.add_named(name, Meaning::Import(path));
                }
            }
            UseTree::Name(tree) => {
                path.push(tree.ident.unraw().to_string());
                self.add(&tree.ident, Meaning::Import(path));
            }
            UseTree::Rename(tree) => {
                if tree.ident != "self" {
                    path.push(tree.ident.unraw().to_string());
                }
                self.add(&tree.rename, Meaning::Import(path));
            }
            UseTree::Glob(_) => {
                if let Some(scope) = self.scopes.last_mut() {
                    scope.globs.push(path);
                }
            }
            UseTree::Group(tree) => {
                for tree in &tree.items {
                    self.bind_use(tree, before);
                }
            }
        }
    }

    fn add(&mut self, name: &Ident, meaning: Meaning) {
        self.add_named(name.unraw().to_string(), meaning);
    }

    fn add_named(&mut self, name: String, meaning: Meaning) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.names.push((name, meaning));
        }
    }

    /// What the variable `name` is, if rules are about it.
    pub(super) fn thing(&self, name: &Ident) -> Option<Thing> {
        match self.found(&name.unraw().to_string(), true)? {
            Meaning::Value(thing) => *thing,
            Meaning::Place | Meaning::Import(_) => None,
        }
    }

    /// Whether the body or the signature says what `name` is.
    pub(super) fn knows(&self, name: &Ident) -> bool {
        self.found(&name.unraw().to_string(), true).is_some()
    }

    /// The path of the function that `path` calls, with what the body's own imports say; `None` where it is the body's own.
    pub(super) fn called(&self, path: &Path) -> Option<Vec<String>> {
        let segments = path.segments.iter();
        let mut words: Vec<String> = segments.map(|s| s.ident.unraw().to_string()).collect();
        if path.leading_colon.is_some() {
            return Some(words);
        }
        for _ in 0..FAR {
            let alone = words.len() == 1;
            let first = words.first()?;
            match self.found(first, alone) {
                Some(Meaning::Import(path)) => {
                    // In `use mem::{self, forget}` it is the `mem` from outside.
                    let from_outside = path.first() == Some(first);
                    let path = path.clone();
                    words.splice(0..1, path);
                    if from_outside {
                        return Some(words);
                    }
                }
                Some(Meaning::Value(_) | Meaning::Place) => return None,
                None if alone => return self.through_globs(words),
                None => return Some(words),
            }
        }
        None
    }

    fn found(&self, name: &str, alone: bool) -> Option<&Meaning> {
        let fits = |meaning: &Meaning| match meaning {
            Meaning::Value(_) => alone,
            Meaning::Place => !alone,
            Meaning::Import(_) => true,
        };
        let inside_out = self.scopes.iter().rev();
        inside_out
            .flat_map(|scope| scope.names.iter().rev())
            .find(|(known, meaning)| known == name && fits(meaning))
            .map(|(_, meaning)| meaning)
    }

    /// A name that nothing but a `use path::*` could have brought into the body, if it did not come from outside.
    fn through_globs(&self, words: Vec<String>) -> Option<Vec<String>> {
        let mut globs = self.scopes.iter().rev().flat_map(|scope| &scope.globs);
        match globs.next() {
            None => Some(words),
            // It may or may not be there.
            Some(_) if globs.next().is_some() => None,
            Some(glob) => Some(glob.iter().cloned().chain(words).collect()),
        }
    }
}
