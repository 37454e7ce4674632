//! Other attributes on the function.

use syn::Attribute;

use crate::diagnostics::{Diagnostic, Diagnostics, Problem};
use crate::model::Function;
use crate::model::function::shown;

/// A second one would see what the first one made.
const OURS: &str = "fan_out";

/// Attributes about one symbol or one function's machine code, which would be lost or mean something else.
const IN_THE_WAY: [&str; 5] = [
    "target_feature",
    "no_mangle",
    "export_name",
    "link_section",
    "naked",
];

/// Attributes that make a function which is called by itself: `#[test]`, `#[tokio::main]`.
const BY_ITSELF: [&str; 3] = ["test", "bench", "main"];

/// Attributes that cannot be carried over.
pub(super) fn check_attributes(function: &Function, diagnostics: &mut Diagnostics) {
    for attribute in &function.attributes {
        let name = name_of(attribute);
        if is_ours(attribute) {
            diagnostics.push(Diagnostic::at(Problem::Twice, attribute.path()));
        } else if IN_THE_WAY.contains(&name.as_str()) {
            let in_the_way = Diagnostic::at(Problem::AttributeInTheWay, attribute.path());
            diagnostics.push(in_the_way.with("attribute", name));
        } else if is_by_itself(attribute) {
            let by_itself = Diagnostic::at(Problem::CalledByItself, attribute.path());
            diagnostics.push(by_itself.with("attribute", shown(attribute.path())));
        }
    }
}

/// Whether `attribute` is another `#[fan_out]`.
pub(crate) fn is_ours(attribute: &Attribute) -> bool {
    name_of(attribute) == OURS
}

/// Whether `attribute` makes a function that is called by itself.
pub(super) fn is_by_itself(attribute: &Attribute) -> bool {
    BY_ITSELF.contains(&name_of(attribute).as_str())
}

/// Whether `attribute` was rejected here.
pub(crate) fn is_in_the_way(attribute: &Attribute) -> bool {
    let name = name_of(attribute);
    is_ours(attribute) || IN_THE_WAY.contains(&name.as_str()) || is_by_itself(attribute)
}

fn name_of(attribute: &Attribute) -> String {
    match attribute.path().segments.last() {
        // `unsafe(no_mangle)` says it inside.
        Some(last) if last.ident == "unsafe" => inner_name(attribute),
        Some(last) => last.ident.to_string(),
        None => String::new(),
    }
}

fn inner_name(attribute: &Attribute) -> String {
    match &attribute.meta {
        syn::Meta::List(list) => list
            .tokens
            .clone()
            .into_iter()
            .next()
            .map_or_else(String::new, |token| token.to_string()),
        _ => String::new(),
    }
}
