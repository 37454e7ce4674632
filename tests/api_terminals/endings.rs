//! How a run can end decides the type of each terminal: all of them are spelled out here.

use std::convert::Infallible;
use std::time::Duration;

use fanout::{CancelToken, Error, Scoped, Stream, over};

use crate::common::watch;

/// A consumer's error that takes in whatever the run's own error may be.
#[derive(Debug, PartialEq)]
enum Mine {
    Run(&'static str),
    Stopped(Error<Infallible>),
    Any(Error<&'static str>),
}
impl From<&'static str> for Mine {
    fn from(error: &'static str) -> Self {
        Self::Run(error)
    }
}
impl From<Error> for Mine {
    fn from(error: Error) -> Self {
        Self::Stopped(error)
    }
}
impl From<Error<&'static str>> for Mine {
    fn from(error: Error<&'static str>) -> Self {
        Self::Any(error)
    }
}

const HOUR: Duration = Duration::from_secs(3600);

fn double(n: u32) -> u32 {
    n * 2
}

/// Item 1 fails.
fn fail(n: u32) -> Result<u32, &'static str> {
    if n == 1 { Err("one") } else { Ok(n * 2) }
}

fn cancelled() -> CancelToken {
    let token = CancelToken::new();
    token.cancel();
    token
}

/// The tests of one order, `ordered` or none: the types must not depend on it.
macro_rules! endings {
    ($name:ident $(, $ordered:ident)?) => {
        mod $name {
            use super::*;
            use std::collections::BTreeSet;

            /// Collects into what either order may be collected into.
            type Set = BTreeSet<u32>;

            #[test]
            fn nothing_can_stop_it() {
                let _dog = watch("a run to the end");
                let run = || over([0_u32, 1, 2])$(.$ordered())?.workers(2).map(|n, _cx| double(n));
                let all: Set = run().collect::<Set>();
                assert_eq!(all, Set::from([0, 2, 4]));
                let mut sum = 0;
                let end: () = run().for_each(|n| sum += n);
                assert_eq!((end, sum), ((), 6));
                let tried: Result<(), String> = run().try_for_each(|_| Ok(()));
                assert_eq!(tried, Ok(()));
                let mut stream: Stream<u32> = run().stream();
                assert_eq!(stream.by_ref().sum::<u32>(), 6);
                let finished: Result<(), u32> = stream.finish();
                assert_eq!(finished, Ok(()));
                let sum: u32 = run().into_iter().sum();
                assert_eq!(sum, 6);
                let sum: u32 = run().scope(|results: Scoped<'_, u32>| results.sum());
                assert_eq!(sum, 6);
                let silent = || over([0_u32, 1, 2])$(.$ordered())?.workers(2).local(|| 7).map(|_, _w| ());
                let end: () = silent().run();
                assert_eq!(end, ());
                let states: Vec<i32> = silent().locals();
                assert!(!states.is_empty());
                let state: i32 = silent().merge(|a, _| a);
                assert_eq!(state, 7);
                let merged: i32 = silent().merge_with(|a, _| a).merged();
                assert_eq!(merged, 7);
                let both: (BTreeSet<()>, Vec<i32>) = silent().collect_with_locals();
                assert_eq!(both.0.len(), 1);
                let results = || over([0_u32, 1, 2])$(.$ordered())?.workers(2).map(|n, _cx| fail(n));
                let all: Result<Set, Vec<&str>> = results().collect_all_errors::<Set>();
                assert_eq!(all, Err(vec!["one"]));
                let all: Result<Set, &str> = results().collect();
                assert_eq!(all, Err("one"));
            }

            #[test]
            fn an_error_can_stop_it() {
                let _dog = watch("runs that an error can stop");
                let run = |input: [u32; 3]| {
                    over(input)$(.$ordered())?.workers(2).cancel_on_error().map(|n, _cx| fail(n))
                };
                let all: Result<Set, &str> = run([0, 2, 4]).collect::<Set>();
                assert_eq!(all, Ok(Set::from([0, 4, 8])));
                let all: Result<Set, &str> = run([0, 1, 2]).collect();
                assert_eq!(all, Err("one"));
                let end: Result<(), &str> = run([0, 2, 4]).for_each(drop);
                assert_eq!(end, Ok(()));
                let end: Result<(), &str> = run([0, 1, 2]).for_each(drop);
                assert_eq!(end, Err("one"));
                let tried: Result<(), Mine> = run([0, 1, 2]).try_for_each(|_| Ok(()));
                assert_eq!(tried, Err(Mine::Run("one")));
                let stream: Stream<Result<u32, &str>> = run([1, 1, 1]).stream();
                assert_eq!(stream.collect::<Vec<_>>(), [Err("one")]);
                let stream: Stream<Result<u32, &str>> = run([0, 2, 4]).into_iter();
                assert_eq!(stream.collect::<Result<Set, _>>(), Ok(Set::from([0, 4, 8])));
                let end = run([1, 1, 1]).scope(|results: Scoped<'_, Result<u32, &str>>| {
                    results.collect::<Vec<_>>()
                });
                assert_eq!(end, [Err("one")]);
                let silent = |input: [u32; 3]| {
                    over(input)$(.$ordered())?.workers(2).cancel_on_error().local(|| 7).map(|n, _w| fail(n).map(drop))
                };
                let end: Result<(), &str> = silent([0, 1, 2]).run();
                assert_eq!(end, Err("one"));
                let states: Result<Vec<i32>, &str> = silent([0, 1, 2]).locals();
                assert_eq!(states, Err("one"));
                let state: Result<i32, &str> = silent([0, 1, 2]).merge(|a, _| a);
                assert_eq!(state, Err("one"));
                let merged: Result<i32, &str> = silent([0, 2, 4]).merge_with(|a, _| a).merged();
                assert_eq!(merged, Ok(7));
                let both: Result<(BTreeSet<()>, Vec<i32>), &str> =
                    silent([0, 1, 2]).collect_with_locals();
                assert_eq!(both, Err("one"));
            }

            #[test]
            fn a_token_or_a_deadline_can_stop_it() {
                let _dog = watch("runs that can be stopped");
                let plain = || over([0_u32, 1, 2])$(.$ordered())?.workers(2).map(|n, _cx| double(n));
                let ended: Result<Set, Error> = plain().timeout(HOUR).collect::<Set>();
                assert_eq!(ended, Ok(Set::from([0, 2, 4])));
                let late: Result<Set, Error> = plain().timeout(Duration::ZERO).collect();
                assert_eq!(late, Err(Error::DeadlineExceeded));
                let token = cancelled();
                let run = || plain().cancel_with(&token);
                let all: Result<Set, Error> = run().collect();
                assert_eq!(all, Err(Error::Cancelled));
                let end: Result<(), Error> = run().for_each(drop);
                assert_eq!(end, Err(Error::Cancelled));
                let tried: Result<(), Mine> = run().try_for_each(|_| Ok(()));
                assert_eq!(tried, Err(Mine::Stopped(Error::Cancelled)));
                let stream: Stream<Result<u32, Error>> = run().stream();
                assert_eq!(stream.collect::<Vec<_>>(), [Err(Error::Cancelled)]);
                let stream: Stream<Result<u32, Error>> = run().into_iter();
                assert_eq!(stream.finish(), Err(Err(Error::Cancelled)));
                let end = run().scope(|results: Scoped<'_, Result<u32, Error>>| {
                    results.collect::<Vec<_>>()
                });
                assert_eq!(end, [Err(Error::Cancelled)]);
                let silent = || {
                    over([0_u32, 1, 2])$(.$ordered())?.workers(2).local(|| 7).map(|_, _w| ()).cancel_with(&token)
                };
                let end: Result<(), Error> = silent().run();
                assert_eq!(end, Err(Error::Cancelled));
                let states: Result<Vec<i32>, Error> = silent().locals();
                assert_eq!(states, Err(Error::Cancelled));
                let state: Result<i32, Error> = silent().merge(|a, _| a);
                assert_eq!(state, Err(Error::Cancelled));
                let merged: Result<i32, Error> = silent().merge_with(|a, _| a).merged();
                assert_eq!(merged, Err(Error::Cancelled));
                let both: Result<(BTreeSet<()>, Vec<i32>), Error> = silent().collect_with_locals();
                assert_eq!(both, Err(Error::Cancelled));
                let errors: Result<Result<Set, Vec<&str>>, Error> = over([0_u32, 1])$(.$ordered())?
                    .map(|n, _cx| fail(n))
                    .cancel_with(&token)
                    .collect_all_errors();
                assert_eq!(errors, Err(Error::Cancelled));
            }

            #[test]
            fn anything_can_stop_it() {
                let _dog = watch("runs that anything can stop");
                // The order in which the options are given does not matter.
                let first = |input: [u32; 3]| {
                    over(input)$(.$ordered())?.workers(2).cancel_on_error().timeout(HOUR).map(|n, _cx| fail(n))
                };
                let last = |input: [u32; 3]| {
                    over(input).timeout(HOUR).cancel_on_error()$(.$ordered())?.workers(2).map(|n, _cx| fail(n))
                };
                let all: Result<Set, Error<&str>> = first([0, 2, 4]).collect::<Set>();
                assert_eq!(all, Ok(Set::from([0, 4, 8])));
                let all: Result<Set, Error<&str>> = last([0, 1, 2]).collect();
                let error = all.expect_err("item 1 fails");
                assert_eq!((error.index(), error.into_item()), (Some(1), Some("one")));
                let late: Result<Set, Error<&str>> =
                    first([0, 1, 2]).deadline(std::time::Instant::now()).collect();
                assert_eq!(late, Err(Error::DeadlineExceeded));
                let token = cancelled();
                let end: Result<(), Error<&str>> = last([0, 1, 2]).cancel_with(&token).for_each(drop);
                assert_eq!(end, Err(Error::Cancelled));
                let tried: Result<(), Mine> = first([0, 1, 2]).try_for_each(|_| Ok(()));
                assert!(matches!(tried, Err(Mine::Any(error)) if error.index() == Some(1)));
                let stream: Stream<Result<u32, Error<&str>>> = first([1, 1, 1]).stream();
                let all: Vec<_> = stream.map(|end| end.map_err(Error::into_item)).collect();
                assert_eq!(all, [Err(Some("one"))]);
                let end = last([1, 1, 1]).scope(|results: Scoped<'_, Result<u32, Error<&str>>>| {
                    results.last()
                });
                assert!(matches!(end, Some(Err(Error::Item { error: "one", .. }))));
                let end: Result<(), Error<&str>> = first([1, 1, 1]).indexed().for_each(|(_, _)| ());
                assert_eq!(end.map_err(Error::into_item), Err(Some("one")));
            }
        }
    };
}

endings!(in_completion_order);
endings!(in_input_order, ordered);
