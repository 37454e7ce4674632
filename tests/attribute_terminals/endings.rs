//! The options of the attribute, and those of the call, decide the types.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::convert::Infallible;
use std::num::ParseIntError;
use std::time::{Duration, Instant};

use fanout::{CancelToken, Error, Scoped, Stream, fan_out};

use crate::common::watch;

const HOUR: Duration = Duration::from_secs(3600);

#[fan_out(workers = 2)]
fn double(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers = 2, ordered)]
fn double_in_order(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers = 2, ordered, cancel_on_error)]
fn parse(text: &'static str) -> Result<u32, ParseIntError> {
    text.parse::<u32>()
}

#[fan_out(workers = 2, cancel_on_error)]
fn check(text: &'static str) -> Result<(), ParseIntError> {
    text.parse::<u32>()?;
    Ok(())
}

#[fan_out(workers = 2, ordered, timeout = "1h")]
fn double_in_time(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers = 2, ordered, cancel_on_error, timeout = "1h")]
fn parse_in_time(text: &'static str) -> Result<u32, ParseIntError> {
    text.parse()
}

fn no_number() -> ParseIntError {
    "x".parse::<u32>().expect_err("no number")
}

#[test]
fn nothing_can_stop_it() {
    let _dog = watch("runs to the end");
    let set: HashSet<u32> = double([1, 2]).collect();
    assert_eq!(set, HashSet::from([2, 4]));
    let mut all: Vec<u32> = double([1, 2]).collect_unordered();
    all.sort_unstable();
    assert_eq!(all, [2, 4]);
    let set: BTreeSet<u32> = double([1, 2]).collect_unordered_into();
    assert_eq!(set.len(), 2);
    let vec: Vec<u32> = double_in_order([1, 2]).collect();
    assert_eq!(vec, [2, 4]);
    let mut seen = Vec::new();
    let end: () = double_in_order([1, 2]).for_each(|n| seen.push(n));
    assert_eq!((end, seen), ((), vec![2, 4]));
    let end: Result<(), u32> = double_in_order([1, 2]).try_for_each(Err);
    assert_eq!(end, Err(2));
    let mut stream: Stream<u32> = double_in_order(vec![1, 2]).stream();
    assert_eq!(
        (stream.next(), stream.next(), stream.next()),
        (Some(2), Some(4), None)
    );
    let mut sum = 0;
    for n in double(1..4) {
        sum += n;
    }
    assert_eq!(sum, 12);
    let first = double_in_order([1, 2]).scope(|mut all: Scoped<'_, u32>| all.next());
    assert_eq!(first, Some(2));
    // The order can be asked for at the call.
    let vec: Vec<u32> = double([1, 2]).ordered().collect();
    assert_eq!(vec, [2, 4]);
}

#[test]
fn an_error_can_stop_it() {
    let _dog = watch("runs that an error can stop");
    let all: Result<Vec<u32>, ParseIntError> = parse(["1", "2"]).collect();
    assert_eq!(all, Ok(vec![1, 2]));
    let all: Result<Vec<u32>, ParseIntError> = parse(["1", "x"]).collect();
    assert_eq!(all, Err(no_number()));
    let mut seen = Vec::new();
    let end: Result<(), ParseIntError> = parse(["1", "x", "3"]).for_each(|n| seen.push(n));
    assert_eq!((end, seen), (Err(no_number()), vec![1]));
    let stream: Stream<Result<u32, ParseIntError>> = parse(vec!["1", "x", "3"]).stream();
    assert_eq!(stream.collect::<Vec<_>>(), [Ok(1), Err(no_number())]);
    let end: Result<(), ParseIntError> = check(["1", "x"]).run();
    assert_eq!(end, Err(no_number()));
    assert_eq!(check(["1", "2"]).run(), Ok(()));
    let end: Result<(), String> = parse(["1"])
        .try_for_each(|_| Err(Text("full")))
        .map_err(|e: Text| e.0.to_owned());
    assert_eq!(end, Err("full".to_owned()));
}

#[derive(Debug)]
struct Text(&'static str);
impl From<ParseIntError> for Text {
    fn from(_: ParseIntError) -> Self {
        Self("no number")
    }
}

#[fan_out(workers = 2, ordered)]
fn parse_all(text: &str) -> Result<u32, String> {
    text.parse::<u32>().map_err(|_| text.to_owned())
}

/// Without `cancel_on_error` errors are results.
#[test]
fn errors_as_results() {
    let _dog = watch("errors as results");
    let all: Vec<Result<u32, String>> = parse_all(["1", "x"]).collect();
    assert_eq!(all, [Ok(1), Err("x".to_owned())]);
    let all: Result<Vec<u32>, String> = parse_all(["1", "x", "y"]).collect();
    assert_eq!(all, Err("x".to_owned()));
    let all: Result<Vec<u32>, Vec<String>> = parse_all(["1", "x", "y"]).collect_all_errors();
    assert_eq!(all, Err(vec!["x".to_owned(), "y".to_owned()]));
    // It can be asked for at the call.
    let all: Result<Vec<u32>, String> = parse_all(["1", "x"]).cancel_on_error().collect();
    assert_eq!(all, Err("x".to_owned()));
}

#[test]
fn a_timeout_in_the_attribute_changes_the_type() {
    let _dog = watch("runs with a timeout");
    let all: Result<Vec<u32>, Error> = double_in_time([1, 2]).collect();
    assert_eq!(all, Ok(vec![2, 4]));
    let all: Result<Vec<u32>, Error<Infallible>> =
        double_in_time([1]).deadline(Instant::now()).collect();
    assert_eq!(all, Err(Error::DeadlineExceeded));
    let all: Result<Vec<u32>, Error<ParseIntError>> = parse_in_time(["1", "x"]).collect();
    let error = all.expect_err("item 1 fails");
    assert_eq!(
        (error.index(), error.into_item()),
        (Some(1), Some(no_number()))
    );
    let stream: Stream<Result<u32, Error<ParseIntError>>> = parse_in_time(vec!["1"]).stream();
    assert_eq!(stream.collect::<Vec<_>>(), [Ok(1)]);
    // The call can only make it earlier.
    let all = parse_in_time(["1"])
        .timeout(Duration::ZERO)
        .collect::<Vec<_>>();
    assert_eq!(all, Err(Error::DeadlineExceeded));
}

#[test]
fn a_token_or_timeout_at_the_call_changes_the_type() {
    let _dog = watch("runs that can be stopped from the call");
    let token = CancelToken::new();
    let all: Result<Vec<u32>, Error> = double_in_order([1, 2]).cancel_with(&token).collect();
    assert_eq!(all, Ok(vec![2, 4]));
    token.cancel();
    let all: Result<Vec<u32>, Error> = double_in_order([1, 2]).cancel_with(&token).collect();
    assert_eq!(all, Err(Error::Cancelled));
    let all: Result<Vec<u32>, Error<ParseIntError>> = parse(["1"]).timeout(HOUR).collect();
    assert_eq!(all, Ok(vec![1]));
    let end: Result<(), Error<ParseIntError>> = check(["1"]).cancel_with(token).run();
    assert_eq!(end, Err(Error::Cancelled));
}

#[test]
fn indexed_at_the_call() {
    let _dog = watch("indexed");
    let all: BTreeMap<u64, u32> = double([5, 6]).indexed().collect();
    assert_eq!(all, BTreeMap::from([(0, 10), (1, 12)]));
    let all: Result<Vec<(u64, u32)>, ParseIntError> = parse(["7", "8"]).indexed().collect();
    assert_eq!(all, Ok(vec![(0, 7), (1, 8)]));
}

/// One fan-out is the input of another, whatever its function is.
#[test]
fn stages() {
    let _dog = watch("stages");
    let all: Vec<u32> = double_in_order(double_in_order(double_in_order([1, 2]))).collect();
    assert_eq!(all, [8, 16]);
    let stage = parse(["1", "x"]);
    let all: Vec<Result<u32, ParseIntError>> =
        fanout::over(stage).ordered().map(|end, _cx| end).collect();
    assert_eq!(all, [Ok(1), Err(no_number())]);
}
