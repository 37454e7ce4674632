//! What looks like no input, and is one.

use fanout::{Input, fan_out};
use std::collections::BTreeSet;

#[fan_out(ordered)]
fn double(n: u32) -> u32 {
    n * 2
}

#[fan_out(ordered)]
fn length(word: &str) -> usize {
    word.len()
}

fn of_any<M>(input: impl Input<M, Item = u32>) -> Vec<u32> {
    double(input).collect()
}

fn of_an_iterator(input: impl Iterator<Item = u32> + Send) -> Vec<u32> {
    double(input).collect()
}

fn of_a_box(input: Box<dyn Iterator<Item = u32> + Send + '_>) -> Vec<u32> {
    double(input).collect()
}

fn main() {
    let set = BTreeSet::from([1, 2]);
    assert_eq!(double(set.clone().into_iter()).collect::<Vec<_>>(), [2, 4]);
    assert_eq!(double(set.iter().copied()).collect::<Vec<_>>(), [2, 4]);
    assert_eq!(double([5]).collect::<Vec<_>>(), [10]);
    assert_eq!(double(Vec::new()).collect::<Vec<_>>(), []);
    assert_eq!(double(std::iter::empty()).collect::<Vec<_>>(), []);
    assert_eq!(double([1_u8].into_iter().map(u32::from)).collect::<Vec<_>>(), [2]);
    assert_eq!(double([1_u8].into_iter().map(Into::into)).collect::<Vec<_>>(), [2]);
    assert_eq!(double("1 2".split(' ').flat_map(str::parse)).collect::<Vec<_>>(), [2, 4]);
    assert_eq!(double("1 x".split(' ').filter_map(|n| n.parse().ok())).collect::<Vec<_>>(), [2]);
    assert_eq!(double(double(0..2)).collect::<Vec<_>>(), [0, 4]);
    assert_eq!(of_any(vec![1]), of_an_iterator(1..2));
    assert_eq!(of_a_box(Box::new(0..1)), [0]);

    let mut numbers = 0..4;
    assert_eq!(double(numbers.by_ref().take(2)).collect::<Vec<_>>(), [0, 2]);
    assert_eq!(double(&mut numbers).collect::<Vec<_>>(), [4, 6]);

    let (sender, receiver) = std::sync::mpsc::channel();
    sender.send(1).unwrap();
    drop(sender);
    assert_eq!(double(receiver.into_iter()).collect::<Vec<_>>(), [2]);

    let text = String::from("a bc");
    let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    assert_eq!(length(text.split(' ')).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(length(words.iter().map(String::as_str)).collect::<Vec<_>>(), [1, 2]);

    let run = double(0..2);
    let run = if words.len() > 1 { run.workers(3) } else { run };
    run.for_each(|n| assert!(n < 3));
}
