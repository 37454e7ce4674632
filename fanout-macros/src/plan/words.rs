//! The pool in words, for the documentation of the function that the attribute makes: hovering over a call shows it.

use crate::model::function::shown;
use crate::model::{Count, Folded, Model, Options, Span};
use crate::options::Opt;

/// What the pool does, as Markdown lines.
pub(super) fn describe(model: &Model) -> Vec<String> {
    let options = &model.options;
    let mut lines = vec![
        String::new(),
        "# As a worker pool".to_owned(),
        String::new(),
        "Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,".to_owned(),
        "`.for_each(..)` or `.stream()` is called.".to_owned(),
        String::new(),
    ];
    let mut add = |sentence: String| lines.push(format!("- {sentence}"));
    add(workers(options));
    add(order(options));
    add(ending(options));
    if let Some(limit) = options.time(Opt::Timeout) {
        add(format!("The whole run has {}.", time(limit)));
    }
    if let Some(limit) = options.time(Opt::ItemTimeout) {
        add(format!(
            "Each item has {}, which the function looks at itself.",
            time(limit)
        ));
    }
    if let Some(window) = options.count(Opt::Window) {
        add(format!(
            "At most {} items are taken in and not yet delivered.",
            number(window)
        ));
    }
    if let Some(batch) = options.count(Opt::Batch) {
        add(format!(
            "Workers are handed {} at a time.",
            counted(batch, "item")
        ));
    }
    for shared in &model.function.shared {
        if let Some(name) = shared.name() {
            add(format!("All workers see the same `{name}`."));
        }
    }
    for local in &model.function.locals {
        if let Some(name) = local.parameter.name() {
            let merged = if options.meant(Opt::Merge) {
                "; `.merged()` puts them together"
            } else {
                ""
            };
            add(format!("Each worker has its own `{name}`{merged}."));
        }
    }
    // As a written comment has it: a space before the words.
    lines
        .into_iter()
        .map(|line| {
            if line.is_empty() {
                line
            } else {
                format!(" {line}")
            }
        })
        .collect()
}

fn workers(options: &Options) -> String {
    match options.count(Opt::Workers) {
        None => "One worker for each core.".to_owned(),
        Some(count) => format!("{}.", capitalized(&counted(count, "worker"))),
    }
}

fn order(options: &Options) -> String {
    let order = if options.meant(Opt::Ordered) {
        "Results come in input order."
    } else {
        "Results come in the order in which they are finished."
    };
    order.to_owned()
}

fn ending(options: &Options) -> String {
    let ending = match (
        options.meant(Opt::CancelOnError),
        options.meant(Opt::Ordered),
    ) {
        (false, _) => "Every result is delivered.",
        (true, true) => {
            "The error of the first item that fails, in input order, stops the run and is its result."
        }
        (true, false) => "The first error stops the run and is its result.",
    };
    ending.to_owned()
}

fn number(count: &Count) -> String {
    match count.folded {
        Folded::Known(number) => number.to_string(),
        Folded::Constant | Folded::AtRunTime => format!("`{}`", shown(&count.expr)),
    }
}

fn counted(count: &Count, what: &str) -> String {
    match count.folded {
        Folded::Known(1) => format!("1 {what}"),
        _ => format!("{} {what}s", number(count)),
    }
}

fn time(span: &Span) -> String {
    match span.known {
        Some(known) => humantime::format_duration(known).to_string(),
        None => format!("`{}`", shown(&span.expr)),
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
