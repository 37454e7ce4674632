//! Sorts the parameters by their role attribute.

use syn::{Attribute, Expr, FnArg, Meta, PatType, Receiver, Signature, Token, Type};

use super::meant::Meant;
use super::said;
use crate::check::{is_channel_end, is_condition};
use crate::diagnostics::near_miss::nearest;
use crate::diagnostics::{Diagnostic, Diagnostics, Problem};
use crate::model::function::shown;
use crate::model::{Local, Parameter, Unclear};

/// The parameters, sorted.
#[derive(Default)]
pub(super) struct Roles {
    pub(super) receiver: Option<Receiver>,
    pub(super) item: Option<Parameter>,
    pub(super) shared: Vec<Parameter>,
    pub(super) locals: Vec<Local>,
    pub(super) contexts: Vec<Parameter>,
    pub(super) feeds: Vec<Parameter>,
    pub(super) unclear: Unclear,
}

/// What a role attribute says.
enum Role {
    Shared,
    Local(Box<Expr>, Option<Token![try]>),
    Context,
    Feed,
    /// Meant as a role, and reported: as this one, if it is known which.
    Unclear(Option<Meant>),
}

const ROLES: [&str; 4] = ["shared", "local", "ctx", "feed"];
/// What other tools, and a first guess, call our roles.
const OTHER_ROLES: &[(&str, &str)] = &[
    ("share", "shared"),
    ("global", "shared"),
    ("state", "shared"),
    ("arg", "shared"),
    ("data", "shared"),
    ("worker", "local"),
    ("worker_local", "local"),
    ("thread_local", "local"),
    ("init", "local"),
    ("per_worker", "local"),
    ("context", "ctx"),
    ("cx", "ctx"),
    ("cancel", "ctx"),
    ("token", "ctx"),
    ("feeder", "feed"),
    ("queue", "feed"),
    ("push", "feed"),
];
/// Attributes that may stand on a parameter and are none of our business.
const OTHERS: [&str; 8] = [
    "allow", "warn", "deny", "forbid", "expect", "cfg", "cfg_attr", "doc",
];

/// Sorts the parameters of `signature`.
pub(super) fn parse(signature: &Signature, diagnostics: &mut Diagnostics) -> Roles {
    let mut roles = Roles::default();
    let mut first = true;
    for input in &signature.inputs {
        match input {
            FnArg::Receiver(receiver) => roles.receiver = Some(receiver.clone()),
            FnArg::Typed(typed) => {
                sort(typed, first, &mut roles, diagnostics);
                first = false;
            }
        }
    }
    if first {
        let none = Diagnostic::at(Problem::NoItem, &signature.ident);
        diagnostics.push(none.with("function", signature.ident.to_string()));
    }
    roles
}

fn sort(typed: &PatType, first: bool, roles: &mut Roles, diagnostics: &mut Diagnostics) {
    let (role, parameter) = split(typed, first, diagnostics);
    if let (true, Some((_, name, attribute))) = (first, &role) {
        let taken = Diagnostic::at(Problem::ItemWithRole, attribute.path());
        diagnostics.push(taken.with("role", name.clone()));
    }
    match role {
        None if roles.item.is_none() => roles.item = Some(parameter),
        None => {
            // Under a condition there may be a role, and the condition is reported.
            if !parameter.attributes.iter().any(is_condition) {
                let problem = if is_channel_end(&parameter.ty) {
                    Problem::UnmarkedEnd
                } else {
                    Problem::UnmarkedParameter
                };
                let unmarked = Diagnostic::at(problem, &parameter.pattern);
                diagnostics.push(unmarked.with("parameter", parameter.shown()));
            }
            match Meant::by_type(&parameter.ty) {
                Meant::Shared => roles.unclear.unmarked.push(parameter),
                meant => meant.add(parameter, &mut roles.unclear),
            }
        }
        Some((Role::Shared, ..)) => roles.shared.push(parameter),
        Some((Role::Unclear(meant), ..)) => {
            roles.unclear.guessed |= meant.is_none();
            let meant = meant.unwrap_or_else(|| Meant::by_type(&parameter.ty));
            meant.add(parameter, &mut roles.unclear);
        }
        Some((Role::Context, _, attribute)) => {
            if !roles.contexts.is_empty() {
                diagnostics.push(Diagnostic::at(Problem::TwoContexts, attribute.path()));
            }
            roles.contexts.push(parameter);
        }
        Some((Role::Feed, _, attribute)) => {
            if !roles.feeds.is_empty() {
                diagnostics.push(Diagnostic::at(Problem::TwoFeeds, attribute.path()));
            }
            roles.feeds.push(parameter);
        }
        Some((Role::Local(begins, fallible), ..)) => roles.locals.push(Local {
            parameter,
            begins: *begins,
            fallible,
        }),
    }
}

/// The parameter without its role, and the role with its name and attribute.
fn split<'a>(
    typed: &'a PatType,
    first: bool,
    diagnostics: &mut Diagnostics,
) -> (Option<(Role, String, &'a Attribute)>, Parameter) {
    let mut found: Option<(Role, String, &Attribute)> = None;
    let mut attributes = Vec::new();
    for attribute in &typed.attrs {
        let Some(name) = role_name(attribute) else {
            attributes.push(attribute.clone());
            continue;
        };
        if first && ["item", "input"].contains(&name.as_str()) {
            let not_needed = Diagnostic::at(Problem::ItemRole, attribute.path());
            diagnostics.push(not_needed.with("role", name));
            continue;
        }
        let role = read(attribute, &name, diagnostics);
        if found.is_some() {
            let second = Diagnostic::at(Problem::TwoRoles, attribute.path());
            diagnostics.push(second.with("role", name.clone()));
        }
        // Of two the one is meant that the type is for.
        let meant = Meant::by_role(&name) == Meant::by_type(&typed.ty);
        if found.is_none() || meant {
            found = Some((role, name, attribute));
        }
    }
    let parameter = Parameter {
        attributes,
        pattern: (*typed.pat).clone(),
        ty: ungrouped((*typed.ty).clone()),
    };
    (found, parameter)
}

/// A type that a `macro_rules` fragment put into invisible brackets, without them.
fn ungrouped(ty: Type) -> Type {
    match ty {
        Type::Group(group) => ungrouped(*group.elem),
        ty => ty,
    }
}

/// The name of an attribute that is, or was meant to be, a role.
fn role_name(attribute: &Attribute) -> Option<String> {
    let name = attribute.path().get_ident()?.to_string();
    (!OTHERS.contains(&name.as_str())).then_some(name)
}

/// Whether `attribute` is nothing that was meant as a role.
pub(crate) fn is_no_role(attribute: &Attribute) -> bool {
    role_name(attribute).is_none()
}

fn read(attribute: &Attribute, name: &str, diagnostics: &mut Diagnostics) -> Role {
    match name {
        "shared" | "ctx" | "feed" => {
            if !matches!(attribute.meta, Meta::Path(_)) {
                let arguments = Diagnostic::at(Problem::RoleWithArguments, attribute.path());
                diagnostics.push(arguments.with("role", name));
            }
            match name {
                "ctx" => Role::Context,
                "feed" => Role::Feed,
                _ => Role::Shared,
            }
        }
        "local" => read_local(attribute).unwrap_or_else(|problem| {
            diagnostics.push(problem);
            Role::Unclear(Some(Meant::Local))
        }),
        _ => {
            let near = match nearest(name, ROLES, OTHER_ROLES) {
                // Only a state begins with a value.
                Some("shared") if matches!(&attribute.meta, Meta::List(list) if !list.tokens.is_empty()) => {
                    Some("local")
                }
                near => near,
            };
            let hint = near.map_or_else(String::new, |near| format!("; did you mean `#[{near}]`?"));
            let unknown = Diagnostic::at(Problem::UnknownRole, attribute.path());
            diagnostics.push(unknown.with("role", name).with("near", hint));
            Role::Unclear(near.map(Meant::by_role))
        }
    }
}

fn read_local(attribute: &Attribute) -> Result<Role, Diagnostic> {
    let missing = || Diagnostic::at(Problem::LocalWithoutValue, attribute.path());
    let Meta::List(list) = &attribute.meta else {
        return Err(missing());
    };
    if list.tokens.is_empty() {
        return Err(missing());
    }
    let parse = |input: syn::parse::ParseStream<'_>| {
        // `try { .. }` would be a block of its own; nothing else starts with this word.
        let fallible: Option<Token![try]> = input.parse()?;
        let begins: Expr = input.parse()?;
        Ok((begins, fallible))
    };
    let (begins, fallible) = list.parse_args_with(parse).map_err(|error| {
        Diagnostic::on(Problem::LocalMalformed, error.span()).with("why", said(&error))
    })?;
    if let Expr::Assign(assigned) = &begins {
        return Err(Diagnostic::at(Problem::LocalAssigned, assigned)
            .with("found", shown(assigned))
            .with("value", shown(&assigned.right)));
    }
    Ok(Role::Local(Box::new(begins), fallible))
}
