//! The rules. Each is one function named for what it asks; none emits code, and each reports all that breaks it.

mod allow;
mod atomics;
mod attributes;
mod body;
mod channel_ends;
mod lifetimes;
mod locks;
mod options;
mod parameters;
mod policy;
mod signature;
mod types;
mod values;
mod variables;

pub(crate) use attributes::{is_in_the_way, is_ours};
pub(crate) use channel_ends::is_channel_end;
pub(crate) use options::cannot_fail;
pub(crate) use parameters::{is_condition, is_no_context};
pub(crate) use policy::{most_workers, workers_above};
pub(crate) use signature::items_of;
pub(crate) use values::{later_of, why_not_zero};

use crate::diagnostics::Diagnostics;
use crate::model::Model;
use crate::policy::Policy;

/// Every rule, on what could be read.
pub(crate) fn check(model: &Model, policy: &Policy, diagnostics: &mut Diagnostics) {
    values::check_numbers(&model.options, diagnostics);
    values::check_words(model, diagnostics);
    values::check_times(&model.options, diagnostics);
    values::check_texts(&model.options, diagnostics);
    options::check_conflicts(model, diagnostics);
    options::check_effects(model, diagnostics);
    options::check_cancels(model, diagnostics);
    options::check_key(model, diagnostics);
    options::check_item_fn(model, diagnostics);
    allow::check_allow(&model.options, diagnostics);
    attributes::check_attributes(&model.function, diagnostics);
    signature::check_qualifiers(&model.function, diagnostics);
    signature::check_receiver(&model.function, diagnostics);
    signature::check_impl_trait(&model.function, diagnostics);
    lifetimes::check_lifetimes(&model.function, diagnostics);
    parameters::check_conditions(&model.function, diagnostics);
    parameters::check_names(&model.function, diagnostics);
    parameters::check_shared(&model.function, diagnostics);
    channel_ends::check_channel_ends(&model.function, diagnostics);
    locks::check_locks(&model.function, diagnostics);
    atomics::check_atomics(&model.function, diagnostics);
    parameters::check_locals(&model.function, diagnostics);
    parameters::check_context(&model.function, diagnostics);
    parameters::check_feed(&model.function, diagnostics);
    body::check(&model.function, diagnostics);
    policy::check_max_workers(model, policy, diagnostics);
    policy::check_required(model, policy, diagnostics);
}
