//! The pool in words, for the documentation of the function that the attribute makes: hovering over a call shows it.

use syn::{Expr, ExprLit, Lit};

use crate::model::function::shown;
use crate::model::{Count, Folded, Model, Options, Span};
use crate::options::Opt;

/// What the pool does, as Markdown lines.
pub(super) fn describe(model: &Model) -> Vec<String> {
    let options = &model.options;
    let nothing = model.function.returns_nothing();
    let (first, others) = match (nothing, model.function.locals.is_empty()) {
        (false, _) => ("`.collect()`,", "`.for_each(..)` or `.stream()` is called."),
        (true, true) => ("`.run()`", "is called."),
        (true, false) if options.meant(Opt::Merge) => ("`.run()`", "or `.merged()` is called."),
        (true, false) => ("`.run()`", "or `.locals()` is called."),
    };
    let mut lines = vec![
        String::new(),
        "# As a worker pool".to_owned(),
        String::new(),
        format!(
            "Takes an input of items and builds a fan-out, which does nothing until a terminal such as {first}"
        ),
        others.to_owned(),
        String::new(),
    ];
    let mut add = |sentence: String| lines.push(format!("- {sentence}"));
    add(workers(options));
    if options.meant(Opt::CpuBound) {
        add("Items never wait for each other.".to_owned());
    }
    if !model.function.feeds.is_empty() {
        add("Items may push further items; the run ends when none is left.".to_owned());
    }
    if !model.function.returns_nothing() {
        add(order(options));
    }
    if let Some(ending) = ending(model) {
        add(ending.to_owned());
    }
    if let Some(limit) = options.time(Opt::Timeout) {
        add(format!("After {} the run is stopped.", time(limit)));
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
    if let Some(key) = options.expr(Opt::ShardBy) {
        add(format!(
            "Items with equal keys (`{}`) run one at a time, in input order.",
            shown(key)
        ));
        if options.meant(Opt::Pinned) {
            add("Each key belongs to one worker.".to_owned());
        }
    }
    if let Some(name) = options.expr(Opt::Name) {
        add(thread_name(name));
    }
    if let Some(size) = options.count(Opt::StackSize) {
        add(format!(
            "Each thread has a stack of {}.",
            counted(size, "byte")
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

/// How the run ends; a time limit has a line of its own.
fn ending(model: &Model) -> Option<&'static str> {
    let options = &model.options;
    let ending = match (
        options.meant(Opt::CancelOnError),
        options.meant(Opt::Ordered),
    ) {
        (false, _) if options.meant(Opt::Timeout) => return None,
        (false, _) if model.function.returns_nothing() => "Every item is handled.",
        (false, _) => "Every result is delivered.",
        (true, true) => {
            "The error of the first item that fails, in input order, stops the run and is its result."
        }
        (true, false) => "The first error stops the run and is its result.",
    };
    Some(ending)
}

fn thread_name(name: &Expr) -> String {
    match name {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => {
            let text = text.value();
            format!("Its threads are called `{text}-0`, `{text}-1` and so on.")
        }
        other => format!(
            "Its threads are named by `{}`, with a number.",
            shown(other)
        ),
    }
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
