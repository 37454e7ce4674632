//! What will be emitted, decided: a [`Plan`] holds no option, no default and no choice that is still open.

mod attributes;
mod doubt;
mod feed;
mod generics;
mod keep;
mod lifetimes;
mod meant;
mod original;
mod outlives;
mod repair;
mod settings;
mod shared;
mod state;
mod words;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::{Attribute, Generics, Path, Receiver, ReturnType, Signature, Type, Visibility};

pub(crate) use attributes::Attributes;
pub(crate) use doubt::{Doubt, any_type};
pub(crate) use feed::Feed;
pub(crate) use generics::PlannedGenerics;
pub(crate) use keep::Kept;
pub(crate) use original::Original;
pub(crate) use settings::{Assertion, Condition, Setting, Where};
pub(crate) use shared::Shared;
pub(crate) use state::{Begin, Form, Merge, State};

use crate::diagnostics::{Diagnostic, compile_errors};
use crate::model::function::Parameter;
use crate::model::mentions::{mentions, mentions_own_receiver, mentions_own_self};
use crate::model::{Function, Model};
use crate::options::Opt;
use crate::policy::Policy;

/// The expansion, decided.
pub(crate) struct Plan {
    /// Where the runtime is: `::fanout`.
    pub(crate) root: Path,
    pub(crate) name: Ident,
    pub(crate) visibility: Visibility,
    pub(crate) attributes: Attributes,
    /// What the pool does, line by line.
    pub(crate) words: Vec<String>,
    pub(crate) placement: Placement,
    /// The function's own, without the input's marker.
    pub(crate) generics: PlannedGenerics,
    /// The type parameter for the kind of input.
    pub(crate) marker: Ident,
    /// The hidden function that returns the body.
    pub(crate) item_name: Ident,
    /// The hidden function that returns the beginning of a worker's state.
    pub(crate) begin_name: Ident,
    pub(crate) item: Parameter,
    pub(crate) shared: Vec<Shared>,
    /// Whether the body's closure has to own `self`, whatever the body does with it.
    pub(crate) keeps_self: bool,
    /// Whether the body's closure captures `self` for certain.
    pub(crate) captures_self: bool,
    pub(crate) contexts: Vec<Parameter>,
    pub(crate) feed: Option<Feed>,
    pub(crate) state: State,
    pub(crate) output: Output,
    pub(crate) ordered: bool,
    pub(crate) ending: Ending,
    /// Builder calls before the item function is given, in order.
    pub(crate) settings: Vec<Setting>,
    pub(crate) assertions: Vec<Assertion>,
    pub(crate) warnings: Vec<Diagnostic>,
    /// Whether the function is allowed to use what is deprecated. That is about its body, and not about our warnings.
    pub(crate) allows_deprecated: bool,
    /// Files that the expansion depends on, beside the source.
    pub(crate) files: Vec<String>,
    pub(crate) body: Body,
    pub(crate) item_fn: ItemFn,
    /// The function of a rejected plan as it was written.
    pub(crate) original: Option<Original>,
    /// What its callers may make of a rejected function, and the error that is said in its place.
    pub(crate) doubt: Option<(Doubt, TokenStream)>,
}

/// Where the hidden functions live.
pub(crate) enum Placement {
    /// Inside the pool function: this works in a module, a body and an `impl` block alike.
    Inside,
    /// Beside it in the same `impl` block, as they need its `Self`. The receiver, if there is one, is handed on.
    Beside(Vec<Receiver>),
}

/// The result of the item function.
pub(crate) struct Output {
    /// `-> T`, or nothing.
    pub(crate) arrow: TokenStream,
    /// `T`, or `()`.
    pub(crate) ty: TokenStream,
    /// Whether it can be asked here what the type is able to do. If it has one of the function's parameters in it, or may have
    /// one of the `impl`'s, that depends on the caller.
    pub(crate) is_known: bool,
}

/// How the run can end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    RunsToEnd,
    CancelOnError,
    StoppableRunsToEnd,
    StoppableCancelOnError,
}

impl Ending {
    /// Whether an item's error stops the run.
    pub(crate) fn cancels(self) -> bool {
        matches!(self, Self::CancelOnError | Self::StoppableCancelOnError)
    }

    /// Whether a deadline can stop the run.
    pub(crate) fn can_be_stopped(self) -> bool {
        matches!(
            self,
            Self::StoppableRunsToEnd | Self::StoppableCancelOnError
        )
    }
}

impl Plan {
    fn add_setting(&mut self, method: &str, argument: TokenStream) {
        self.settings.push(Setting {
            method: format_ident!("{method}"),
            argument,
        });
    }
}

/// What an item's call does.
pub(crate) enum Body {
    /// The user's, braces included, untouched.
    Written(TokenStream),
    /// The user's, and errors in front of it.
    Doubted {
        body: TokenStream,
        errors: TokenStream,
    },
    /// Nothing: the function was rejected, and only its signature is kept for callers.
    Rejected,
}

/// The per-item function.
pub(crate) enum ItemFn {
    Dropped,
    /// Kept under a name: everything in front of its body.
    Kept(TokenStream),
}

/// The plan of a model without mistakes.
pub(crate) fn plan(model: &Model, policy: &Policy, warnings: Vec<Diagnostic>) -> Plan {
    let function = &model.function;
    let named = lifetimes::name(function);
    let root = model
        .options
        .module()
        .cloned()
        .unwrap_or_else(|| syn::parse_quote!(::fanout));
    let everything = everything(model);
    let shared = shared::plan(function, &named.shared);
    let state = state::plan(model, &shared, &root, &named.output);
    let placement = plan_placement(model, &named);
    let in_impl = matches!(placement, Placement::Beside(_));
    let locals = function.locals.iter();
    let with_references: Vec<Type> = core::iter::once(named.item.ty.clone())
        .chain(locals.map(|local| state::target(local).clone()))
        .collect();
    Plan {
        name: function.signature.ident.clone(),
        visibility: function.visibility.clone(),
        attributes: attributes::plan(function),
        allows_deprecated: attributes::allows_deprecated(function),
        words: words::describe(model),
        item_name: hidden_name(function, &placement, "item", &everything),
        begin_name: hidden_name(function, &placement, "local", &everything),
        placement,
        marker: free_name(&["M", "Kind", "InputKind"], &everything),
        item: named.item.clone(),
        keeps_self: !function.self_is_copy(),
        captures_self: !function.self_is_copy() || mentions_own_receiver(&function.body.stream()),
        contexts: function.contexts.clone(),
        feed: feed::plan(&named),
        output: plan_output(&named.output, &named.generics, in_impl),
        ordered: model.options.meant(Opt::Ordered),
        ending: plan_ending(model),
        settings: settings::plan(model, policy),
        assertions: settings::plan_assertions(model, policy),
        warnings,
        files: policy.files().map(str::to_owned).collect(),
        body: Body::Written(function.body.to_token_stream()),
        item_fn: plan_item_fn(model, &named),
        original: None,
        doubt: None,
        generics: PlannedGenerics::new(named.generics, in_impl, with_references),
        root,
        shared,
        state,
    }
}

/// The plan of a model that would compile, and does not by our word.
pub(crate) fn plan_doubted(model: &Model, policy: &Policy, errors: TokenStream) -> Plan {
    let mut plan = plan(model, policy, Vec::new());
    plan.body = Body::Doubted {
        body: model.function.body.to_token_stream(),
        errors,
    };
    plan
}

/// The plan of a model with mistakes, the `errors`: the same signature for callers, and nothing behind it. The function itself
/// is kept beside, so that an import for it is not said to be unused. Returned are, too, the errors that the plan does not say.
pub(crate) fn plan_rejected(mut model: Model, errors: &[Diagnostic]) -> (Plan, TokenStream) {
    let mut unsaid = errors;
    let doubt = doubt::doubt(&model, errors);
    // In the order in which the compiler comes by; of a few errors what a call gives has the first.
    let left = errors.len().saturating_sub(usize::from(doubt.is_some()));
    let unknown = doubt::count_arguments(&model.function).min(left);
    let unknown: Vec<_> = (0..unknown).filter_map(|_| take(&mut unsaid)).collect();
    let doubt = doubt.and_then(|doubt| Some((doubt, take(&mut unsaid)?)));
    let original = original::keep(&model, errors, take(&mut unsaid));
    let mut unknown = unknown.into_iter().rev().collect();
    repair::repair(&mut model, &mut unknown);
    let mut plan = plan(&model, &Policy::default(), Vec::new());
    repair::empty(&mut plan);
    plan.doubt = doubt.map(|(doubt, error)| (doubt.at(&plan.placement), error));
    plan.original = original.map(|mut original| {
        if !original.is_named {
            let taken = everything(&model);
            let name = hidden_name(&model.function, &plan.placement, "original", &taken);
            original.signature.ident = name;
        }
        original
    });
    // What was an argument may have become the item.
    let mut rest: TokenStream = unknown.into_iter().rev().collect();
    rest.extend(compile_errors(unsaid));
    (plan, rest)
}

/// The first of `unsaid`, which has to be said where it is taken to, and once.
fn take(unsaid: &mut &[Diagnostic]) -> Option<TokenStream> {
    let (first, others) = unsaid.split_first()?;
    *unsaid = others;
    Some(first.to_compile_error())
}

fn plan_placement(model: &Model, named: &lifetimes::Named) -> Placement {
    let function = &model.function;
    if let Some(receiver) = &named.receiver {
        return Placement::Beside(vec![receiver.clone()]);
    }
    let own_self = mentions_own_self(&function.signature.to_token_stream())
        || mentions_own_self(&function.body.to_token_stream());
    if own_self {
        Placement::Beside(Vec::new())
    } else {
        Placement::Inside
    }
}

fn plan_output(output: &ReturnType, generics: &Generics, in_impl: bool) -> Output {
    let nothing = Output {
        arrow: TokenStream::new(),
        ty: quote!(()),
        is_known: false,
    };
    match output {
        ReturnType::Default => nothing,
        ReturnType::Type(_, ty) if matches!(&**ty, Type::Tuple(unit) if unit.elems.is_empty()) => {
            nothing
        }
        ReturnType::Type(_, ty) => {
            let ty = ty.to_token_stream();
            let mut parameters = generics.type_params();
            Output {
                arrow: output.to_token_stream(),
                is_known: !in_impl
                    && !parameters.any(|parameter| mentions(&ty, &parameter.ident.to_string())),
                ty,
            }
        }
    }
}

fn plan_ending(model: &Model) -> Ending {
    let cancels = model.options.meant(Opt::CancelOnError);
    match (model.options.meant(Opt::Timeout), cancels) {
        (false, false) => Ending::RunsToEnd,
        (false, true) => Ending::CancelOnError,
        (true, false) => Ending::StoppableRunsToEnd,
        (true, true) => Ending::StoppableCancelOnError,
    }
}

/// `fn name<..>(..) -> ..`, roles stripped.
fn plan_item_fn(model: &Model, named: &lifetimes::Named) -> ItemFn {
    let Some(name) = model.options.item_fn() else {
        return ItemFn::Dropped;
    };
    let mut signature = named.signature.clone();
    signature.ident = name.clone();
    strip_roles(&mut signature);
    ItemFn::Kept(signature.to_token_stream())
}

fn strip_roles(signature: &mut Signature) {
    for input in &mut signature.inputs {
        if let syn::FnArg::Typed(typed) = input {
            typed.attrs.retain(|attribute| !is_role(attribute));
        }
    }
}

fn is_role(attribute: &Attribute) -> bool {
    ["shared", "local", "ctx", "feed"]
        .iter()
        .any(|role| attribute.path().is_ident(role))
}

/// All that the user wrote, for choosing names that are not in it.
fn everything(model: &Model) -> TokenStream {
    let function = &model.function;
    let mut all = function.signature.to_token_stream();
    all.extend(function.body.to_token_stream());
    for written in &model.options.written {
        match &written.value {
            crate::model::Value::Count(count) => count.expr.to_tokens(&mut all),
            crate::model::Value::Time(span) => span.expr.to_tokens(&mut all),
            crate::model::Value::Text(expr) | crate::model::Value::Function(expr) => {
                expr.to_tokens(&mut all);
            }
            _ => {}
        }
    }
    all
}

/// `thumbnail_item`, unless the user means something by that.
fn hidden_name(
    function: &Function,
    placement: &Placement,
    what: &str,
    taken: &TokenStream,
) -> Ident {
    let prefix = match placement {
        Placement::Inside => "",
        // Among the methods of a type it has to be a name that no method has. In an `impl` of a trait, which a macro on a method
        // cannot see, the compiler says that "method `..` is not a member of trait": so it says why.
        Placement::Beside(_) => "__fanout_not_for_traits_",
    };
    let name = format!("{prefix}{}_{what}", function.signature.ident.unraw());
    free_name(&[&name], taken)
}

/// The first of `names` that the user did not write; else the last with underscores until it is free.
fn free_name(names: &[&str], taken: &TokenStream) -> Ident {
    let free = names.iter().find(|name| !mentions(taken, name));
    let mut name = free.or(names.last()).copied().unwrap_or("M").to_owned();
    while mentions(taken, &name) {
        name.push('_');
    }
    format_ident!("{name}")
}
