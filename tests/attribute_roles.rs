//! Every option and every role of the attribute does what the guide says, in a run.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use fanout::{Context, Error, fan_out};

#[fan_out(workers = 4, ordered, cancel_on_error)]
fn parse(text: &str) -> Result<u32, std::num::ParseIntError> {
    let number = text.trim().parse()?;
    if number == 7 {
        return Ok(70);
    }
    Ok(number)
}

#[test]
fn question_mark_and_return_mean_what_they_meant() {
    let numbers: Vec<u32> = parse(["1", " 7", "3"]).collect().expect("all are numbers");
    assert_eq!(numbers, [1, 70, 3]);
    let error = parse(["1", "x", "3"])
        .collect::<Vec<_>>()
        .expect_err("one is none");
    assert_eq!(error, "x".parse::<u32>().expect_err("no number"));
}

#[fan_out(workers = 3)]
fn find(word: String, #[shared] dictionary: &BTreeSet<String>, #[shared] suffix: String) -> bool {
    dictionary.contains(&(word + &suffix))
}

#[test]
fn shared_arguments_follow_the_input() {
    let dictionary = BTreeSet::from(["ants".to_owned(), "bees".to_owned()]);
    let input = ["ant", "cow", "bee"].map(str::to_owned);
    let mut found = find(input, &dictionary, "s".to_owned()).collect_unordered();
    found.sort_unstable();
    assert_eq!(found, [false, true, true]);
}

fn add(mut a: BTreeMap<u64, u32>, b: BTreeMap<u64, u32>) -> BTreeMap<u64, u32> {
    for (key, count) in b {
        *a.entry(key).or_default() += count;
    }
    a
}

#[fan_out(workers = 3, merge = add)]
fn tally(number: u64, #[local(BTreeMap::new())] counts: &mut BTreeMap<u64, u32>) {
    *counts.entry(number % 3).or_default() += 1;
}

#[test]
fn local_states_are_merged() {
    let counts = tally(0..30).merged();
    assert_eq!(counts, BTreeMap::from([(0, 10), (1, 10), (2, 10)]));
    let each: u32 = tally(0..30)
        .locals()
        .iter()
        .flat_map(BTreeMap::values)
        .sum();
    assert_eq!(each, 30);
}

#[fan_out(workers = 2)]
fn from_the_middle(n: u32, #[local(match 1 { 0 => 5, other => other } + 1)] next: &mut u32) {
    *next += n;
}

#[test]
fn a_state_may_begin_with_what_would_be_a_statement() {
    let sum: u32 = from_the_middle([1, 2, 3])
        .locals()
        .iter()
        .map(|next| next - 2)
        .sum();
    assert_eq!(sum, 6);
}

static BEGUN: AtomicUsize = AtomicUsize::new(0);

fn begin(bias: &str) -> Result<usize, std::num::ParseIntError> {
    BEGUN.fetch_add(1, Ordering::Relaxed);
    bias.parse()
}

#[fan_out(workers = 2, ordered, cancel_on_error)]
fn biased(
    number: usize,
    #[local(try begin(bias))] start: &mut usize,
    #[shared] bias: &str,
    #[local(Vec::new())] seen: &mut Vec<usize>,
    #[ctx] cx: &Context,
) -> Result<usize, std::num::ParseIntError> {
    seen.push(number);
    assert!(cx.worker() < 2);
    assert_eq!(cx.index(), number as u64);
    Ok(number + *start)
}

#[test]
fn a_state_that_fails_to_begin_ends_the_run() {
    let sums: Vec<usize> = biased(0..4, "10").collect().expect("the bias is a number");
    assert_eq!(sums, [10, 11, 12, 13]);
    assert!(BEGUN.load(Ordering::Relaxed) <= 2);
    assert!(biased(0..4, "ten").collect::<Vec<_>>().is_err());
}

struct Noisy(Vec<u32>, #[allow(dead_code)] Dropped);
struct Dropped(std::sync::Arc<AtomicUsize>);
impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[fan_out(workers = 2, ordered)]
fn look_up(at: usize, #[shared] noisy: Noisy, #[local(noisy.0.len())] length: &mut usize) -> u32 {
    noisy.0[at % *length]
}

#[fan_out(workers = 2, ordered)]
fn look_up_plainly(at: usize, #[shared] noisy: Noisy) -> u32 {
    noisy.0[at]
}

#[test]
fn a_shared_value_is_kept_whole_for_the_run_and_dropped_once() {
    let dropped = std::sync::Arc::new(AtomicUsize::new(0));
    let noisy = || Noisy(vec![5, 6, 7], Dropped(dropped.clone()));
    let run = look_up(0..6, noisy());
    assert_eq!(
        dropped.load(Ordering::SeqCst),
        0,
        "all of it is held, also what the body does not name"
    );
    assert_eq!(run.collect::<Vec<_>>(), [5, 6, 7, 5, 6, 7]);
    assert_eq!(dropped.load(Ordering::SeqCst), 1);
    let run = look_up_plainly(0..3, noisy());
    assert_eq!(dropped.load(Ordering::SeqCst), 1);
    assert_eq!(run.collect::<Vec<_>>(), [5, 6, 7]);
    assert_eq!(dropped.load(Ordering::SeqCst), 2);
}

#[fan_out(workers = 2, timeout = "1h", item_timeout = "1ms")]
fn slow(n: u32, #[ctx] cx: &Context) -> bool {
    cx.sleep(Duration::from_secs(3600 + u64::from(n))).is_err()
}

#[test]
fn the_context_sees_the_item_timeout() {
    assert_eq!(slow(0..3).collect_unordered(), Ok(vec![true; 3]));
}

#[fan_out(workers = 2, ordered, cancel_on_error, timeout = Duration::default())]
fn never(n: u32) -> Result<u32, String> {
    Ok(n)
}

#[test]
fn a_timeout_changes_the_ending() {
    let end: Result<Vec<u32>, Error<String>> = never(0..3).collect();
    assert_eq!(end, Err(Error::DeadlineExceeded));
}

#[fan_out(workers = 2, ordered, name = format!("pool-{}", 1), stack_size = 256 << 10, window = 8, batch = 2)]
fn thread_name(_n: u32) -> Option<String> {
    std::thread::current().name().map(str::to_owned)
}

#[test]
fn worker_threads_have_the_name() {
    let names: Vec<Option<String>> = thread_name(0..4).collect();
    for name in names {
        assert!(name.is_some_and(|name| name.starts_with("pool-1-")));
    }
}

#[fan_out(ordered, cpu_bound, item_fn = square_one)]
fn square(n: u64) -> u64 {
    n * n
}

#[test]
fn the_item_function_is_kept_under_its_name() {
    assert_eq!(square_one(7), 49);
    assert_eq!(square(0..4).collect::<Vec<_>>(), [0, 1, 4, 9]);
}

#[test]
fn a_run_over_owned_data_can_be_streamed() {
    let mut all = 0;
    for n in square(vec![1, 2, 3]).stream() {
        all += n;
    }
    assert_eq!(all, 14);
}
