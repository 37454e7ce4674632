#![deny(warnings)]

use fanout::fan_out;
use std::process::{Command, Stdio};
use std::thread;

struct Garden;

impl Garden {
    fn spawn(&self, seeds: u64) -> u64 {
        seeds
    }

    fn scope(&self, seeds: u64) -> u64 {
        seeds + 1
    }
}

/// What is spawned here is no thread.
#[fan_out]
fn near_misses(n: u64, #[shared] garden: &Garden) -> u64 {
    fn spawn(n: u64) -> u64 {
        n
    }
    mod thread {
        pub(super) fn scope(n: u64) -> u64 {
            n
        }
    }
    let text = "std::thread::spawn(|| 1)";
    let grown = garden.spawn(n) + garden.scope(n) + spawn(n) + thread::scope(n);
    grown + text.len() as u64
}

#[fan_out]
fn another_program(n: u64) -> bool {
    let child = Command::new("true").stdin(Stdio::null()).spawn();
    child.is_ok_and(|mut child| child.wait().is_ok() && n < 9)
}

/// Its own thread is a thing to ask about.
#[fan_out(name = "near")]
fn names(_n: u64) -> Option<String> {
    thread::yield_now();
    thread::current().name().map(String::from)
}

/// A function that starts a thread is none of this one's.
fn starts_a_thread() -> u64 {
    thread::spawn(|| 1).join().unwrap()
}

#[fan_out]
fn calls_another(n: u64) -> u64 {
    n + starts_a_thread()
}

fn main() {
    assert_eq!(near_misses([1], &Garden).collect_unordered(), [29]);
    assert_eq!(another_program([1]).collect_unordered().len(), 1);
    assert_eq!(names([1]).collect_unordered().len(), 1);
    assert_eq!(calls_another([1]).collect_unordered(), [2]);
}
