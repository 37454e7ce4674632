//! Values that cannot be meant, as far as they are known before the program runs.

use syn::{Expr, Lit};

use crate::diagnostics::{Diagnostic, Diagnostics, Problem};
use crate::model::{Count, Folded, Model, Options, Value};
use crate::options::{Opt, Takes};

/// Why a zero is a mistake.
pub(crate) fn why_not_zero(option: Opt) -> &'static str {
    match option {
        Opt::Workers => "a run without workers would never end",
        Opt::Window => "a run with no room for an item would never end",
        Opt::Batch => "a worker that is handed no items would never end",
        Opt::StackSize => "a thread needs a stack",
        _ => "every run would be over before it began",
    }
}

/// Zero and more than can be meant.
pub(super) fn check_numbers(options: &Options, diagnostics: &mut Diagnostics) {
    for written in &options.written {
        let (Value::Count(count), Takes::Count { most, beyond }) =
            (&written.value, written.option.row().takes)
        else {
            continue;
        };
        let Folded::Known(number) = count.folded else {
            continue;
        };
        if number == 0 {
            diagnostics.push(zero(written.option, &count.expr, "1"));
        } else if number > most {
            let large = Diagnostic::at(Problem::TooLarge, &count.expr)
                .with("option", written.option.name())
                .with("value", number.to_string())
                .with("why", beyond)
                .with("most", most.to_string());
            diagnostics.push(large);
        }
    }
    check_stack(options, diagnostics);
    check_batch_fits(options, diagnostics);
    check_worker_count(options, diagnostics);
}

/// What Linux gives a thread at least.
const LEAST_STACK: u128 = 16 << 10;

/// A size that can only be meant in a larger unit.
fn check_stack(options: &Options, diagnostics: &mut Diagnostics) {
    let Some(size) = options.count(Opt::StackSize) else {
        return;
    };
    let Folded::Known(bytes) = size.folded else {
        return;
    };
    if 0 < bytes && bytes < LEAST_STACK {
        let (example, for_size) = match bytes {
            // Of these nobody would have counted the bytes.
            ..=1024 => (format!("{bytes} << 20"), format!("{bytes} MiB")),
            _ => ("64 << 10".to_owned(), "64 KiB".to_owned()),
        };
        let tiny = Diagnostic::at(Problem::TinyStack, &size.expr)
            .with("value", bytes.to_string())
            .with("bytes", example)
            .with("size", for_size);
        diagnostics.push(tiny);
    }
}

/// Words that stand where a number should: none of them is one, if no parameter is called so.
pub(super) fn check_words(model: &Model, diagnostics: &mut Diagnostics) {
    for written in &model.options.written {
        let (Value::Count(count), Takes::Count { most, beyond }) =
            (&written.value, written.option.row().takes)
        else {
            continue;
        };
        let Expr::Path(path) = &count.expr else {
            continue;
        };
        let Some(word) = path.path.get_ident() else {
            continue;
        };
        if model.function.binds(word) {
            continue;
        }
        let is = |words: &[&str]| words.iter().any(|known| word == known);
        let problem = match written.option {
            Opt::Workers if is(&BY_THEMSELVES) => Problem::WorkersByThemselves,
            _ if is(&UNBOUNDED) => Problem::Unbounded,
            _ => continue,
        };
        let found = Diagnostic::at(problem, word)
            .with("option", written.option.name())
            .with("found", word.to_string())
            .with("why", beyond)
            .with("most", most.to_string());
        diagnostics.push(found);
    }
}

const BY_THEMSELVES: [&str; 9] = [
    "auto",
    "num_cpus",
    "cpus",
    "cores",
    "ncpus",
    "cpu_count",
    "default",
    "Default",
    "max",
];
const UNBOUNDED: [&str; 8] = [
    "unbounded",
    "unlimited",
    "infinite",
    "infinity",
    "inf",
    "None",
    "none",
    "max",
];

/// A batch is taken out of the window.
fn check_batch_fits(options: &Options, diagnostics: &mut Diagnostics) {
    let (Some(batch), Some(window)) = (options.count(Opt::Batch), options.count(Opt::Window))
    else {
        return;
    };
    let (Folded::Known(b), Folded::Known(w)) = (batch.folded, window.folded) else {
        return;
    };
    if b > w && w > 0 {
        let later = later_of(options, Opt::Batch, Opt::Window);
        let above = Diagnostic::at(Problem::BatchAboveWindow, &later.expr)
            .with("batch", b.to_string())
            .with("window", w.to_string());
        diagnostics.push(above);
    }
}

/// Worker counts that work and are seldom meant.
fn check_worker_count(options: &Options, diagnostics: &mut Diagnostics) {
    let Some(workers) = options.count(Opt::Workers) else {
        return;
    };
    let Folded::Known(n) = workers.folded else {
        return;
    };
    if n == 1 {
        diagnostics.push(Diagnostic::at(Problem::OneWorker, &workers.expr));
    }
    let Some(window) = options.count(Opt::Window) else {
        return;
    };
    let Folded::Known(w) = window.folded else {
        return;
    };
    if 0 < w && w < n {
        let below = Diagnostic::at(Problem::WindowBelowWorkers, &window.expr)
            .with("window", w.to_string())
            .with("workers", n.to_string());
        diagnostics.push(below);
    }
}

/// The value of whichever option is written last.
pub(crate) fn later_of(options: &Options, a: Opt, b: Opt) -> &Count {
    let mut found = options
        .written
        .iter()
        .rev()
        .filter(|written| written.option == a || written.option == b);
    match found.next().map(|written| &written.value) {
        Some(Value::Count(count)) => count,
        _ => unreachable!("both are there, and both take a number"),
    }
}

/// Zero spans of time.
pub(super) fn check_times(options: &Options, diagnostics: &mut Diagnostics) {
    for option in [Opt::Timeout, Opt::ItemTimeout] {
        match options.time(option) {
            Some(span) if span.known.is_some_and(|known| known.is_zero()) => {
                diagnostics.push(zero(option, &span.expr, "a nanosecond"));
            }
            _ => {}
        }
    }
    check_item_timeout_fits(options, diagnostics);
}

/// An item's time begins after the run's.
fn check_item_timeout_fits(options: &Options, diagnostics: &mut Diagnostics) {
    let known = |option| options.time(option).and_then(|span| span.known);
    let (Some(item), Some(run)) = (known(Opt::ItemTimeout), known(Opt::Timeout)) else {
        return;
    };
    let later = options.written.iter().rev().find_map(|written| {
        let both = [Opt::ItemTimeout, Opt::Timeout].contains(&written.option);
        match &written.value {
            Value::Time(span) if both => Some(&span.expr),
            _ => None,
        }
    });
    if let (true, Some(later)) = (item >= run && !run.is_zero(), later) {
        let shown = |time| humantime::format_duration(time).to_string();
        let beyond = Diagnostic::at(Problem::ItemTimeoutBeyond, later)
            .with("item", shown(item))
            .with("run", shown(run));
        diagnostics.push(beyond);
    }
}

fn zero(option: Opt, expr: &Expr, least: &str) -> Diagnostic {
    Diagnostic::at(Problem::Zero, expr)
        .with("option", option.name())
        .with("why", why_not_zero(option))
        .with("least", least)
}

/// Names that the operating system would refuse.
pub(super) fn check_texts(options: &Options, diagnostics: &mut Diagnostics) {
    let Some(Expr::Lit(literal)) = options.expr(Opt::Name) else {
        return;
    };
    if let Lit::Str(text) = &literal.lit {
        let name = text.value();
        if name.is_empty() || name.contains('\0') {
            let wrong = Diagnostic::at(Problem::WrongValue, text)
                .with("option", Opt::Name.name())
                .with("example", Opt::Name.row().example)
                .with("wanted", "a name that a thread can have")
                .with("found", format!("{name:?}"));
            diagnostics.push(wrong);
        }
    }
}
