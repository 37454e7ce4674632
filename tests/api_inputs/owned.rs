//! Inputs that own their items.

use std::collections::{BTreeMap, VecDeque};

use fanout::channel::{bounded, unbounded};
use fanout::{CancelToken, Error, over};

use crate::common::{Census, Gate, watch};

/// What a run over the input gives, for inputs of `u32`.
macro_rules! doubled {
    ($input:expr) => {
        over($input)
            .workers(3)
            .ordered()
            .map(|n, _cx| n * 2)
            .collect::<Vec<u32>>()
    };
}

#[test]
fn indexed_inputs() {
    let _dog = watch("indexed inputs");
    assert_eq!(doubled!(vec![1, 2, 3]), [2, 4, 6]);
    assert_eq!(doubled!([1, 2, 3]), [2, 4, 6]);
    assert_eq!(doubled!(vec![1, 2, 3].into_boxed_slice()), [2, 4, 6]);
    assert_eq!(doubled!(Box::<[u32]>::from([1, 2])), [2, 4]);
    assert_eq!(doubled!(Vec::<u32>::new()), []);
    assert_eq!(doubled!([0_u32; 0]), []);
}

#[test]
fn iterators() {
    let _dog = watch("iterators");
    assert_eq!(doubled!(0..3), [0, 2, 4]);
    assert_eq!(doubled!(1..=3), [2, 4, 6]);
    assert_eq!(doubled!((0..).take(3)), [0, 2, 4]);
    assert_eq!(doubled!(vec![1, 2].into_iter()), [2, 4]);
    assert_eq!(doubled!([3, 1].into_iter().rev()), [2, 6]);
    assert_eq!(doubled!(std::iter::empty::<u32>()), []);
    assert_eq!(doubled!(Some(5).into_iter()), [10]);
    assert_eq!(doubled!(VecDeque::from([1, 2]).drain(..)), [2, 4]);
    assert_eq!(doubled!(BTreeMap::from([(1, 2)]).into_values()), [4]);
    let boxed: Box<dyn Iterator<Item = u32> + Send> = Box::new(0..3);
    assert_eq!(doubled!(boxed), [0, 2, 4]);
    let mut iterator = 0..10;
    assert_eq!(doubled!(iterator.by_ref().take(2)), [0, 2]);
    assert_eq!(iterator.next(), Some(2), "no more than asked for is taken");
}

/// An iterator is not polled after its end, even by an iterator that would go on.
#[test]
fn the_end_of_an_iterator_is_the_end() {
    let _dog = watch("an iterator that goes on behind its end");
    let mut polls = 0;
    let all = doubled!(std::iter::from_fn(|| {
        polls += 1;
        (polls != 4).then_some(polls)
    }));
    assert_eq!(all, [2, 4, 6]);
    assert_eq!(polls, 4);
}

/// The hints of an iterator decide nothing.
#[test]
fn an_iterator_may_lie_about_its_length() {
    struct Liar(u32, (usize, Option<usize>));
    impl Iterator for Liar {
        type Item = u32;
        fn next(&mut self) -> Option<u32> {
            self.0 = self.0.checked_sub(1)?;
            Some(self.0)
        }
        fn size_hint(&self) -> (usize, Option<usize>) {
            self.1
        }
    }
    impl ExactSizeIterator for Liar {}
    let _dog = watch("lying iterators");
    for hint in [
        (0, Some(0)),
        (1, Some(1)),
        (usize::MAX, None),
        (usize::MAX, Some(usize::MAX)),
        (9, Some(1)),
    ] {
        assert_eq!(doubled!(Liar(5, hint)), [8, 6, 4, 2, 0], "{hint:?}");
    }
}

#[test]
fn a_channel_is_read_until_its_senders_are_gone() {
    let _dog = watch("channels");
    let (sender, receiver) = unbounded();
    for n in 0..100_u32 {
        sender.send(n).expect("the receiver is here");
    }
    let other = sender.clone();
    drop(sender);
    let feeder = std::thread::spawn(move || other.send(100).expect("the receiver is here"));
    assert!(doubled!(receiver).into_iter().eq((0..=100).map(|n| n * 2)));
    feeder.join().expect("the feeder only sends");

    // A channel without room hands over from hand to hand.
    let (sender, receiver) = bounded(0);
    let feeder = std::thread::spawn(move || (0..20).try_for_each(|n| sender.send(n)));
    assert!(doubled!(receiver).into_iter().eq((0..20).map(|n| n * 2)));
    feeder.join().expect("no panic").expect("all were taken");
}

/// A clone of the receiver that somebody else keeps takes its share and holds up nobody.
#[test]
fn a_receiver_may_have_clones() {
    let _dog = watch("a cloned receiver");
    let (sender, receiver) = unbounded();
    sender.send(1_u32).expect("the receiver is here");
    drop(sender);
    let other = receiver.clone();
    assert_eq!(doubled!(receiver), [2]);
    assert!(other.recv().is_err());
}

#[test]
fn waiting_for_a_message_ends_with_the_run() {
    let _dog = watch("an idle channel");
    let token = CancelToken::new();
    let first = Gate::new();
    let (sender, receiver) = bounded::<u32>(1);
    sender.send(1).expect("the receiver is here");
    let end = std::thread::scope(|scope| {
        scope.spawn(|| {
            first.wait();
            token.cancel();
        });
        over(receiver)
            .workers(2)
            .cancel_with(&token)
            .map(|_, _cx| first.open())
            .run()
    });
    assert_eq!(end, Err(Error::Cancelled));
    assert!(
        sender.send(2).is_err(),
        "nobody holds the receiver any more"
    );
}

/// What is behind the end of a run is dropped with the input.
#[test]
fn items_that_were_not_reached_are_dropped() {
    let _dog = watch("inputs that are left");
    let census = Census::new();
    let items = || (0..50).map(|n| census.make(n)).collect::<Vec<_>>();
    let stop = |item: crate::common::Counted| match item.value {
        3 => Err(()),
        _ => Ok(()),
    };
    let end = over(items()).cancel_on_error().map(|item, _cx| stop(item));
    assert_eq!(end.run(), Err(()));
    census.assert_all_gone();
    let boxed = over(items().into_boxed_slice());
    let end = boxed.cancel_on_error().map(|item, _cx| stop(item));
    assert_eq!(end.run(), Err(()));
    census.assert_all_gone();
    let array: [_; 5] = std::array::from_fn(|n| census.make(n as u64));
    let end = over(array).cancel_on_error().map(|item, _cx| stop(item));
    assert_eq!(end.run(), Err(()));
    census.assert_all_gone();
    // One that is never started drops its items, too.
    drop(over(items()).map(|item, _cx| stop(item)));
    census.assert_all_gone();
}
