//! The options as they were written.

use core::time::Duration;
use proc_macro2::Ident;
use syn::{Expr, LitStr, Path};

use crate::options::Opt;

/// All options, in the order of the source. Each at most once: a repetition was reported and left out.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) written: Vec<Written>,
    /// Options that were meant, as their name shows, but whose value could not be read. They were reported; rules that
    /// ask whether an option is there must not complain that it is missing.
    pub(crate) unreadable: Vec<Opt>,
    /// Options that were probably meant by a name that there is not. That was reported, too.
    pub(crate) guessed: Vec<Opt>,
    /// Values of what could not be made an option: somebody imported something for them.
    pub(crate) spare: Vec<Expr>,
    /// Whether something was written of which nobody knows what it was meant to be.
    pub(crate) lost: bool,
}

/// One option.
pub(crate) struct Written {
    pub(crate) option: Opt,
    /// Its name, where the caret goes when the option itself is the mistake.
    pub(crate) key: Ident,
    pub(crate) value: Value,
}

/// What stood behind the name.
pub(crate) enum Value {
    Nothing,
    Count(Count),
    Time(Span),
    Text(Expr),
    Function(Expr),
    NewName(Ident),
    Module(Path),
    Codes(Allow),
}

/// What `allow(..)` silences.
pub(crate) struct Allow {
    pub(crate) codes: Vec<Ident>,
    /// What it says about why.
    pub(crate) reason: Option<LitStr>,
}

/// A number.
pub(crate) struct Count {
    pub(crate) expr: Expr,
    pub(crate) folded: Folded,
}

/// What is known of a number before the program is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Folded {
    /// The number itself.
    Known(u128),
    /// The compiler knows it: a constant, or arithmetic over constants.
    Constant,
    /// Only the running program knows it.
    AtRunTime,
}

/// A span of time.
pub(crate) struct Span {
    pub(crate) expr: Expr,
    /// What the text says; `None` for an expression.
    pub(crate) known: Option<Duration>,
    /// Whether the expression is a constant by its spelling: then the compiler knows it.
    pub(crate) constant: bool,
}

impl Options {
    /// Adds what `other` says and these do not.
    pub(crate) fn take_in(&mut self, other: Options) {
        for written in other.written {
            if !self.meant(written.option) {
                self.written.push(written);
            }
        }
        self.unreadable.extend(other.unreadable);
        self.guessed.extend(other.guessed);
        self.spare.extend(other.spare);
        self.lost |= other.lost;
    }

    /// The option, if it is there and could be read.
    pub(crate) fn get(&self, option: Opt) -> Option<&Written> {
        self.written.iter().find(|written| written.option == option)
    }

    /// Whether the option was meant, readable or not.
    pub(crate) fn meant(&self, option: Opt) -> bool {
        let reported = || self.unreadable.iter().chain(&self.guessed);
        self.get(option).is_some() || reported().any(|meant| *meant == option)
    }

    /// The number of `option`.
    pub(crate) fn count(&self, option: Opt) -> Option<&Count> {
        match &self.get(option)?.value {
            Value::Count(count) => Some(count),
            _ => None,
        }
    }

    /// The time of `option`.
    pub(crate) fn time(&self, option: Opt) -> Option<&Span> {
        match &self.get(option)?.value {
            Value::Time(span) => Some(span),
            _ => None,
        }
    }

    /// The expression of `option`: a text or a function.
    pub(crate) fn expr(&self, option: Opt) -> Option<&Expr> {
        match &self.get(option)?.value {
            Value::Text(expr) | Value::Function(expr) => Some(expr),
            _ => None,
        }
    }

    /// The name that `item_fn` gives.
    pub(crate) fn item_fn(&self) -> Option<&Ident> {
        match &self.get(Opt::ItemFn)?.value {
            Value::NewName(name) => Some(name),
            _ => None,
        }
    }

    /// Where `fanout` is re-exported.
    pub(crate) fn module(&self) -> Option<&Path> {
        match &self.get(Opt::Crate)?.value {
            Value::Module(path) => Some(path),
            _ => None,
        }
    }

    /// What `allow(..)` says.
    pub(crate) fn allow(&self) -> Option<&Allow> {
        match &self.get(Opt::Allow)?.value {
            Value::Codes(allow) => Some(allow),
            _ => None,
        }
    }

    /// The codes in `allow(..)`.
    pub(crate) fn allowed(&self) -> &[Ident] {
        self.allow().map_or(&[], |allow| &allow.codes)
    }
}
