//! `#[local]` states: `.locals()`, `.merge(f)`, `.merged()`, and results beside them.

use std::collections::BTreeMap;
use std::num::ParseIntError;
use std::sync::Barrier;

use fanout::{Context, Error, fan_out};

use crate::common::watch;

type Counts = BTreeMap<u32, u32>;

/// The states of `parse`, in the order of its parameters.
type State = (String, u32);

fn add(mut one: Counts, other: Counts) -> Counts {
    for (key, count) in other {
        *one.entry(key).or_default() += count;
    }
    one
}

#[fan_out(workers = 3, merge = add)]
fn tally(n: u32, #[local(Counts::new())] counts: &mut Counts) {
    *counts.entry(n % 3).or_default() += 1;
}

#[fan_out(workers = 3, merge = |a, b| a.max(b))]
fn widest(text: &str, #[local(0)] most: &mut usize) {
    *most = text.len().max(*most);
}

/// Of any two the longer one.
fn longer<T: AsRef<[u8]>>(one: T, other: T) -> T {
    if one.as_ref().len() < other.as_ref().len() {
        other
    } else {
        one
    }
}

#[fan_out(workers = 3, merge = longer)]
fn longest<'a>(text: &'a str, #[local("")] most: &mut &'a str) {
    *most = longer(text, most);
}

#[test]
fn states_are_merged() {
    let _dog = watch("merged states");
    let expected = Counts::from([(0, 100), (1, 100), (2, 100)]);
    assert_eq!(tally(0..300).merged(), expected);
    assert_eq!(tally(0..300).merge(add), expected);
    let states: Vec<Counts> = tally(0..300).locals();
    assert!((1..=3).contains(&states.len()));
    assert_eq!(states.into_iter().reduce(add), Some(expected));
    let end: () = tally(0..300).run();
    assert_eq!(end, ());
    assert_eq!(tally([]).merged(), Counts::new());
    assert_eq!(tally([]).locals(), Vec::<Counts>::new());
    assert_eq!(widest(["a", "ccc", "bb"]).merged(), 3);
    let texts = ["a", "ccc", "bb"].map(String::from);
    assert_eq!(longest(texts.iter().map(String::as_str)).merged(), "ccc");
}

#[fan_out(workers = 3)]
fn who(
    _item: u32,
    #[shared] meeting: &Barrier,
    #[local(Vec::new())] seen: &mut Vec<usize>,
    #[ctx] cx: &Context,
) {
    meeting.wait();
    seen.push(cx.worker());
}

#[test]
fn states_come_in_worker_order() {
    let _dog = watch("three workers that meet");
    assert_eq!(who([0; 3], &Barrier::new(3)).locals(), [[0], [1], [2]]);
}

#[fan_out(workers = 2, ordered, cancel_on_error)]
fn parse(
    text: &str,
    #[local(String::with_capacity(*room))] buffer: &mut String,
    #[shared] room: &usize,
    #[local(0_u32)] count: &mut u32,
) -> Result<u32, ParseIntError> {
    buffer.clear();
    buffer.push_str(text);
    *count += 1;
    buffer.parse()
}

/// Several states are a tuple; with `cancel_on_error` both come in an `Ok`.
#[test]
fn results_and_states() {
    let _dog = watch("collect_with_locals");
    let room = 16;
    let (all, states): (Vec<u32>, Vec<State>) = parse(["1", "2", "3"], &room)
        .collect_with_locals()
        .expect("all are numbers");
    assert_eq!(all, [1, 2, 3]);
    assert_eq!(states.iter().map(|(_, count)| count).sum::<u32>(), 3);
    let end: Result<(Vec<u32>, Vec<State>), ParseIntError> =
        parse(["1", "x"], &room).collect_with_locals();
    assert!(end.is_err());
}

#[fan_out(workers = 2, cancel_on_error, timeout = "1h", merge = add)]
fn tally_texts(
    text: &str,
    #[local(Counts::new())] counts: &mut Counts,
) -> Result<(), ParseIntError> {
    *counts.entry(text.parse()?).or_default() += 1;
    Ok(())
}

#[test]
fn merging_ends_as_the_run_does() {
    let _dog = watch("merged states of runs that can be stopped");
    let counts: Result<Counts, Error<ParseIntError>> = tally_texts(["1", "2", "1"]).merged();
    assert_eq!(counts, Ok(Counts::from([(1, 2), (2, 1)])));
    let counts: Result<Counts, Error<ParseIntError>> = tally_texts(["1", "x", "1"]).merged();
    assert_eq!(counts.map_err(|error| error.index()), Err(Some(1)));
    let states: Result<Vec<Counts>, Error<ParseIntError>> = tally_texts(["1"]).locals();
    assert_eq!(states, Ok(vec![Counts::from([(1, 1)])]));
    let end: Result<(), Error<ParseIntError>> = tally_texts(["x"]).run();
    assert_eq!(end.map_err(|error| error.index()), Err(Some(0)));
}
