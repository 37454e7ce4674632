//! The functions of std and of other crates that the rules are about: a row for each, with what calling it does.

/// What a call does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Does {
    StartsThread,
    StartsTask,
    /// Starts threads, and waits for them.
    ScopesThreads,
    /// Gives what starts a thread by its method `spawn`.
    GivesBuilder,
    /// Gives what starts a task by its method `spawn`.
    GivesRuntime,
    Sleeps,
    EndsProcess,
    /// Begins a run of ours.
    BeginsRun,
    Drops,
    /// Makes another of its argument, or keeps it from being dropped.
    Keeps,
    Closes,
}

struct Row {
    path: &'static str,
    /// How many words at its end are enough, where the body does not say what the first of them is: `thread::spawn`.
    enough: usize,
    does: Does,
}

const fn row(path: &'static str, enough: usize, does: Does) -> Row {
    Row { path, enough, does }
}

const TABLE: &[Row] = &[
    row("std::thread::spawn", 2, Does::StartsThread),
    row("std::thread::Builder::spawn", 3, Does::StartsThread),
    row("std::thread::Builder::new", 3, Does::GivesBuilder),
    row("rayon::spawn", 2, Does::StartsTask),
    row("rayon::spawn_fifo", 2, Does::StartsTask),
    row("rayon::spawn_broadcast", 2, Does::StartsTask),
    row("tokio::spawn", 2, Does::StartsTask),
    row("tokio::task::spawn", 2, Does::StartsTask),
    row("tokio::task::spawn_blocking", 2, Does::StartsTask),
    row("tokio::task::spawn_local", 2, Does::StartsTask),
    row("tokio::runtime::Handle::current", 3, Does::GivesRuntime),
    row("tokio::runtime::Handle::try_current", 3, Does::GivesRuntime),
    row("tokio::runtime::Runtime::new", 3, Does::GivesRuntime),
    row("async_std::task::spawn", 2, Does::StartsTask),
    row("async_std::task::spawn_blocking", 2, Does::StartsTask),
    row("async_std::task::spawn_local", 2, Does::StartsTask),
    row("smol::spawn", 2, Does::StartsTask),
    row("smol::unblock", 2, Does::StartsTask),
    row("actix_rt::spawn", 2, Does::StartsTask),
    row("std::thread::scope", 2, Does::ScopesThreads),
    row("crossbeam::scope", 2, Does::ScopesThreads),
    row("crossbeam::thread::scope", 2, Does::ScopesThreads),
    row("crossbeam_utils::thread::scope", 2, Does::ScopesThreads),
    row("std::thread::sleep", 2, Does::Sleeps),
    row("std::thread::sleep_ms", 2, Does::Sleeps),
    row("std::thread::sleep_until", 2, Does::Sleeps),
    row("std::process::exit", 2, Does::EndsProcess),
    row("std::process::abort", 2, Does::EndsProcess),
    row("libc::exit", 2, Does::EndsProcess),
    row("libc::_exit", 2, Does::EndsProcess),
    row("libc::abort", 2, Does::EndsProcess),
    row("std::mem::drop", 1, Does::Drops),
    row("std::mem::forget", 2, Does::Keeps),
    row("std::mem::ManuallyDrop::new", 2, Does::Keeps),
    row("std::sync::Arc::new", 2, Does::Keeps),
    row("std::rc::Rc::new", 2, Does::Keeps),
    row("std::clone::Clone::clone", 2, Does::Keeps),
    row("std::borrow::ToOwned::to_owned", 2, Does::Keeps),
];

/// Ours may be re-exported, so what stands in front of them says nothing.
const OURS: &[(&str, Does)] = &[
    ("fanout::over", Does::BeginsRun),
    ("fanout::over_local", Does::BeginsRun),
    ("Feed::close", Does::Closes),
    ("Feed::clone", Does::Keeps),
    ("Feed::to_owned", Does::Keeps),
];

/// What the function at `path` does, if it has a row.
pub(super) fn what_does(path: &[String]) -> Option<Does> {
    let text = path.join("::");
    if let Some((_, does)) = OURS.iter().find(|(end, _)| ends_with(&text, end)) {
        return Some(*does);
    }
    let of_std = match text.split_once("::") {
        Some(("core" | "alloc", rest)) => format!("std::{rest}"),
        _ => text,
    };
    TABLE
        .iter()
        .find(|row| path.len() >= row.enough && ends_with(row.path, &of_std))
        .map(|row| row.does)
}

/// Whether `word` may name a function that rules are about whatever it is given.
pub(super) fn is_always_wrong(word: &str) -> bool {
    let mut always = TABLE.iter().filter(|row| match row.does {
        Does::StartsThread | Does::StartsTask | Does::ScopesThreads | Does::EndsProcess => true,
        // What these give is asked for `spawn`.
        Does::GivesBuilder | Does::GivesRuntime => false,
        // About the context, the feed or a channel.
        Does::Sleeps | Does::BeginsRun | Does::Drops | Does::Keeps | Does::Closes => false,
    });
    always.any(|row| ends_with(row.path, word.trim_start_matches("r#")))
}

/// Whether the last words of `path` are `end`.
fn ends_with(path: &str, end: &str) -> bool {
    path.strip_suffix(end)
        .is_some_and(|before| before.is_empty() || before.ends_with("::"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn does(path: &str) -> Option<Does> {
        let words: Vec<String> = path.split("::").map(str::to_owned).collect();
        what_does(&words)
    }

    #[test]
    fn each_row_is_found_by_its_path_and_by_what_is_enough() {
        for row in TABLE {
            assert_eq!(does(row.path), Some(row.does), "{}", row.path);
            let words: Vec<&str> = row.path.split("::").collect();
            let (_, enough) = words.split_at(words.len() - row.enough);
            assert_eq!(does(&enough.join("::")), Some(row.does), "{enough:?}");
            let too_few = enough[1..].join("::");
            assert_eq!(does(&too_few), None, "{too_few}");
        }
    }

    #[test]
    fn what_is_somewhere_else_is_something_else() {
        assert_eq!(does("core::mem::forget"), Some(Does::Keeps));
        assert_eq!(does("my::fanout::over"), Some(Does::BeginsRun));
        for other in [
            "crate::thread::spawn",
            "tools::drop",
            "self::mem::drop",
            "mythread::spawn",
        ] {
            assert_eq!(does(other), None, "{other}");
        }
    }
}
