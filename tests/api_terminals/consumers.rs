//! Terminals whose closure runs on the calling thread.

use std::num::ParseIntError;
use std::rc::Rc;
use std::thread;

use fanout::{Ended, Error, over};

use crate::common::{Gate, watch};

#[test]
fn for_each_runs_here_and_borrows() {
    let _dog = watch("for_each");
    let here = thread::current().id();
    // Neither can leave this thread.
    let seen = Rc::new(std::cell::RefCell::new(Vec::new()));
    over(0..100)
        .workers(3)
        .ordered()
        .map(|n, _cx| n)
        .for_each(|n| {
            assert_eq!(thread::current().id(), here);
            seen.borrow_mut().push(n);
        });
    assert!(seen.borrow().iter().copied().eq(0..100));
}

#[test]
fn try_for_each_ends_at_the_closures_own_error() {
    let _dog = watch("try_for_each");
    let mut seen = Vec::new();
    let mut ended = None;
    // The input has no end: only the closure's error ends this.
    let end = over(0_u32..)
        .workers(3)
        .ordered()
        .map(|n, _cx| n)
        .on_report(|report| ended = Some(report.ended()))
        .try_for_each(|n| {
            seen.push(n);
            if n == 20 { Err("enough") } else { Ok(()) }
        });
    assert_eq!(end, Err("enough"));
    assert!(seen.into_iter().eq(0..=20));
    assert_eq!(ended, Some(Ended::Stopped));
}

#[derive(Debug, PartialEq)]
enum LoadError {
    Text(ParseIntError),
    Disk(&'static str),
    Run(String),
}
impl From<ParseIntError> for LoadError {
    fn from(error: ParseIntError) -> Self {
        Self::Text(error)
    }
}
impl From<Error<ParseIntError>> for LoadError {
    fn from(error: Error<ParseIntError>) -> Self {
        Self::Run(error.to_string())
    }
}

#[test]
fn the_runs_error_becomes_the_closures() {
    let _dog = watch("try_for_each with From");
    let parse = |texts: [&'static str; 3]| {
        over(texts)
            .workers(2)
            .ordered()
            .cancel_on_error()
            .map(|text, _cx| text.parse::<u32>())
    };
    let no_number = "x".parse::<u32>().expect_err("no number");
    let end = parse(["1", "x", "2"]).try_for_each(|_| Ok::<_, LoadError>(()));
    assert_eq!(end, Err(LoadError::Text(no_number.clone())));
    let end = parse(["1", "2", "x"]).try_for_each(|n| match n {
        2 => Err(LoadError::Disk("full")),
        _ => Ok(()),
    });
    assert_eq!(end, Err(LoadError::Disk("full")), "it came first");
    let end = parse(["1", "x", "2"])
        .timeout(None)
        .try_for_each(|_| Ok::<_, LoadError>(()));
    let text = format!("item 1 failed: {no_number}");
    assert_eq!(end, Err(LoadError::Run(text)));
}

/// An error of the closure is what is returned, though an item fails too before the run has ended.
#[test]
fn the_closures_error_is_not_lost_to_a_later_one() {
    let _dog = watch("two errors");
    let (taken, failing) = (Gate::new(), Gate::new());
    let end = over([0, 1])
        .workers(2)
        .dedicated()
        .cancel_on_error()
        .map(|n, _cx| {
            if n == 1 {
                failing.open();
                taken.wait();
                return Err("an item's");
            }
            Ok(n)
        })
        .try_for_each(|_| {
            failing.wait();
            taken.open();
            Err("the closure's")
        });
    assert_eq!(end, Err("the closure's"));
}

/// The consumer's pace does not bound the number of results that are handed over.
#[test]
fn a_slow_consumer_is_given_everything() {
    let _dog = watch("a consumer that is slower than its workers");
    let mut sum = 0;
    over(0..200_u64)
        .workers(4)
        .window(4)
        .map(|n, _cx| n)
        .for_each(|n| {
            thread::yield_now();
            sum += n;
        });
    assert_eq!(sum, (0..200).sum());
}
